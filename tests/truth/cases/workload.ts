import type { Manifest, TruthCase } from '../case.ts';
import { absent, all, deployment, event, ready, someReady } from '../conditions.ts';
import { app, service, web } from '../objects.ts';

/** What should make the Pods. */
export const WORKLOAD_CASES: readonly TruthCase[] = [
  {
    name: 'workload-zero-replicas',
    hop: 'workload',
    about: 'the Deployment is scaled to zero',
    expect: { verdict: 'failing', cause: 'workload-zero-replicas' },
    objects: web(),
    until: ready('web'),
    act: (bed) => bed.kubectl(['scale', 'deployment', 'web', '--replicas=0']),
    afterwards: absent('web'),
    ci: true,
  },
  {
    name: 'workload-missing',
    hop: 'workload',
    about: 'a Service, but nothing that makes Pods for it',
    expect: { verdict: 'failing', cause: 'workload-missing' },
    objects: [service('web')],
    until: absent('web'),
    ci: true,
  },
  {
    name: 'workload-paused-zero',
    hop: 'workload',
    about: 'the Deployment was paused before it made Pods',
    expect: { verdict: 'failing', cause: 'workload-paused' },
    objects: web({ spec: { paused: true } }),
    until: deployment('web', 'Progressing', /Paused/),
  },
  {
    name: 'workload-progress-deadline',
    hop: 'workload',
    about: 'a rollout exceeds its deadline while the old Pods serve',
    expect: { verdict: 'healthy', remark: 'workload-progress-deadline' },
    objects: web({
      spec: { progressDeadlineSeconds: 3, strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } },
    }),
    until: ready('web'),
    act: (bed) => bed.kubectl(['set', 'env', 'deployment/web', 'TESTAPP_READY=503']),
    afterwards: deployment('web', 'Progressing', /ProgressDeadlineExceeded/),
  },
  {
    name: 'workload-quota',
    permissions: true,
    hop: 'workload',
    about: 'a ResourceQuota lets no Pod be made',
    expect: { verdict: 'failing', cause: 'workload-quota' },
    objects: [object('v1', 'ResourceQuota', { hard: { pods: '0' } }), ...web()],
    until: event('FailedCreate', /exceeded quota/),
    ci: true,
  },
  {
    name: 'workload-quota-two-of-three',
    hop: 'workload',
    about: 'a ResourceQuota lets two Pods of three be made',
    expect: { verdict: 'degraded', cause: 'workload-quota' },
    objects: [object('v1', 'ResourceQuota', { hard: { pods: '2' } }), ...web({ replicas: 3 })],
    until: all(ready('web', 2), event('FailedCreate', /exceeded quota/)),
  },
  {
    name: 'workload-limitrange',
    hop: 'workload',
    about: 'a LimitRange refuses the Pods',
    expect: { verdict: 'failing', cause: 'workload-limitrange' },
    objects: [
      object('v1', 'LimitRange', { limits: [{ type: 'Container', min: { memory: '64Mi' } }] }),
      ...web(),
    ],
    until: event('FailedCreate', /minimum memory usage/),
  },
  {
    name: 'workload-podsecurity',
    hop: 'workload',
    about: 'Pod Security refuses the Pods',
    expect: { verdict: 'failing', cause: 'workload-podsecurity' },
    objects: [],
    act: async (bed) => {
      const label = 'pod-security.kubernetes.io/enforce=restricted';
      await bed.kubectl(['label', 'namespace', bed.namespace, label]);
      await bed.kubectl(['create', '-f', '-'], web());
    },
    until: async () => true,
    afterwards: event('FailedCreate', /violates PodSecurity/),
    ci: true,
  },
  {
    name: 'workload-webhook-or-sa',
    hop: 'workload',
    about: 'the Pods want a ServiceAccount that does not exist',
    expect: { verdict: 'failing', cause: 'workload-webhook-or-sa' },
    objects: web({ pod: { serviceAccountName: 'shop' } }),
    until: event('FailedCreate', /serviceaccount "shop" not found/),
  },
  {
    name: 'workload-webhook-or-sa-priority',
    hop: 'workload',
    about: 'the Pods want a PriorityClass that does not exist',
    expect: { verdict: 'failing', cause: 'workload-webhook-or-sa' },
    objects: web({ pod: { priorityClassName: 'shop-critical' } }),
    until: event('FailedCreate', /PriorityClass/),
  },
  {
    name: 'workload-rollout-broken-half',
    hop: 'workload',
    about: 'a broken rollout has taken one Pod of two away',
    expect: { verdict: 'degraded', cause: 'pod-readiness-http-status' },
    objects: [
      app('web', { replicas: 2, spec: { strategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } } } }),
      service('web'),
    ],
    until: ready('web', 2),
    act: (bed) => bed.kubectl(['set', 'env', 'deployment/web', 'TESTAPP_READY=503']),
    afterwards: all(someReady('web', 1), event('Unhealthy', /statuscode: 503/, 3)),
  },
];

function object(apiVersion: string, kind: string, spec: object): Manifest {
  return { apiVersion, kind, metadata: { name: 'limits' }, spec };
}
