import { eksAutoMode } from '../../src/controllers/aws-alb.ts';
import { profileFor } from '../../src/controllers/index.ts';
import type { ClassBinding, Product } from '../../src/controllers/profile.ts';
import { byField, settings } from './objects.ts';

type Case = readonly [ClassBinding, Record<string, string>, boolean];

const nginx = 'k8s.io/ingress-nginx';
const haproxy = 'haproxy-ingress.github.io/controller';
const traefikClass = 'providers.kubernetesingress.ingressclass';
const classless: ClassBinding = {};

const CASES: Readonly<Partial<Record<Product, readonly Case[]>>> = {
  'ingress-nginx': [
    [byField('nginx', nginx), {}, true],
    [byField('web', nginx), {}, true],
    [byField('nginx'), {}, false],
    [byField('nginx', 'example.com/other'), {}, false],
    [byField('internal', 'k8s.io/internal'), { 'controller-class': 'k8s.io/internal' }, true],
    [byField('nginx', nginx), { 'controller-class': 'k8s.io/internal' }, false],
    [byField('mine', 'any/other'), { 'ingress-class-by-name': 'true', 'ingress-class': 'mine' }, true],
    [byField('mine'), { 'ingress-class-by-name': 'true', 'ingress-class': 'mine' }, false],
    [byField('mine', 'any/other'), { 'ingress-class': 'mine' }, false],
    [{ annotation: 'nginx' }, {}, true],
    [{ annotation: 'nginx' }, { 'ingress-class': 'internal' }, false],
    [{ annotation: 'internal' }, { 'ingress-class': 'internal' }, true],
    // A class object of the annotation's name means nothing to it.
    [{ annotation: 'web', ingressClass: { spec: { controller: nginx } } }, {}, false],
    [{ ...byField('web', nginx), annotation: 'other' }, {}, true],
    [{ ...byField('other', 'x/y'), annotation: 'nginx' }, {}, false],
    [classless, {}, false],
    // The default class is written into an Ingress on creation only.
    [{ ingressClass: { spec: { controller: nginx } } }, {}, false],
    [classless, { 'watch-ingress-without-class': 'true' }, true],
    [{ annotation: 'other' }, { 'watch-ingress-without-class': 'true' }, false],
  ],
  'f5-nginx': [
    [byField('nginx', 'nginx.org/ingress-controller'), {}, true],
    [byField('nginx'), {}, true],
    [byField('other', 'nginx.org/ingress-controller'), {}, false],
    [byField('plus'), { 'ingress-class': 'plus' }, true],
    [{ annotation: 'nginx' }, {}, true],
    [{ ...byField('nginx'), annotation: 'other' }, {}, false],
    [{ ...byField('other'), annotation: 'nginx' }, {}, true],
    [classless, {}, false],
  ],
  traefik: [
    [byField('traefik', 'traefik.io/ingress-controller'), {}, true],
    [byField('web', 'traefik.io/ingress-controller'), {}, true],
    [byField('web', 'traefik.io/ingress-controller'), { [traefikClass]: 'traefik' }, false],
    [byField('web', 'traefik.io/ingress-controller'), { [traefikClass]: 'web' }, true],
    [byField('traefik', nginx), {}, false],
    [byField('traefik'), {}, false],
    [
      byField('traefik', 'traefik.io/ingress-controller'),
      { 'providers.kubernetesingress.disableingressclasslookup': 'true' },
      false,
    ],
    [{ ...byField('other', nginx), annotation: 'traefik' }, {}, false],
    [{ annotation: 'traefik' }, {}, true],
    [{ annotation: 'other' }, {}, false],
    [{ annotation: 'mine' }, { [traefikClass]: 'mine' }, true],
    [{ annotation: 'traefik' }, { [traefikClass]: 'mine' }, false],
    [classless, {}, true],
    [classless, { [traefikClass]: 'mine' }, false],
    [classless, { 'providers.kubernetescrd': 'true' }, false],
    [classless, { 'providers.kubernetescrd': 'true', configfile: '/traefik.yaml' }, true],
    [byField('nginx', nginx), { 'providers.kubernetesingressnginx': 'true' }, true],
    [byField('nginx', nginx), { 'providers.kubernetesingress': 'true' }, false],
  ],
  'haproxy-ingress': [
    [byField('haproxy', haproxy), {}, true],
    [byField('haproxy', nginx), {}, false],
    [byField('haproxy'), {}, false],
    [byField('internal', `${haproxy}/internal`), { 'controller-class': 'internal' }, true],
    [byField('haproxy', haproxy), { 'controller-class': 'internal' }, false],
    [{ annotation: 'haproxy' }, {}, true],
    [{ annotation: 'other' }, {}, false],
    [{ annotation: 'mine' }, { 'ingress-class': 'mine' }, true],
    [{ ...byField('haproxy', haproxy), annotation: 'other' }, {}, false],
    [{ ...byField('haproxy', haproxy), annotation: 'other' }, { 'ingress-class-precedence': 'true' }, true],
    [classless, {}, false],
    [classless, { 'watch-ingress-without-class': 'true' }, true],
  ],
  contour: [
    // It compares names and reads no IngressClass.
    [byField('contour'), {}, true],
    [byField('other', 'projectcontour.io/ingress-controller'), {}, false],
    [byField('contour'), { 'ingress-class-name': 'internal' }, false],
    [byField('internal'), { 'ingress-class-name': 'public,internal' }, true],
    [{ annotation: 'contour' }, {}, true],
    [{ ...byField('contour'), annotation: 'other' }, {}, false],
    [{ ...byField('other'), annotation: 'contour' }, {}, true],
    [{ ...byField('contour'), annotation: '' }, {}, true],
    [classless, {}, true],
    [classless, { 'ingress-class-name': 'contour' }, false],
  ],
  istio: [
    [byField('istio', 'istio.io/ingress-controller'), {}, true],
    [byField('istio', nginx), {}, false],
    [byField('istio'), {}, false],
    [byField('istio'), { ingresscontrollermode: 'DEFAULT' }, true],
    [{ annotation: 'istio' }, {}, true],
    [{ annotation: 'nginx' }, {}, false],
    [{ annotation: 'mine' }, { ingressclass: 'mine' }, true],
    [{ annotation: 'istio' }, { ingresscontrollermode: 'OFF' }, false],
    [{ ...byField('istio', 'istio.io/ingress-controller'), annotation: 'nginx' }, {}, false],
    [classless, {}, false],
    [classless, { ingresscontrollermode: 'DEFAULT' }, true],
  ],
  'aws-alb': [
    [byField('alb', 'ingress.k8s.aws/alb'), {}, true],
    [byField('alb', 'eks.amazonaws.com/alb'), {}, false],
    [byField('alb'), {}, false],
    [{ annotation: 'alb' }, {}, true],
    [{ annotation: 'alb' }, { 'ingress-class': 'alb' }, true],
    [{ annotation: 'alb' }, { 'ingress-class': 'internal' }, false],
    [{ ...byField('alb', 'ingress.k8s.aws/alb'), annotation: 'nginx' }, {}, false],
    [classless, { 'cluster-name': 'prod', 'ingress-class': 'alb' }, false],
    [classless, { 'cluster-name': 'prod' }, true],
    [classless, {}, false],
  ],
  gke: [
    [classless, {}, true],
    [{ annotation: '' }, {}, true],
    [{ annotation: 'gce' }, {}, true],
    [{ annotation: 'gce-internal' }, {}, true],
    [{ annotation: 'nginx' }, {}, false],
    [byField('gce', 'k8s.io/ingress-gce'), {}, false],
    [{ ...byField('nginx', nginx), annotation: 'gce' }, {}, true],
  ],
  agic: [
    [byField('azure-application-gateway', 'azure/application-gateway'), {}, true],
    [byField('azure-application-gateway', nginx), {}, false],
    [byField('azure-application-gateway'), {}, false],
    [byField('web', 'azure/application-gateway'), { ingress_class_resource_name: 'other' }, false],
    [{ annotation: 'azure/application-gateway' }, {}, true],
    [{ annotation: 'nginx' }, {}, false],
    [{ ...byField('x', 'azure/application-gateway'), annotation: 'nginx' }, {}, false],
    [classless, {}, false],
    [classless, { ingress_class_resource_default: 'true' }, true],
  ],
  unknown: [
    [byField('other', 'example.com/other'), {}, false],
    [classless, {}, false],
  ],
};

describe.each(Object.entries(CASES) as [Product, readonly Case[]][])('%s', (product, cases) => {
  test.each(cases)('%j with settings %j is claimed: %p', (binding, values, expected) => {
    const claim = profileFor(product).claims(binding, settings(values));
    expect(claim.claims).toBe(expected);
    expect(claim.because).toMatch(/\w/);
  });
});

test('the reason names the setting and its value', () => {
  const claim = profileFor('ingress-nginx').claims(
    { annotation: 'nginx' },
    settings({ 'ingress-class': 'web' }),
  );
  expect(claim.because).toContain('--ingress-class is `web`');
});

test('EKS Auto Mode takes its own class only', () => {
  expect(eksAutoMode.claims(byField('alb', 'eks.amazonaws.com/alb'), settings()).claims).toBe(true);
  expect(eksAutoMode.claims(byField('alb', 'ingress.k8s.aws/alb'), settings()).claims).toBe(false);
  expect(eksAutoMode.claims({ annotation: 'alb' }, settings()).claims).toBe(false);
});
