import {
  controllerDown,
  dnsDown,
  expired,
  halfMigrated,
  hardening,
  nodeDown,
  quota,
  selectorDrift,
  twoTeams,
} from './cluster-incidents.ts';
import { type PodState, running, waiting, webContainer } from './definitions.ts';
import { ago, event, HOUR, MINUTE, type PlainObject, podLog, podsOf } from './objects.ts';
import { aboutPod, cluster, shopIngress } from './shop-cluster.ts';
import { app } from './workload.ts';

/** A rollout whose Pods cannot reach their database: they run, and answer their readiness probe with 500. */
function badRollout(): PlainObject {
  const container = webContainer('api:2.4.0');
  const state: PodState = {
    ready: false,
    age: 260,
    since: 256,
    containers: [running(container, { since: 256, ready: false })],
  };
  const api = app({
    namespace: 'shop',
    name: 'api',
    revision: 7,
    rolledOut: 260,
    containers: [container],
    previous: { containers: [webContainer('api:2.3.1')] },
    pods: [state, state, state],
    conditions: [
      {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        lastTransitionTime: ago(220),
      },
      { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', lastTransitionTime: ago(260) },
    ],
  });
  const pods = podsOf(api, 'api');
  return cluster([
    ...api,
    ...pods.map(({ name }) =>
      event(aboutPod(name), 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 500', {
        count: 25,
        over: 240,
        age: 6,
      }),
    ),
    ...pods.map(({ name }) =>
      podLog('shop', name, 'app', [
        '2026-03-02T14:01:44Z INFO starting api 2.4.0',
        '2026-03-02T14:01:45Z ERROR could not connect to postgres:5432',
        '2026-03-02T14:05:54Z ERROR could not connect to postgres:5432',
      ]),
    ),
    ...app({ namespace: 'shop', name: 'web' }),
    shopIngress([
      ['/', 'web', 80],
      ['/api', 'api', 80],
    ]),
  ]);
}

function outOfMemory(): PlainObject {
  const container = webContainer('web:3.0.0');
  const last = {
    terminated: { exitCode: 137, reason: 'OOMKilled', startedAt: ago(100), finishedAt: ago(70) },
  };
  const state: PodState = {
    ready: false,
    age: 30 * MINUTE,
    since: 70,
    containers: [
      waiting(container, {
        reason: 'CrashLoopBackOff',
        message: 'back-off 2m40s restarting failed container=app',
        restarts: 6,
        last,
      }),
    ],
  };
  const web = app({
    namespace: 'shop',
    name: 'web',
    containers: [container],
    rolledOut: 30 * MINUTE,
    pods: [state, state],
  });
  return cluster([
    ...web,
    ...podsOf(web, 'web').map(({ name }) =>
      event(aboutPod(name), 'BackOff', `Back-off restarting failed container app in pod ${name}_shop`, {
        count: 40,
        over: 25 * MINUTE,
      }),
    ),
    shopIngress([['/', 'web', 80]]),
  ]);
}

function imagePull(): PlainObject {
  const container = webContainer('wbe:3.0.1');
  const image = container.image;
  const state: PodState = {
    ready: false,
    age: 6 * MINUTE,
    phase: 'Pending',
    containers: [
      waiting(container, { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` }),
    ],
  };
  const web = app({
    namespace: 'shop',
    name: 'web',
    revision: 12,
    rolledOut: 6 * MINUTE,
    containers: [container],
    previous: { containers: [webContainer('web:3.0.0')] },
    spec: { imagePullSecrets: [{ name: 'registry' }] },
    pods: [state, state],
  });
  const message = `Failed to pull image "${image}": failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://registry.example.com/token: 401 Unauthorized`;
  return cluster([
    ...web,
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'registry', namespace: 'shop' },
      type: 'kubernetes.io/dockerconfigjson',
      keys: ['.dockerconfigjson'],
    },
    ...podsOf(web, 'web').map(({ name }) =>
      event(aboutPod(name), 'Failed', message, { count: 5, over: 5 * MINUTE }),
    ),
    shopIngress([['/', 'web', 80]]),
  ]);
}

/** All Pods are ready; only what they log shows that each request fails. */
function errorsInLogs(): PlainObject {
  const web = app({ namespace: 'shop', name: 'web' });
  return cluster([
    ...web,
    ...podsOf(web, 'web').map(({ name }) =>
      podLog(
        'shop',
        name,
        'app',
        Array.from({ length: 12 }, (_, index) => [
          `2026-03-02T14:05:${String(index * 4).padStart(2, '0')}Z ERROR checkout: database "orders" does not exist`,
          `10.244.1.7 - - [02/Mar/2026:14:05:${String(index * 4).padStart(2, '0')} +0000] "GET /checkout HTTP/1.1" 500 31`,
        ]).flat(),
      ),
    ),
    shopIngress([['/', 'web', 80]]),
  ]);
}

/** Two faults that have nothing to do with each other, and a route that works. */
function twoFaults(): PlainObject {
  const container = webContainer('api:2.4.0');
  const last = { terminated: { exitCode: 1, reason: 'Error', startedAt: ago(64), finishedAt: ago(61) } };
  const state: PodState = {
    ready: false,
    age: 12 * MINUTE,
    since: 11 * MINUTE,
    containers: [waiting(container, { reason: 'CrashLoopBackOff', restarts: 5, last })],
  };
  const api = app({
    namespace: 'shop',
    name: 'api',
    containers: [container],
    pods: [state, state],
    rolledOut: 12 * MINUTE,
  });
  return cluster([
    ...api,
    ...podsOf(api, 'api').map(({ name }) =>
      podLog(
        'shop',
        name,
        'app',
        ['panic: missing environment variable DATABASE_URL', 'goroutine 1 [running]:'],
        true,
      ),
    ),
    ...app({ namespace: 'shop', name: 'web' }),
    ...app({ namespace: 'shop', name: 'cart' }),
    shopIngress([
      ['/', 'web', 80],
      ['/api', 'api', 80],
      ['/cart', 'cart', 8080],
    ]),
  ]);
}

/** A Secret that was never made: containers cannot be created, the rollout misses its deadline, nothing is ready. */
function cascade(): PlainObject {
  const container = webContainer('web:4.0.0', {
    env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'web-db', key: 'password' } } }],
  });
  const state: PodState = {
    ready: false,
    age: 15 * MINUTE,
    phase: 'Pending',
    containers: [
      waiting(container, { reason: 'CreateContainerConfigError', message: 'secret "web-db" not found' }),
    ],
  };
  const web = app({
    namespace: 'shop',
    name: 'web',
    revision: 4,
    rolledOut: 15 * MINUTE,
    containers: [container],
    previous: { containers: [webContainer('web:3.9.0')] },
    pods: [state, state, state],
    conditions: [
      {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        lastTransitionTime: ago(14 * MINUTE),
      },
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: 'ReplicaSet has timed out progressing.',
        lastTransitionTime: ago(5 * MINUTE),
      },
    ],
  });
  return cluster([
    ...web,
    ...podsOf(web, 'web').map(({ name }) =>
      event(aboutPod(name), 'Failed', 'Error: secret "web-db" not found', { count: 70, over: 14 * MINUTE }),
    ),
    shopIngress([['/', 'web', 80]]),
  ]);
}

/** A rollout that is stuck beside enough old Pods: nobody notices but the developers. */
function stuckBesideOld(): PlainObject {
  const container = webContainer('web:5.0.0');
  const last = { terminated: { exitCode: 1, reason: 'Error', startedAt: ago(64), finishedAt: ago(61) } };
  const web = app({
    namespace: 'shop',
    name: 'web',
    revision: 5,
    rolledOut: 20 * MINUTE,
    replicas: 3,
    containers: [container],
    pods: [
      {
        ready: false,
        age: 20 * MINUTE,
        since: 20 * MINUTE,
        containers: [waiting(container, { reason: 'CrashLoopBackOff', restarts: 8, last })],
      },
    ],
    previous: { containers: [webContainer('web:4.9.9')], pods: [{}, {}, {}] },
    conditions: [
      { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        lastTransitionTime: ago(10 * MINUTE),
      },
    ],
  });
  return cluster([...web, shopIngress([['/', 'web', 80]])]);
}

/** Killed by its liveness probe every few minutes, and up again whenever somebody looks. */
function flapping(): PlainObject {
  const container = webContainer('web:1.8.2', {
    livenessProbe: { httpGet: { path: '/live', port: 'http' }, periodSeconds: 10, failureThreshold: 3 },
  });
  const last = {
    terminated: { exitCode: 137, reason: 'Error', startedAt: ago(5 * MINUTE), finishedAt: ago(61) },
  };
  const state: PodState = {
    age: 2 * HOUR,
    since: 40,
    containers: [running(container, { since: 60, restarts: 22, last })],
  };
  const web = app({ namespace: 'shop', name: 'web', containers: [container], pods: [state, state] });
  return cluster([
    ...web,
    ...podsOf(web, 'web').flatMap(({ name }) => [
      event(
        aboutPod(name),
        'Unhealthy',
        'Liveness probe failed: Get "http://10.244.3.7:8080/live": context deadline exceeded',
        { count: 66, over: 110 * MINUTE, age: 62 },
      ),
      event(aboutPod(name), 'Killing', 'Container app failed liveness probe, will be restarted', {
        type: 'Normal',
        count: 22,
        over: 110 * MINUTE,
        age: 61,
      }),
    ]),
    shopIngress([['/', 'web', 80]]),
  ]);
}

/** One Pod of three crashes; the other two carry on. */
function oneOfThree(): PlainObject {
  const container = webContainer('web:1.8.2');
  const last = { terminated: { exitCode: 1, reason: 'Error', startedAt: ago(100), finishedAt: ago(98) } };
  const crashing: PodState = {
    ready: false,
    since: 28 * MINUTE,
    containers: [waiting(container, { reason: 'CrashLoopBackOff', restarts: 8, last })],
  };
  return cluster([
    ...app({ namespace: 'shop', name: 'web', containers: [container], pods: [{}, {}, crashing] }),
    shopIngress([['/', 'web', 80]]),
  ]);
}

/** Every incident by its name. */
export const INCIDENTS = {
  badRollout,
  outOfMemory,
  imagePull,
  quota,
  selectorDrift,
  nodeDown,
  dnsDown,
  hardening,
  expired,
  halfMigrated,
  twoTeams,
  errorsInLogs,
  twoFaults,
  cascade,
  controllerDown,
  stuckBesideOld,
  flapping,
  oneOfThree,
} as const;

export type IncidentName = keyof typeof INCIDENTS;
