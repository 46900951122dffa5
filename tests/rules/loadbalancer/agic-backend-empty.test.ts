import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { agicController, event } from '../clouds.ts';
import { ingress } from '../ingresses.ts';

const AGIC = agicController();
const OWN = ingress({ className: 'appgw' });
const EMPTY = event({
  reason: 'EndpointsEmpty',
  message: 'Unable to get endpoints for service key [shop/web]',
});

test('answers 502, though the Pods are ready: what it saw may be past', async () => {
  const diagnosis = await overlay(AGIC + OWN + EMPTY);
  expect(rootsOf(diagnosis)).toEqual(['agic-backend-empty']);
  expect(findingOf(diagnosis, 'agic-backend-empty').confidence).toBe('likely');
  expect(statusOf(diagnosis)).toBe(502);
});

test('follows from a Service that does not exist', async () => {
  const message =
    'Ingress shop/web references non existent Service shop/gone. Please correct the Service section';
  const diagnosis = await overlay(
    AGIC +
      ingress({ className: 'appgw', service: 'gone' }) +
      event({ reason: 'IngressServiceTargetMatch', message }),
  );
  expect(rootsOf(diagnosis)).toEqual(['service-missing']);
  expect(rulesOf(diagnosis)).toContain('agic-backend-empty');
});

test('concerns only the Service that the event names', async () => {
  const path = (name: string) => ({
    path: `/${name}`,
    pathType: 'Prefix',
    backend: { service: { name, port: { number: 80 } } },
  });
  const rules = [{ host: 'shop.example.com', http: { paths: [path('web'), path('gone')] } }];
  const diagnosis = await overlay(
    AGIC +
      ingress({ className: 'appgw', spec: { rules } }) +
      event({
        reason: 'EndpointsEmpty',
        message: 'Unable to get endpoints for service key [shop/gone]',
      }),
  );
  const blamed = diagnosis.findings.filter(({ rule }) => rule === 'agic-backend-empty');
  expect(blamed.map(({ object }) => object.name)).toEqual(['gone']);
});

test.each([
  ['an old event', AGIC + OWN + event({ reason: 'EndpointsEmpty', minutesAgo: 30 })],
  ['another controller', ingress() + EMPTY],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('agic-backend-empty');
});

test('is only likely where the endpoints may not be read', async () => {
  const diagnosis = await overlay(AGIC + OWN + EMPTY, { forbidden: ['EndpointSlice'] });
  expect(findingOf(diagnosis, 'agic-backend-empty').confidence).toBe('likely');
});
