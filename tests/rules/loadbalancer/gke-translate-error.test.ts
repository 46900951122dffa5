import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { event } from '../clouds.ts';
import { ingress } from '../ingresses.ts';

const GCE = { 'kubernetes.io/ingress.class': 'gce' };
const OLD = ingress({ className: null, annotations: GCE });

function translate(text: string, minutesAgo = 2): string {
  return event({
    reason: 'Translate',
    message: `Translation failed: invalid ingress spec: ${text}`,
    minutesAgo,
  });
}

test('follows from a Service that does not exist', async () => {
  const diagnosis = await overlay(
    ingress({ className: null, annotations: GCE, service: 'gone' }) +
      translate('could not find service "shop/gone"'),
  );
  expect(rootsOf(diagnosis)).toEqual(['service-missing']);
  expect(rulesOf(diagnosis)).toContain('gke-translate-error');
});

test('is the root where the Service exists, and gives the command that mends it', async () => {
  const text =
    'service "shop/web" is type "ClusterIP", expected "NodePort" or "LoadBalancer" when not using NEGs';
  const diagnosis = await overlay(OLD + translate(text));
  expect(rootsOf(diagnosis)).toEqual(['gke-translate-error']);
  const runs = findingOf(diagnosis, 'gke-translate-error').fix?.commands.map(({ run }) => run);
  expect(runs).toContain(`kubectl -n shop annotate service web 'cloud.google.com/neg={"ingress": true}'`);
});

test('is only likely some time after the last attempt', async () => {
  const diagnosis = await overlay(OLD + translate('x', 40));
  expect(findingOf(diagnosis, 'gke-translate-error').confidence).toBe('likely');
});

test('counts a warning of the synchronisation', async () => {
  const sync = event({
    reason: 'Sync',
    message: 'Error syncing to GCP: error running load balancer syncing routine',
  });
  expect(rulesOf(await overlay(OLD + sync))).toContain('gke-translate-error');
});

test.each([
  ['an old event', translate('x', 70)],
  ['the usual rounds', event({ reason: 'Sync', message: 'Scheduled for sync', type: 'Normal' })],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(OLD + yaml))).not.toContain('gke-translate-error');
});
