import { type PodState, running, waiting, webContainer } from './definitions.ts';
import {
  ago,
  DAY,
  event,
  ingress,
  MINUTE,
  namespace,
  node,
  type PlainObject,
  podLog,
  podsOf,
  tlsSecret,
} from './objects.ts';
import { base, COREFILE, haproxyIngress, ingressNginx } from './platform.ts';
import { aboutPod, cluster, HOST, shopIngress } from './shop-cluster.ts';
import { app } from './workload.ts';

/** The old Pods were evicted by hand; the quota lets no new one in. */
export function quota(): PlainObject {
  const web = app({
    namespace: 'shop',
    name: 'web',
    pods: [],
    replicas: 3,
    conditions: [
      {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        lastTransitionTime: ago(9 * MINUTE),
      },
      {
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message:
          'pods "web-x" is forbidden: exceeded quota: compute, requested: requests.memory=128Mi, used: requests.memory=2Gi, limited: requests.memory=2Gi',
        lastTransitionTime: ago(9 * MINUTE),
      },
    ],
  });
  const set = web.find(({ kind }) => kind === 'ReplicaSet')?.metadata?.name ?? '';
  return cluster([
    ...web,
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'compute', namespace: 'shop' },
      spec: { hard: { 'requests.memory': '2Gi' } },
      status: { hard: { 'requests.memory': '2Gi' }, used: { 'requests.memory': '2Gi' } },
    },
    event(
      { kind: 'ReplicaSet', namespace: 'shop', name: set },
      'FailedCreate',
      `Error creating: pods "${set}-x7k2p" is forbidden: exceeded quota: compute, requested: requests.memory=128Mi, used: requests.memory=2Gi, limited: requests.memory=2Gi`,
      { count: 14, over: 9 * MINUTE },
    ),
    shopIngress([['/', 'web', 80]]),
  ]);
}

/** The chart moved to the recommended labels; the Service was forgotten. */
export function selectorDrift(): PlainObject {
  return cluster([
    ...app({
      namespace: 'shop',
      name: 'web',
      labels: { 'app.kubernetes.io/name': 'web', tier: 'front' },
      service: { selector: { app: 'web', tier: 'front' } },
    }),
    ...app({ namespace: 'shop', name: 'cart' }),
    shopIngress([
      ['/', 'web', 80],
      ['/cart', 'cart', 80],
    ]),
  ]);
}

export function nodeDown(): PlainObject {
  const lost: PodState = {
    ready: false,
    node: 'node2',
    since: 5 * MINUTE,
    containers: [running(webContainer('web:1.8.2'))],
  };
  return cluster(
    [...app({ namespace: 'shop', name: 'web', pods: [lost, lost] }), shopIngress([['/', 'web', 80]])],
    [
      ...base({ nodes: [node('node1'), node('node2', { unreadyFor: 5 * MINUTE + 40 }), node('node3')] }),
      ...ingressNginx({ pods: [{ node: 'node1' }] }),
    ],
  );
}

/** Cluster DNS is down: the app cannot find its database and says so in its readiness. */
export function dnsDown(): PlainObject {
  const container = webContainer('web:1.8.2');
  const state: PodState = {
    ready: false,
    since: 9 * MINUTE,
    containers: [running(container, { ready: false })],
  };
  const web = app({ namespace: 'shop', name: 'web', pods: [state, state] });
  const coredns = { name: 'coredns', image: 'registry.example.com/coredns/coredns:v1.12.0' };
  const last = { terminated: { exitCode: 1, reason: 'Error', startedAt: ago(125), finishedAt: ago(124) } };
  const crashing: PodState = {
    ready: false,
    since: 10 * MINUTE,
    containers: [waiting(coredns, { reason: 'CrashLoopBackOff', restarts: 7, last })],
  };
  const platform = base({
    dns: { pods: [crashing, crashing] },
    corefile: COREFILE.replace('forward', 'forwrd'),
  });
  return cluster(
    [
      ...web,
      ...podsOf(web, 'web').flatMap(({ name }) => [
        event(aboutPod(name), 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503', {
          count: 54,
          over: 9 * MINUTE,
          age: 4,
        }),
        podLog('shop', name, 'app', [
          '2026-03-02T13:57:02Z ERROR dial tcp: lookup postgres.shop.svc.cluster.local: i/o timeout',
          '2026-03-02T14:01:02Z ERROR dial tcp: lookup postgres.shop.svc.cluster.local: i/o timeout',
          '2026-03-02T14:05:52Z ERROR dial tcp: lookup postgres.shop.svc.cluster.local: i/o timeout',
        ]),
      ]),
      ...podsOf(platform, 'coredns').map(({ name }) =>
        podLog(
          'kube-system',
          name,
          'coredns',
          ["/etc/coredns/Corefile:6 - Error during parsing: Unknown directive 'forwrd'"],
          true,
        ),
      ),
      shopIngress([['/', 'web', 80]]),
    ],
    [...platform, ...ingressNginx()],
  );
}

export function hardening(): PlainObject {
  return cluster([
    ...app({ namespace: 'shop', name: 'web' }),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny-all', namespace: 'shop', creationTimestamp: ago(20 * MINUTE) },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'allow-same-namespace', namespace: 'shop', creationTimestamp: ago(20 * MINUTE) },
      spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] },
    },
    shopIngress([['/', 'web', 80]]),
  ]);
}

export function expired(): PlainObject {
  return cluster([
    ...app({ namespace: 'shop', name: 'web' }),
    tlsSecret('shop', 'web-tls', [HOST], { daysLeft: -1 }),
    shopIngress([['/', 'web', 80]], { tls: [{ hosts: [HOST], secretName: 'web-tls' }] }),
  ]);
}

/** Moved from ingress-nginx to HAProxy Ingress: the field is new, the annotation was left, and each heeds the other's. */
export function halfMigrated(): PlainObject {
  const web = shopIngress([['/', 'web', 80]], {
    className: 'haproxy',
    annotations: { 'kubernetes.io/ingress.class': 'nginx' },
    address: null,
  });
  return cluster(
    [...app({ namespace: 'shop', name: 'web' }), web],
    [...base(), ...ingressNginx(), ...haproxyIngress()],
  );
}

/** Another team's older Ingress takes the same host and path to a Service that is gone. */
export function twoTeams(): PlainObject {
  const theirs = ingress({
    namespace: 'landing',
    name: 'landing',
    className: 'nginx',
    hosts: [HOST],
    paths: [['/', 'landing', 80]],
  });
  return cluster([
    ...app({ namespace: 'shop', name: 'web' }),
    shopIngress([['/', 'web', 80]]),
    namespace('landing'),
    { ...theirs, metadata: { name: 'landing', namespace: 'landing', creationTimestamp: ago(300 * DAY) } },
    ...app({ namespace: 'landing', name: 'landing' }),
  ]);
}

/** The controller itself is down: whatever its backends are, nobody answers. */
export function controllerDown(): PlainObject {
  const container = { name: 'controller', image: 'registry.example.com/ingress-nginx/controller:v1.14.0' };
  const last = { terminated: { exitCode: 255, reason: 'Error', startedAt: ago(80), finishedAt: ago(50) } };
  const crashing: PodState = {
    ready: false,
    age: 2 * DAY,
    since: 8 * MINUTE,
    containers: [waiting(container, { reason: 'CrashLoopBackOff', restarts: 9, last })],
  };
  return cluster(
    [...app({ namespace: 'shop', name: 'web' }), shopIngress([['/', 'web', 80]])],
    [...base(), ...ingressNginx({ pods: [crashing, crashing] })],
  );
}
