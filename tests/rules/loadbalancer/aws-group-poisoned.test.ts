import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { albController, event } from '../clouds.ts';
import { document, ingress } from '../ingresses.ts';

const GROUP = {
  'alb.ingress.kubernetes.io/target-type': 'ip',
  'alb.ingress.kubernetes.io/group.name': 'public',
};
const MINE = ingress({ className: 'alb', annotations: GROUP });
const OTHER = ingress({
  name: 'legacy',
  className: 'alb',
  annotations: GROUP,
  host: 'b.example.com',
  service: 'old',
});

function failure(text: string): string {
  return event({ reason: 'FailedBuildModel', message: `Failed build model due to ${text}` });
}

test.each([
  ['the Ingress', 'ingress: shop/legacy: unsupported pathType'],
  ['a Service of it', 'unable to find port 81 on service shop/old'],
])('blames the member of whom the error names %s', async (_, text) => {
  const diagnosis = await overlay(albController() + MINE + OTHER + failure(text));
  expect(rootsOf(diagnosis)).toEqual(['aws-group-poisoned']);
  expect(findingOf(diagnosis, 'aws-group-poisoned').object.name).toBe('legacy');
});

test.each([
  ['this Ingress is named', MINE + OTHER + failure('ingress: shop/web: unsupported pathType')],
  ['both refer to the Service', MINE + OTHER + failure('unable to find port 81 on service shop/web')],
  ['nobody is named', MINE + OTHER + failure("couldn't auto-discover subnets")],
  [
    'the other is in another group',
    MINE +
      ingress({ name: 'legacy', className: 'alb', host: 'b.example.com', service: 'old' }) +
      failure('ingress: shop/legacy: unsupported pathType'),
  ],
])('is silent where %s', async (_, yaml) => {
  const rules = rulesOf(await overlay(albController() + yaml));
  expect(rules).not.toContain('aws-group-poisoned');
  expect(rules).toContain('aws-failed-build-model');
});

test('knows a group that the class prescribes', async () => {
  const parameters = { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'alb' };
  const object = {
    apiVersion: 'elbv2.k8s.aws/v1beta1',
    kind: 'IngressClassParams',
    metadata: { name: 'alb' },
  };
  const annotations = { 'alb.ingress.kubernetes.io/target-type': 'ip' };
  const diagnosis = await overlay(
    albController({ parameters }) +
      document({ ...object, spec: { group: { name: 'public' } } }) +
      ingress({ className: 'alb', annotations }) +
      ingress({ name: 'legacy', className: 'alb', annotations, host: 'b.example.com' }) +
      failure('ingress: shop/legacy: unsupported pathType'),
  );
  expect(rulesOf(diagnosis)).toContain('aws-group-poisoned');
});
