import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { albController } from '../clouds.ts';
import { ingress } from '../ingresses.ts';
import { besideReadyPod, onlyPod, type PodExample } from '../pods.ts';

const GATE = 'target-health.elbv2.k8s.aws/k8s-shop-web-0a1b2c3d4e';
const ALB = `\n${albController()}${ingress({ className: 'alb', annotations: { 'alb.ingress.kubernetes.io/target-type': 'ip' } })}`;

function gated(gate: object, containersReady = 'True'): PodExample {
  return {
    spec: { readinessGates: [{ conditionType: GATE }] },
    status: {
      conditions: [
        { type: 'ContainersReady', status: containersReady, lastTransitionTime: '2026-03-02T11:00:00Z' },
        { type: 'Ready', status: 'False', lastTransitionTime: '2026-03-02T11:00:00Z' },
        { type: GATE, lastTransitionTime: '2026-03-02T11:00:00Z', ...gate },
      ],
    },
    state: { ready: true, started: true },
  };
}

test('explains why no endpoint is ready, and leaves the status open: all targets get requests', async () => {
  const diagnosis = await overlay(onlyPod(gated({ status: 'False', reason: 'Target.Timeout' })) + ALB);
  expect(rootsOf(diagnosis)).toEqual(['aws-targets-unhealthy']);
  expect(rulesOf(diagnosis)).toContain('pod-readiness-gate');
  expect(statusOf(diagnosis)).toBeNull();
});

test('weakens a Service with another Pod that passes', async () => {
  const diagnosis = await overlay(besideReadyPod(gated({ status: 'False', reason: 'Target.Timeout' })) + ALB);
  expect(findingOf(diagnosis, 'aws-targets-unhealthy').symptom).toBe('reduced-capacity');
  expect(diagnosis.verdict).toBe('degraded');
});

test.each([
  ['a gate that passes', gated({ status: 'True' })],
  ['containers that are not ready', gated({ status: 'False' }, 'False')],
  [
    'a target that is just being registered',
    gated({
      status: 'False',
      reason: 'Elb.InitialHealthChecking',
      lastTransitionTime: '2026-03-02T11:59:30Z',
    }),
  ],
])('is silent on %s', async (_, pod) => {
  expect(rulesOf(await overlay(besideReadyPod(pod) + ALB))).not.toContain('aws-targets-unhealthy');
});
