import { findingOf, overlay, rootOf, rootsOf, rulesOf } from '../check.ts';
import { albController, event } from '../clouds.ts';
import { ingress } from '../ingresses.ts';

const ALB = albController();
const TARGET_IP = { 'alb.ingress.kubernetes.io/target-type': 'ip' };
const FAILED = event({
  reason: 'FailedBuildModel',
  message: 'Failed build model due to unsupported pathType',
});

test('leaves a new Ingress without a load balancer', async () => {
  const diagnosis = await overlay(
    ALB + ingress({ className: 'alb', annotations: TARGET_IP, hasAddress: false }) + FAILED,
  );
  expect(rootsOf(diagnosis)).toEqual(['aws-failed-build-model']);
  expect(findingOf(diagnosis, 'aws-failed-build-model').symptom).toBe('no-address');
  expect(diagnosis.verdict).toBe('failing');
});

test('freezes an older one', async () => {
  const diagnosis = await overlay(ALB + ingress({ className: 'alb', annotations: TARGET_IP }) + FAILED);
  expect(findingOf(diagnosis, 'aws-failed-build-model').symptom).toBe('stale-configuration');
  expect(diagnosis.verdict).toBe('degraded');
});

test('follows from a port that the Service lacks', async () => {
  const backend = { service: { name: 'web', port: { number: 81 } } };
  const rules = [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }];
  const message = 'Failed build model due to ingress: shop/web: unable to find port 81 on service shop/web';
  const diagnosis = await overlay(
    ALB +
      ingress({ className: 'alb', annotations: TARGET_IP, spec: { rules } }) +
      event({ reason: 'FailedBuildModel', message }),
  );
  expect(rootsOf(diagnosis)).toEqual(['service-port-missing']);
  expect(rulesOf(diagnosis)).toContain('aws-failed-build-model');
});

test.each([
  [
    'a later success',
    'alb',
    ALB + event({ reason: 'SuccessfullyReconciled', type: 'Normal', minutesAgo: 1 }),
  ],
  ['another controller', 'nginx', ''],
])('is silent with %s', async (_, className, yaml) => {
  const diagnosis = await overlay(yaml + ingress({ className, annotations: TARGET_IP }) + FAILED);
  expect(rulesOf(diagnosis)).not.toContain('aws-failed-build-model');
  expect(rootOf(diagnosis)).toBeUndefined();
});

test('cannot be told where events may not be read', async () => {
  const diagnosis = await overlay(ALB + ingress({ className: 'alb', annotations: TARGET_IP }) + FAILED, {
    forbidden: ['Event'],
  });
  expect(rulesOf(diagnosis)).not.toContain('aws-failed-build-model');
  expect(diagnosis.verdict).toBe('unknown');
});
