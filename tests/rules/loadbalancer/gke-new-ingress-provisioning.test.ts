import { findingOf, overlay, rulesOf } from '../check.ts';
import { event } from '../clouds.ts';
import { ingress } from '../ingresses.ts';

const GCE = { 'kubernetes.io/ingress.class': 'gce' };
const NEW = { className: null, annotations: GCE, hasAddress: false, created: '2026-03-02T11:55:00Z' };

test('explains why there is no address yet', async () => {
  const diagnosis = await overlay(ingress(NEW));
  expect(findingOf(diagnosis, 'gke-new-ingress-provisioning')).toMatchObject({
    severity: 'low',
    confidence: 'suspect',
  });
});

test('counts backends that were not checked yet', async () => {
  const annotations = { ...GCE, 'ingress.kubernetes.io/backends': '{"a":"Unknown"}' };
  const diagnosis = await overlay(ingress({ ...NEW, annotations, hasAddress: true }));
  expect(rulesOf(diagnosis)).toContain('gke-new-ingress-provisioning');
});

test.each([
  ['an older Ingress', ingress({ ...NEW, created: '2026-03-02T11:00:00Z' })],
  ['one that is served', ingress({ ...NEW, hasAddress: true })],
  ['one that something is wrong with', ingress(NEW) + event({ reason: 'Translate' })],
  ['a controller in the cluster', ingress({ ...NEW, className: 'nginx', annotations: {} })],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('gke-new-ingress-provisioning');
});
