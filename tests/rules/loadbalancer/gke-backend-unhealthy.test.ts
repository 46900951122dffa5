import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { document, ingress } from '../ingresses.ts';
import { service } from '../shop-objects.ts';

function gke(backends: Readonly<Record<string, string>>, parts: Parameters<typeof ingress>[0] = {}): string {
  const annotations = {
    'kubernetes.io/ingress.class': 'gce',
    'ingress.kubernetes.io/backends': JSON.stringify(backends),
  };
  return ingress({ className: null, annotations, ...parts });
}

test('takes the requests down that its backend gets', async () => {
  const diagnosis = await overlay(gke({ 'k8s1-0a1b-shop-web-80-4e5f': 'UNHEALTHY' }));
  expect(rootsOf(diagnosis)).toEqual(['gke-backend-unhealthy']);
  expect(statusOf(diagnosis)).toBe(502);
});

test('knows the backend of an instance group by its node port', async () => {
  const ports = [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', nodePort: 30123 }];
  const node = document(service({ type: 'NodePort', ports }));
  const backends = { 'k8s-be-30123--0a1b': 'HEALTHY', 'k8s-be-31999--0a1b': 'UNHEALTHY' };
  expect(rulesOf(await overlay(gke(backends) + node))).not.toContain('gke-backend-unhealthy');
});

test('is not sure which of several backends it is where no name tells', async () => {
  const diagnosis = await overlay(gke({ a: 'UNHEALTHY', b: 'HEALTHY' }));
  expect(findingOf(diagnosis, 'gke-backend-unhealthy')).toMatchObject({
    partial: true,
    confidence: 'likely',
  });
});

test('shows the health check of the BackendConfig that the Service names', async () => {
  const named = service() as { readonly metadata: object };
  const annotations = { 'cloud.google.com/backend-config': '{"ports":{"80":"web-check"}}' };
  const config = {
    apiVersion: 'cloud.google.com/v1',
    kind: 'BackendConfig',
    metadata: { name: 'web-check', namespace: 'shop' },
    spec: { healthCheck: { type: 'HTTP', requestPath: '/ready', port: 8081 } },
  };
  const diagnosis = await overlay(
    gke({ 'k8s1-x': 'UNHEALTHY' }) +
      document({ ...named, metadata: { ...named.metadata, annotations } }) +
      document(config),
  );
  expect(findingOf(diagnosis, 'gke-backend-unhealthy').evidence).toContainEqual(
    expect.objectContaining({ field: 'spec.healthCheck', value: 'HTTP :8081/ready' }),
  );
});

test('follows from Pods that are not ready', async () => {
  const conditions = { ready: false, serving: false, terminating: false };
  const slice = document({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-abcde', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: [{ addresses: ['10.244.0.21'], conditions }],
  });
  const diagnosis = await overlay(gke({ 'k8s1-x': 'UNHEALTHY' }) + slice);
  expect(rootsOf(diagnosis)).not.toContain('gke-backend-unhealthy');
  expect(rulesOf(diagnosis)).toContain('gke-backend-unhealthy');
});

test('suspects a backend whose health stays unknown', async () => {
  const diagnosis = await overlay(gke({ 'k8s1-x': 'Unknown' }));
  expect(findingOf(diagnosis, 'gke-backend-unhealthy').confidence).toBe('suspect');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['a healthy backend', gke({ 'k8s1-x': 'HEALTHY' })],
  ['a new Ingress', gke({ 'k8s1-x': 'Unknown' }, { created: '2026-03-02T11:58:00Z' })],
  [
    'an annotation that is no JSON',
    ingress({
      className: null,
      annotations: { 'kubernetes.io/ingress.class': 'gce', 'ingress.kubernetes.io/backends': '{' },
    }),
  ],
  ['another controller', ingress({ annotations: { 'ingress.kubernetes.io/backends': '{"a":"UNHEALTHY"}' } })],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('gke-backend-unhealthy');
});
