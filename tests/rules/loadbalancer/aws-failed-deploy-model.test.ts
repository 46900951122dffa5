import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { albController, event } from '../clouds.ts';
import { ingress } from '../ingresses.ts';

const ALB = albController();
const TARGET_IP = { 'alb.ingress.kubernetes.io/target-type': 'ip' };
const OLD = ingress({ className: 'alb', annotations: TARGET_IP });
const REFUSED = event({
  reason: 'FailedDeployModel',
  message: 'Failed deploy model due to TooManyLoadBalancers',
});

test('is the root where AWS refuses', async () => {
  const diagnosis = await overlay(
    ALB + ingress({ className: 'alb', annotations: TARGET_IP, hasAddress: false }) + REFUSED,
  );
  expect(rootsOf(diagnosis)).toEqual(['aws-failed-deploy-model']);
  expect(rulesOf(diagnosis)).toContain('ingress-status-empty');
});

test('counts a finalizer that cannot be added', async () => {
  const diagnosis = await overlay(ALB + OLD + event({ reason: 'FailedAddFinalizer', message: 'forbidden' }));
  expect(findingOf(diagnosis, 'aws-failed-deploy-model').symptom).toBe('stale-configuration');
});

test.each([
  ['a later success', event({ reason: 'SuccessfullyReconciled', type: 'Normal', minutesAgo: 1 })],
  ['a later failure to build', event({ reason: 'FailedBuildModel', minutesAgo: 1 })],
])('is silent after %s', async (_, later) => {
  expect(rulesOf(await overlay(ALB + OLD + REFUSED + later))).not.toContain('aws-failed-deploy-model');
});
