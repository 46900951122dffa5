import { findingOf, overlay, rootOf, rootsOf, rulesOf, statusOf } from '../check.ts';
import { CONTROLLER_POD, documents, POD_A, POD_B, pod, podLog, policy, service } from '../shop-objects.ts';

const deny = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] });
const allow = (from: readonly object[] | undefined, ports?: readonly object[]) =>
  policy('web', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from, ports }] });
const fromNamespace = [
  { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } },
];

function controllerPod(spec: object) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: CONTROLLER_POD,
      namespace: 'ingress-nginx',
      labels: {
        'app.kubernetes.io/name': 'ingress-nginx',
        'app.kubernetes.io/instance': 'ingress-nginx',
        'app.kubernetes.io/component': 'controller',
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: 'ingress-nginx-controller-5c4d9',
          controller: true,
        },
      ],
    },
    spec: { nodeName: 'node1', containers: [{ name: 'controller' }], ...spec },
    status: {
      phase: 'Running',
      hostIP: '192.0.2.10',
      podIP: '192.0.2.10',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

test.each([
  ['the namespace by name', allow(fromNamespace, [{ port: 8080 }])],
  ['the port by its name', allow(fromNamespace, [{ port: 'http' }])],
  ['every peer', allow(undefined, [{ port: 8080 }])],
  ['every Pod of every namespace', allow([{ namespaceSelector: {} }])],
  ['the block of the Pods', allow([{ ipBlock: { cidr: '10.244.0.0/16' } }])],
])('a default deny with a rule for %s is well', async (_, rule) => {
  const diagnosis = await overlay(documents(deny, rule));
  expect(rulesOf(diagnosis)).toEqual([]);
  expect(diagnosis.verdict).toBe('healthy');
});

test('a podSelector alone admits Pods of its own namespace only', async () => {
  const diagnosis = await overlay(documents(allow([{ podSelector: {} }])));
  expect(rootOf(diagnosis)).toBe('netpol-ingress-deny');
  expect(statusOf(diagnosis)).toBe(504);
});

test('a policy for other Pods, or for egress, isolates nothing here', async () => {
  const others = policy('db', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] });
  expect(rulesOf(await overlay(documents(others)))).toEqual([]);
});

test("a time-out in the controller's log makes it certain", async () => {
  const line =
    'upstream timed out (110: Operation timed out) while connecting to upstream, upstream: "http://10.244.0.21:8080/"';
  const yaml = documents(deny, podLog('ingress-nginx', CONTROLLER_POD, 'controller', line));
  expect(findingOf(await overlay(yaml), 'netpol-ingress-deny').confidence).toBe('certain');
});

test('a controller in its node network comes from an address: only a suspicion', async () => {
  const diagnosis = await overlay(documents(deny, controllerPod({ hostNetwork: true })));
  expect(findingOf(diagnosis, 'netpol-ingress-deny').confidence).toBe('suspect');
  expect(diagnosis.verdict).toBe('healthy');
  const byBlock = documents(
    deny,
    allow([{ ipBlock: { cidr: '192.0.2.0/24' } }]),
    controllerPod({ hostNetwork: true }),
  );
  expect(rulesOf(await overlay(byBlock))).not.toContain('netpol-ingress-deny');
});

test('timeouts in the log make more than a suspicion of it', async () => {
  const line =
    'upstream timed out (110: Operation timed out) while connecting to upstream, upstream: "http://10.244.0.21:8080/"';
  const log = podLog('ingress-nginx', CONTROLLER_POD, 'controller', line);
  const diagnosis = await overlay(documents(deny, controllerPod({ hostNetwork: true }), log));
  expect(findingOf(diagnosis, 'netpol-ingress-deny').confidence).toBe('likely');
  expect(rootsOf(diagnosis)).toEqual(['netpol-ingress-deny']);
});

test('Pods in their node network are not subject to policies', async () => {
  const spec = { hostNetwork: true };
  const yaml = documents(deny, pod(POD_A, { spec }), pod(POD_B, { spec, ip: '10.244.0.22' }));
  expect(rulesOf(await overlay(yaml))).not.toContain('netpol-ingress-deny');
});

test('says nothing while no Pod is ready', async () => {
  const down = { ready: false, since: '2026-03-02T11:00:00Z' };
  const yaml = documents(deny, service(), pod(POD_A, down), pod(POD_B, { ...down, ip: '10.244.0.22' }));
  expect(rulesOf(await overlay(yaml))).not.toContain('netpol-ingress-deny');
});

test('policies that may not be read leave the verdict open', async () => {
  expect((await overlay('', { forbidden: ['NetworkPolicy'] })).verdict).toBe('unknown');
});

test('without the right to read the controller it cannot tell, unless no policy isolates the Pods', async () => {
  const forbidden = { forbidden: ['Deployment', 'DaemonSet', 'StatefulSet'] };
  const some = policy('some', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] });
  const notChecked = (await overlay(documents(some), forbidden)).notChecked;
  expect(notChecked.some((each) => 'rules' in each && each.rules.includes('netpol-ingress-deny'))).toBe(true);
  const others = policy('db', { podSelector: { matchLabels: { app: 'db' } } });
  const open = (await overlay(documents(others), forbidden)).notChecked;
  expect(open.some((each) => 'rules' in each && each.rules.includes('netpol-ingress-deny'))).toBe(false);
});

test('labels of a namespace that may not be read cannot be told, its name can', async () => {
  const byLabel = allow([{ namespaceSelector: { matchLabels: { team: 'edge' } } }]);
  const diagnosis = await overlay(documents(byLabel), { forbidden: ['Namespace'] });
  expect(findingOf(diagnosis, 'netpol-ingress-deny').confidence).toBe('suspect');
  const byName = await overlay(documents(allow(fromNamespace)), { forbidden: ['Namespace'] });
  expect(rulesOf(byName)).not.toContain('netpol-ingress-deny');
});
