import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { documents, endpoint, ingressTo, POD_A, POD_B, service, slice } from '../shop-objects.ts';

const TWO = [
  { name: 'web', port: 80, targetPort: 8080, protocol: 'TCP' },
  { name: 'api', port: 8080, targetPort: 9090, protocol: 'TCP' },
];
const SLICE = slice(
  [endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B)],
  [
    { name: 'web', port: 8080 },
    { name: 'api', port: 9090 },
  ],
);

test('which of two entries is meant cannot be known: a remark on a path that works', async () => {
  const diagnosis = await overlay(
    documents(ingressTo('web', { number: 8080 }), service({ ports: TWO }), SLICE),
  );
  expect(findingOf(diagnosis, 'service-port-ambiguous')).toMatchObject({
    severity: 'info',
    object: { kind: 'Ingress', name: 'web' },
  });
  expect(rulesOf(diagnosis)).not.toContain('service-port-is-targetport');
  expect(diagnosis.verdict).toBe('healthy');
});

test('a port that the Pods do not declare, beside one that they do, is the wrong one', async () => {
  const ports = [
    { name: 'web', port: 80, targetPort: 9999, protocol: 'TCP' },
    { name: 'api', port: 9999, targetPort: 8080, protocol: 'TCP' },
  ];
  const diagnosis = await overlay(documents(ingressTo('web', { number: 9999 }), service({ ports }), SLICE));
  expect(rootOf(diagnosis)).toBe('service-port-ambiguous');
  expect(statusOf(diagnosis)).toBe(502);
});

test.each([
  ['the first entry has the number itself', [...TWO].reverse(), undefined],
  ['both lead to the same port', TWO.map((port) => ({ ...port, targetPort: 8080 })), undefined],
  ['Contour takes the number only', TWO, 'contour'],
] as const)('is silent where %s', async (_, ports, controller) => {
  const yaml = documents(ingressTo('web', { number: 8080 }), service({ ports }), SLICE);
  const diagnosis = await overlay(yaml, controller === undefined ? {} : { controller });
  expect(rulesOf(diagnosis)).not.toContain('service-port-ambiguous');
});
