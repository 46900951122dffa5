import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { documents, ingressTo, service } from '../shop-objects.ts';

const HEADLESS = { clusterIP: 'None' };

function annotated(spec: object, annotations: object): object {
  const object = service(spec) as { readonly metadata: object };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

test.each([undefined, 'contour', 'traefik'] as const)('is as good as any behind %s', async (controller) => {
  const diagnosis = await overlay(
    documents(service(HEADLESS)),
    controller === undefined ? {} : { controller },
  );
  expect(diagnosis.verdict).toBe('healthy');
  expect(rulesOf(diagnosis)).not.toContain('service-headless');
});

test('Traefik leaves the route out where it is to use the ClusterIP', async () => {
  const yaml = documents(annotated(HEADLESS, { 'traefik.ingress.kubernetes.io/service.nativelb': 'true' }));
  const diagnosis = await overlay(yaml, { controller: 'traefik' });
  expect(rootOf(diagnosis)).toBe('service-headless');
  expect(statusOf(diagnosis)).toBe(404);
});

test('ingress-nginx goes to the Pods all the same', async () => {
  const annotations = { 'nginx.ingress.kubernetes.io/service-upstream': 'true' };
  const yaml = documents(ingressTo('web', { number: 80 }, annotations), service(HEADLESS));
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'service-headless').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('passthrough counts only where the controller has it on', async () => {
  const annotations = { 'nginx.ingress.kubernetes.io/ssl-passthrough': 'true' };
  const objects = documents(ingressTo('web', { number: 80 }, annotations), service(HEADLESS));
  expect(rulesOf(await overlay(objects))).not.toContain('service-headless');
  const args = ['--controller-class=k8s.io/ingress-nginx', '--enable-ssl-passthrough'];
  const diagnosis = await overlay(`${objects}\n---\n${nginxDeployment({ args })}`);
  expect(findingOf(diagnosis, 'service-headless')).toMatchObject({ symptom: 'tls-handshake-failure' });
});
