import { findingOf, overlay, rulesOf } from '../check.ts';
import { besideReadyPod, toText } from '../pods.ts';

function autoscaler(fields: object = {}, status: object = {}): object {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 2,
      ...fields,
    },
    status: {
      currentReplicas: 2,
      desiredReplicas: 2,
      conditions: [{ type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas' }],
      ...status,
    },
  };
}

function using(cpu: string): object {
  return {
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetrics',
    metadata: { name: 'web-6b7f-aaaaa', namespace: 'shop' },
    containers: [{ name: 'app', usage: { cpu, memory: '60Mi' } }],
  };
}

test('where Pods are busy the autoscaler is looked at: a remark on a path that works', async () => {
  const diagnosis = await overlay(toText([autoscaler(), using('95m')]));
  expect(findingOf(diagnosis, 'hpa-maxed')).toMatchObject({
    severity: 'info',
    object: { kind: 'HorizontalPodAutoscaler', name: 'web' },
  });
  expect(diagnosis.verdict).toBe('healthy');
});

test('where endpoints are short it is looked at, too', async () => {
  expect(rulesOf(await overlay(besideReadyPod({}, autoscaler())))).toContain('hpa-maxed');
});

test.each([
  ['nothing hints at load', autoscaler(), using('10m')],
  [
    'it is at its maximum and content',
    autoscaler(
      {},
      { conditions: [{ type: 'ScalingLimited', status: 'False', reason: 'DesiredWithinRange' }] },
    ),
    using('95m'),
  ],
  [
    'it is held at its minimum',
    autoscaler({}, { conditions: [{ type: 'ScalingLimited', status: 'True', reason: 'TooFewReplicas' }] }),
    using('95m'),
  ],
  [
    'it scales another workload',
    autoscaler({ scaleTargetRef: { kind: 'Deployment', name: 'api' } }),
    using('95m'),
  ],
])('is silent where %s', async (_, hpa, metrics) => {
  expect(rulesOf(await overlay(toText([hpa, metrics])))).not.toContain('hpa-maxed');
});
