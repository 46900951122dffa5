import { CONTROLLERS, productOfClass, profileFor } from '../../src/controllers/index.ts';
import { PRODUCTS } from '../../src/controllers/profile.ts';

test('every product has one profile, the unknown one last', () => {
  expect(CONTROLLERS.map(({ product }) => product)).toEqual(PRODUCTS);
  for (const product of PRODUCTS) expect(profileFor(product).product).toBe(product);
});

test.each([
  ['k8s.io/ingress-nginx', 'ingress-nginx'],
  ['webapprouting.kubernetes.azure.com/nginx', 'ingress-nginx'],
  ['webapprouting.kubernetes.azure.com/nginx/internal', 'ingress-nginx'],
  ['nginx.org/ingress-controller', 'f5-nginx'],
  ['traefik.io/ingress-controller', 'traefik'],
  ['haproxy-ingress.github.io/controller', 'haproxy-ingress'],
  ['haproxy-ingress.github.io/controller/internal', 'haproxy-ingress'],
  ['projectcontour.io/ingress-controller', 'contour'],
  ['projectcontour.io/projectcontour/contour', 'contour'],
  ['istio.io/ingress-controller', 'istio'],
  ['ingress.k8s.aws/alb', 'aws-alb'],
  ['eks.amazonaws.com/alb', 'aws-alb'],
  ['k8s.io/ingress-gce', 'gke'],
  ['azure/application-gateway', 'agic'],
  ['haproxy.org/ingress-controller/haproxy', undefined],
  ['k8s.io/ingress-nginx-internal', undefined],
  ['example.com/other', undefined],
  ['', undefined],
])('controller %p is %p', (controller, product) => {
  expect(productOfClass(controller)?.product).toBe(product);
});

test('where the control plane is outside the cluster', () => {
  expect(productOfClass('eks.amazonaws.com/alb')?.isInvisible).toBe(true);
  expect(productOfClass('ingress.k8s.aws/alb')?.isInvisible).toBe(false);
  const invisible = CONTROLLERS.filter(({ isInvisible }) => isInvisible);
  expect(invisible.map(({ product }) => product)).toEqual(['gke', 'unknown']);
  const managed = CONTROLLERS.filter(({ isManaged }) => isManaged);
  expect(managed.map(({ product }) => product)).toEqual(['aws-alb', 'gke', 'agic']);
});

test('who wins when annotation and field disagree', () => {
  const byField = CONTROLLERS.filter(({ classPrecedence }) => classPrecedence === 'field');
  expect(byField.map(({ product }) => product)).toEqual(['ingress-nginx', 'traefik', 'unknown']);
});

test.each([
  ['nginx', 'ingress-nginx'],
  ['traefik', 'traefik'],
  ['haproxy', 'haproxy-ingress'],
  ['contour', 'contour'],
  ['istio', 'istio'],
  ['alb', 'aws-alb'],
  ['gce', 'gke'],
  ['gce-internal', 'gke'],
  ['azure/application-gateway', 'agic'],
  ['internal', undefined],
])('annotation %p is %p', (value, product) => {
  expect(productOfClass(value)?.product).toBe(product);
});
