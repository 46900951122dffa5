import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { onlyPod } from '../pods.ts';
import { CONTROLLER_POD, documents, endpoint, POD_A, POD_B, pod, podLog, slice } from '../shop-objects.ts';

function daemonSet(name: string, ready: number, wanted: number): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { namespace: 'kube-system', name },
    spec: { template: { spec: { containers: [{ name }] } } },
    status: { desiredNumberScheduled: wanted, numberReady: ready },
  };
}

function node(name: string, conditions: readonly object[]): object {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { conditions } };
}

const READY = { type: 'Ready', status: 'True' };
const NO_NETWORK = {
  type: 'Ready',
  status: 'False',
  message: 'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady',
};
const DOWN = [
  slice([endpoint('10.244.0.21', POD_A, { ready: false }), endpoint('10.244.0.22', POD_B, { ready: false })]),
  pod(POD_A, { ready: false }),
  pod(POD_B, { ip: '10.244.0.22', ready: false }),
];

test('a Node without a network is one root, above its state and its Pods', async () => {
  const diagnosis = await overlay(documents(...DOWN, node('node1', [NO_NETWORK]), daemonSet('cilium', 0, 1)));
  expect(rootOf(diagnosis)).toBe('cni-down');
  expect(diagnosis.rootCauses).toHaveLength(1);
  expect(findingOf(diagnosis, 'cni-down').evidence.at(-1)).toMatchObject({ value: '0 of 1' });
});

test('a Node that is not ready for another reason has a network', async () => {
  const other = { type: 'Ready', status: 'False', message: 'container runtime is down' };
  const diagnosis = await overlay(documents(...DOWN, node('node1', [other])));
  expect(rulesOf(diagnosis)).not.toContain('cni-down');
  expect(rootOf(diagnosis)).toBe('node-not-ready');
});

describe('a plugin that fails on a Node that does not complain', () => {
  const stuck = (message: string, ready: number) =>
    onlyPod(
      {
        state: { ready: false, state: { waiting: { reason: 'ContainerCreating' } } },
        status: { phase: 'Pending' },
        events: [
          {
            reason: 'FailedCreatePodSandBox',
            message: `Failed to create pod sandbox: rpc error: code = Unknown desc = ${message}`,
            count: 40,
            lastTimestamp: '2026-03-02T11:59:30Z',
          },
        ],
      },
      daemonSet('calico-node', ready, 2),
    );
  const NO_SETUP =
    'failed to setup network for sandbox "1f": plugin type="calico" failed (add): stat /var/lib/calico/nodename: no such file or directory';
  const NO_ADDRESS =
    'failed to setup network for sandbox "1f": plugin type="aws-cni" failed (add): add cmd: failed to assign an IP address to container';
  const rules = async (message: string, ready: number) => rulesOf(await overlay(stuck(message, ready)));

  test('is the root above the Pods without a network, where it lacks a Pod', async () => {
    const diagnosis = await overlay(stuck(NO_SETUP, 1));
    expect(rootOf(diagnosis)).toBe('cni-down');
    expect(diagnosis.rootCauses).toHaveLength(1);
    expect(findingOf(diagnosis, 'cni-down').confidence).toBe('likely');
  });

  test('is not spoken of where it is complete, or only lacks addresses', async () => {
    expect(await rules(NO_SETUP, 1)).toContain('cni-down');
    expect(await rules(NO_SETUP, 2)).not.toContain('cni-down');
    expect(await rules(NO_ADDRESS, 1)).not.toContain('cni-down');
  });
});

test('kube-proxy is spoken of where it lacks a Pod, and only where something is in trouble', async () => {
  const elsewhere = node('node2', [{ type: 'Ready', status: 'Unknown' }]);
  const diagnosis = await overlay(documents(daemonSet('kube-proxy', 1, 2), elsewhere));
  expect(findingOf(diagnosis, 'kube-proxy-down').severity).toBe('low');
  expect(diagnosis.verdict).toBe('healthy');
  expect(rulesOf(await overlay(documents(daemonSet('kube-proxy', 2, 2), elsewhere)))).not.toContain(
    'kube-proxy-down',
  );
  expect(rulesOf(await overlay(documents(daemonSet('kindnet', 1, 2), elsewhere)))).not.toContain(
    'kube-proxy-down',
  );
});

describe('cross-node-blocked', () => {
  const FAR = {
    nodeName: 'node2',
    containers: [{ name: 'app', ports: [{ name: 'http', containerPort: 8080 }] }],
  };
  const SPREAD = [pod(POD_B, { ip: '10.244.0.22', spec: FAR }), node('node2', [READY])];
  const timeout = (ip: string) =>
    `2026/03/02 11:58:10 [error] 31#31: *1 upstream timed out (110: Operation timed out) while connecting to upstream, client: 198.51.100.7, server: shop.example.com, request: "GET / HTTP/1.1", upstream: "http://${ip}:8080/", host: "shop.example.com"`;
  const answer = (ip: string) =>
    `198.51.100.7 - - [02/Mar/2026:11:59:12 +0000] "GET / HTTP/1.1" 200 12 "-" "curl/8" 75 0.004 [shop-web-80] [] ${ip}:8080 12 0.003 200 0123456789abcdef0123456789abcdef`;
  const log = (...lines: readonly string[]) =>
    podLog('ingress-nginx', CONTROLLER_POD, 'controller', `${lines.join('\n')}\n`);

  test('timeouts on another Node beside answers on the own one', async () => {
    const lines = [answer('10.244.0.21'), timeout('10.244.0.22'), timeout('10.244.0.22')];
    const diagnosis = await overlay(documents(...SPREAD, log(...lines)));
    expect(rulesOf(diagnosis)).toContain('cross-node-blocked');
    expect(findingOf(diagnosis, 'cross-node-blocked').partial).toBe(true);
  });

  test('not where the own Node times out too, nor without an answer to compare with', async () => {
    const both = [timeout('10.244.0.21'), timeout('10.244.0.22'), answer('10.244.0.21')];
    expect(rulesOf(await overlay(documents(...SPREAD, log(...both))))).not.toContain('cross-node-blocked');
    const far = [timeout('10.244.0.22'), timeout('10.244.0.22')];
    expect(rulesOf(await overlay(documents(...SPREAD, log(...far))))).not.toContain('cross-node-blocked');
  });

  test('a vendor policy is blamed where it selects the Pods that time out', async () => {
    const policy = (app: string) => ({
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { endpointSelector: { matchLabels: { app } } },
    });
    const lines = log(timeout('10.244.0.21'), timeout('10.244.0.22'));
    expect(rulesOf(await overlay(documents(policy('web'), lines)))).toContain('netpol-vendor-policy');
    expect(rulesOf(await overlay(documents(policy('cart'), lines)))).not.toContain('netpol-vendor-policy');
    expect(rulesOf(await overlay(documents(policy('web'))))).not.toContain('netpol-vendor-policy');
  });
});
