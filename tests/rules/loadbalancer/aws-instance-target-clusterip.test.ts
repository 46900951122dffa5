import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { albController, event } from '../clouds.ts';
import { document, ingress } from '../ingresses.ts';
import { service } from '../shop-objects.ts';

const NEW = ingress({ className: 'alb', hasAddress: false });
const EMPTY = event({
  reason: 'FailedBuildModel',
  message:
    "Failed build model due to TargetGroup port is empty. When using Instance targets, your service be must of type 'NodePort' or 'LoadBalancer'",
});

function params(targetType: string): string {
  const parameters = { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'alb' };
  const object = {
    apiVersion: 'elbv2.k8s.aws/v1beta1',
    kind: 'IngressClassParams',
    metadata: { name: 'alb' },
  };
  return albController({ parameters }) + document({ ...object, spec: { targetType } });
}

test("the class's parameters go before the annotation", async () => {
  const annotations = { 'alb.ingress.kubernetes.io/target-type': 'ip' };
  const diagnosis = await overlay(
    params('instance') + ingress({ className: 'alb', annotations, hasAddress: false }),
  );
  expect(findingOf(diagnosis, 'aws-instance-target-clusterip').confidence).toBe('likely');
});

test('is certain with the word of the controller, and explains it', async () => {
  const diagnosis = await overlay(albController() + NEW + EMPTY);
  expect(rootsOf(diagnosis)).toEqual(['aws-instance-target-clusterip']);
  expect(findingOf(diagnosis, 'aws-instance-target-clusterip').confidence).toBe('certain');
  expect(rulesOf(diagnosis)).toContain('aws-failed-build-model');
});

test('is likely by the settings alone where no load balancer was made', async () => {
  const diagnosis = await overlay(albController() + NEW);
  expect(findingOf(diagnosis, 'aws-instance-target-clusterip').confidence).toBe('likely');
  expect(diagnosis.verdict).toBe('failing');
});

test.each([['a load balancer was made all the same', albController() + ingress({ className: 'alb' })]])(
  'is a suspicion where %s',
  async (_, yaml) => {
    const diagnosis = await overlay(yaml);
    expect(findingOf(diagnosis, 'aws-instance-target-clusterip')).toMatchObject({
      severity: 'info',
      confidence: 'suspect',
    });
  },
);

test.each([
  ['a NodePort Service', albController() + NEW + document(service({ type: 'NodePort' }))],
  [
    'targets of type ip',
    albController() +
      ingress({ className: 'alb', annotations: { 'alb.ingress.kubernetes.io/target-type': 'ip' } }),
  ],
  ['a flag that changes the default', albController({ args: ['--default-target-type=ip'] }) + NEW],
  ["the class's parameters", params('ip') + NEW],
  ['EKS Auto Mode', albController({ controller: 'eks.amazonaws.com/alb' }) + NEW],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('aws-instance-target-clusterip');
});
