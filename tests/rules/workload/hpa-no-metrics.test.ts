import { findingOf, overlay, rulesOf } from '../check.ts';
import { toText } from '../pods.ts';

const EVENT = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'web.1', namespace: 'shop' },
  reason: 'FailedGetResourceMetric',
  message: 'failed to get cpu utilization',
  lastTimestamp: '2026-03-02T11:59:00Z',
  involvedObject: { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'web' },
};

function autoscaler(condition: object): object {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 4 },
    status: {
      conditions: [
        {
          type: 'ScalingActive',
          status: 'False',
          reason: 'FailedGetResourceMetric',
          lastTransitionTime: '2026-03-02T11:00:00Z',
          ...condition,
        },
      ],
    },
  };
}

test('an event brings the autoscaler up: a remark on a path that works', async () => {
  const diagnosis = await overlay(toText([autoscaler({}), EVENT]));
  expect(findingOf(diagnosis, 'hpa-no-metrics').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('a request that is missing is named', async () => {
  const message =
    'failed to get cpu utilization: missing request for cpu in container app of Pod web-6b7f-aaaaa';
  const finding = findingOf(await overlay(toText([autoscaler({ message }), EVENT])), 'hpa-no-metrics');
  expect(finding.message).toContain('`cpu`');
});

test('an external metric is served by an adapter of its own', async () => {
  const hpa = autoscaler({ reason: 'FailedGetExternalMetric' });
  const { fix } = findingOf(await overlay(toText([hpa, EVENT])), 'hpa-no-metrics');
  expect(fix?.commands.at(-1)?.run).toContain('external.metrics.k8s.io');
});

test.each([
  ['has just begun', { lastTransitionTime: '2026-03-02T11:59:00Z' }],
  ['leaves a workload at zero alone', { reason: 'ScalingDisabled' }],
  ['works', { status: 'True', reason: 'ValidMetricFound' }],
])('an autoscaler that %s is well', async (_, condition) => {
  expect(rulesOf(await overlay(toText([autoscaler(condition), EVENT])))).not.toContain('hpa-no-metrics');
});

test('metrics that nobody gives are no request that is missing: the template has it', async () => {
  const message =
    'failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned';
  const finding = findingOf(await overlay(toText([autoscaler({ message }), EVENT])), 'hpa-no-metrics');
  expect(finding.message).not.toContain('`cpu`');
});
