import type { TruthCase } from '../case.ts';
import { after, all, ready, waiting } from '../conditions.ts';
import { app, container, fromNamespaces, mainApp, policy, service, twin, web } from '../objects.ts';

const CONTROLLER_NAMESPACES = fromNamespaces('ingress-nginx', 'projectcontour');
const SLOW = [{ count: 1 }];

/** What keeps packets from arriving: NetworkPolicies, cluster DNS, Nodes. */
export const NETWORK_CASES: readonly TruthCase[] = [
  {
    name: 'netpol-ingress-deny',
    permissions: true,
    hop: 'network',
    about: 'a NetworkPolicy lets nobody connect to the Pods',
    expect: { verdict: 'failing', cause: 'netpol-ingress-deny' },
    objects: [...web(), policy('deny', { policyTypes: ['Ingress'] })],
    requests: SLOW,
    until: all(ready('web'), after(3)),
    ci: true,
  },
  {
    name: 'netpol-ingress-deny-namespace',
    hop: 'network',
    about: "a NetworkPolicy lets Pods of the Service's own namespace connect, not the controller's",
    expect: { verdict: 'failing', cause: 'netpol-ingress-deny' },
    objects: [
      ...web(),
      policy('same', { policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }] }] }),
    ],
    requests: SLOW,
    until: all(ready('web'), after(3)),
  },
  {
    name: 'netpol-ingress-deny-one-of-two',
    hop: 'network',
    about: 'a NetworkPolicy lets nobody connect to one Pod of two',
    expect: { verdict: 'degraded', cause: 'netpol-ingress-deny' },
    objects: [
      mainApp(),
      twin('next'),
      service('web'),
      policy('deny', { policyTypes: ['Ingress'], podSelector: { matchLabels: { track: 'next' } } }),
    ],
    requests: [{ count: 10 }],
    until: all(ready('web', 2), after(3)),
  },
  {
    name: 'netpol-port-mismatch',
    hop: 'network',
    about: "a NetworkPolicy admits the Service's port in place of the Pod's",
    expect: { verdict: 'failing', cause: 'netpol-port-mismatch' },
    objects: [
      ...web(),
      policy('port', {
        policyTypes: ['Ingress'],
        ingress: [{ from: CONTROLLER_NAMESPACES, ports: [{ protocol: 'TCP', port: 80 }] }],
      }),
    ],
    requests: SLOW,
    until: all(ready('web'), after(3)),
    ci: true,
  },
  {
    name: 'netpol-egress-deny-dns',
    hop: 'network',
    about: 'a NetworkPolicy keeps the app from asking cluster DNS, and it needs a name at its start',
    expect: { verdict: 'failing', cause: 'netpol-egress-deny' },
    objects: [
      ...web({
        args: ['-require=stock:80'],
        // Until the policy is in force.
        pod: {
          initContainers: [
            {
              ...container(['-listen=', '-crash-after=3s', '-exit-code=0', '-last-words=']),
              name: 'wait',
              readinessProbe: undefined,
            },
          ],
        },
      }),
      app('stock'),
      service('stock'),
      policy('egress', { policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] }),
    ],
    until: waiting('web', /CrashLoopBackOff/, 2),
  },
  {
    name: 'netpol-egress-deny-controller',
    hop: 'network',
    about: 'a NetworkPolicy keeps the controller from connecting to the Pods',
    expect: { verdict: 'failing', cause: 'netpol-egress-deny' },
    objects: [
      ...web(),
      ...['ingress-nginx', 'projectcontour'].map((namespace) => ({
        ...policy('truth-egress', {}),
        metadata: { name: 'truth-egress', namespace },
        spec: {
          podSelector: {},
          policyTypes: ['Egress'],
          egress: [
            { to: fromNamespaces('kube-system', 'default', 'projectcontour') },
            { to: [{ ipBlock: { cidr: '10.99.0.0/16' } }] },
            { to: [{ ipBlock: { cidr: '10.96.0.0/16' } }] },
          ],
        },
      })),
    ],
    requests: SLOW,
    until: all(ready('web'), after(3)),
    undo: (bed) =>
      Promise.all(
        ['ingress-nginx', 'projectcontour'].map((namespace) =>
          bed.kubectl(['delete', 'networkpolicy', 'truth-egress', `--namespace=${namespace}`]),
        ),
      ),
    isExclusive: true,
  },
  {
    name: 'coredns-down',
    hop: 'dns',
    about: 'cluster DNS has no Pods, and the app looks names up',
    expect: { verdict: 'failing', cause: 'coredns-down' },
    objects: [...web({ args: ['-upstream=http://stock/'] }), app('stock'), service('stock')],
    requests: [{ count: 2 }],
    until: all(ready('web'), ready('stock')),
    act: async (bed) => {
      await bed.kubectl(['scale', 'deployment', 'coredns', '--namespace=kube-system', '--replicas=0']);
      await bed.kubectl([
        'wait',
        'pods',
        '--namespace=kube-system',
        '-l',
        'k8s-app=kube-dns',
        '--for=delete',
        '--timeout=60s',
      ]);
    },
    undo: restoreDns,
    isExclusive: true,
    ci: true,
  },
  {
    name: 'coredns-config-error',
    hop: 'dns',
    about: 'CoreDNS cannot read its Corefile, and the app looks names up',
    expect: { verdict: 'failing', cause: 'coredns-config-error' },
    objects: [...web({ args: ['-upstream=http://stock/'] }), app('stock'), service('stock')],
    requests: [{ count: 2 }],
    until: all(ready('web'), ready('stock')),
    act: async (bed) => {
      const kube = '--namespace=kube-system';
      const config = JSON.parse(await bed.kubectl(['get', 'configmap', 'coredns', kube, '-o', 'json']));
      corefile = String(config.data.Corefile);
      await bed.kubectl([
        'patch',
        'configmap',
        'coredns',
        kube,
        '--type=merge',
        '-p',
        corefilePatch(corefile.replace('errors', 'erors')),
      ]);
      await bed.kubectl(['delete', 'pods', kube, '-l', 'k8s-app=kube-dns', '--wait=true']);
    },
    afterwards: async (bed) => {
      const list = JSON.parse(
        await bed.kubectl(['get', 'pods', '--namespace=kube-system', '-l', 'k8s-app=kube-dns', '-o', 'json']),
      );
      return JSON.stringify(list).includes('CrashLoopBackOff');
    },
    undo: async (bed) => {
      const kube = '--namespace=kube-system';
      await bed.kubectl([
        'patch',
        'configmap',
        'coredns',
        kube,
        '--type=merge',
        '-p',
        corefilePatch(corefile),
      ]);
      await bed.kubectl(['delete', 'pods', kube, '-l', 'k8s-app=kube-dns', '--wait=false']);
      await restoreDns(bed);
    },
    isExclusive: true,
  },
  {
    name: 'coredns-down-unneeded',
    hop: 'dns',
    about: 'cluster DNS has no Pods; whether the app needs names does not show',
    expect: { verdict: 'degraded', cause: 'coredns-down' },
    objects: web(),
    until: ready('web'),
    act: (bed) => bed.kubectl(['scale', 'deployment', 'coredns', '--namespace=kube-system', '--replicas=0']),
    afterwards: after(5),
    undo: restoreDns,
    isExclusive: true,
  },
  {
    name: 'node-not-ready',
    hop: 'node',
    about: 'the Node that holds the only Pod has gone silent',
    expect: { verdict: 'failing', cause: 'node-not-ready' },
    objects: [
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'truth-lost', labels: { 'kubernetes.io/hostname': 'truth-lost' } },
        spec: { taints: [{ key: 'gateway-doctor.test/lost', effect: 'NoSchedule' }] },
      },
      ...web({ pod: { nodeName: 'truth-lost', tolerations: [{ operator: 'Exists' }] } }),
    ],
    until: async (bed) => (await bed.list('v1/pods')).length === 1,
    act: async (bed) => {
      const now = new Date().toISOString();
      const [pod] = await bed.list('v1/pods');
      const silent = {
        type: 'Ready',
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
        lastTransitionTime: now,
      };
      await bed.kubectl([
        'patch',
        'node',
        'truth-lost',
        '--subresource=status',
        '--type=merge',
        '-p',
        JSON.stringify({ status: { conditions: [silent] } }),
      ]);
      const unready = { type: 'Ready', status: 'False', reason: 'NodeNotReady', lastTransitionTime: now };
      const state = {
        name: 'app',
        ready: true,
        started: true,
        restartCount: 0,
        image: 'app',
        imageID: '',
        state: { running: { startedAt: now } },
      };
      await bed.kubectl([
        ...['patch', 'pod', pod?.metadata?.name ?? '', '--subresource=status', '--type=merge', '-p'],
        JSON.stringify({
          status: {
            phase: 'Running',
            podIP: '10.244.250.7',
            podIPs: [{ ip: '10.244.250.7' }],
            conditions: [unready],
            containerStatuses: [state],
          },
        }),
      ]);
    },
    afterwards: after(2),
    undo: (bed) =>
      Promise.all([
        bed.kubectl(['delete', 'node', 'truth-lost', '--wait=false']),
        bed.kubectl(['delete', 'pods', '--all', '--force', '--grace-period=0', '--wait=false']),
      ]),
  },
];

let corefile = '';

function corefilePatch(text: string): string {
  return JSON.stringify({ data: { Corefile: text } });
}

async function restoreDns(bed: Parameters<NonNullable<TruthCase['undo']>>[0]): Promise<void> {
  const kube = '--namespace=kube-system';
  await bed.kubectl(['scale', 'deployment', 'coredns', kube, '--replicas=1']);
  await bed.kubectl(['rollout', 'status', 'deployment', 'coredns', kube, '--timeout=90s']);
}
