import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { document, ingress } from '../ingresses.ts';

function classWith(controller: string, parameters: object | undefined): string {
  return document({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller, ...(parameters !== undefined && { parameters }) },
  });
}

function controller(name: string, image: string): string {
  const labels = { 'app.kubernetes.io/name': name };
  return document({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'kube-system', labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'controller', image, args: ['--ingress-class=x'] }] },
      },
    },
    status: { readyReplicas: 1, replicas: 1 },
  });
}

const ON_IP = ingress({ annotations: { 'alb.ingress.kubernetes.io/target-type': 'ip' } });
const ALB =
  controller('aws-load-balancer-controller', 'example.com/aws-load-balancer-controller:v2.14.1') + ON_IP;
const REFERENCE = { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'alb' };
const OF_ALB = ALB + classWith('ingress.k8s.aws/alb', REFERENCE);

function params(spec: object): string {
  return document({
    apiVersion: 'elbv2.k8s.aws/v1beta1',
    kind: 'IngressClassParams',
    metadata: { name: 'alb' },
    spec,
  });
}

test('reports parameters that do not exist', async () => {
  const diagnosis = await overlay(`# without: Deployment ingress-nginx/ingress-nginx-controller\n${OF_ALB}`);
  expect(rootsOf(diagnosis)).toContain('ingressclass-parameters-broken');
  expect(findingOf(diagnosis, 'ingressclass-parameters-broken').object).toEqual({
    kind: 'IngressClassParams',
    name: 'alb',
  });
  expect(statusOf(diagnosis)).toBeNull();
});

test('what the controller says of the Ingress because of it is no second cause', async () => {
  const event = document({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'web.1', namespace: 'shop' },
    involvedObject: { kind: 'Ingress', namespace: 'shop', name: 'web' },
    type: 'Warning',
    reason: 'FailedBuildModel',
    message:
      'Failed build model due to invalid ingress class: ingressclassparams.elbv2.k8s.aws "alb" not found',
    lastTimestamp: '2026-03-02T11:59:00Z',
  });
  expect(rulesOf(await overlay(OF_ALB + event))).toContain('aws-failed-build-model');
  expect(rootsOf(await overlay(OF_ALB + event))).toEqual(['ingressclass-parameters-broken']);
});

test.each([
  ['a kind that is not read', { apiGroup: 'elbv2.k8s.aws', kind: 'ConfigMap', name: 'alb' }],
  ['another group', { apiGroup: 'eks.amazonaws.com', kind: 'IngressClassParams', name: 'alb' }],
])('reports %s', async (_, parameters) => {
  const diagnosis = await overlay(ALB + classWith('ingress.k8s.aws/alb', parameters));
  expect(findingOf(diagnosis, 'ingressclass-parameters-broken').object.kind).toBe('IngressClass');
});

test('compares the namespaceSelector with the labels of the namespace', async () => {
  const other = await overlay(OF_ALB + params({ namespaceSelector: { matchLabels: { team: 'web' } } }));
  const { fix } = findingOf(other, 'ingressclass-parameters-broken');
  expect(fix?.commands.map(({ run }) => run)).toContain('kubectl label namespace shop team=web');
  const own = { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } };
  const same = await overlay(OF_ALB + params({ namespaceSelector: own }));
  expect(rulesOf(same)).not.toContain('ingressclass-parameters-broken');
});

test('is silent where there is no selector, or the parameters may not be read', async () => {
  expect(rulesOf(await overlay(OF_ALB + params({})))).not.toContain('ingressclass-parameters-broken');
  const limited = await overlay(OF_ALB + params({}), { forbidden: ['IngressClassParams'] });
  expect(rulesOf(limited)).not.toContain('ingressclass-parameters-broken');
});

test('is a remark on HAProxy Ingress, which serves without them', async () => {
  const parameters = { kind: 'ConfigMap', name: 'defaults', namespace: 'haproxy', scope: 'Namespace' };
  const yaml =
    controller('haproxy-ingress', 'example.com/jcmoraisjr/haproxy-ingress:v0.15.0') +
    classWith('haproxy-ingress.github.io/controller', parameters);
  const { severity, symptom } = findingOf(await overlay(yaml), 'ingressclass-parameters-broken');
  expect({ severity, symptom }).toEqual({ severity: 'low', symptom: undefined });
});

test('says nothing of controllers that read no parameters', async () => {
  const yaml = classWith('k8s.io/ingress-nginx', { apiGroup: 'example.com', kind: 'Anything', name: 'x' });
  expect(rulesOf(await overlay(yaml))).toEqual([]);
});
