import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { documents, ingressTo, service } from '../shop-objects.ts';

const broken = documents(ingressTo('checkout', { number: 80 }), service({}, 'checkout', 'payments'));

test('explains that the Service is missing', async () => {
  const diagnosis = await overlay(broken);
  expect(rootsOf(diagnosis)).toEqual(['service-in-other-namespace']);
  expect(diagnosis.rootCauses[0]?.explained.map(({ rule }) => rule)).toEqual(['service-missing']);
});

test('offers no ExternalName Service to a controller that refuses these', async () => {
  const finding = findingOf(await overlay(broken, { controller: 'contour' }), 'service-in-other-namespace');
  expect(finding.fix?.commands.map(({ effect }) => effect)).toEqual(['looks']);
});

test('is less sure with a copy in several namespaces', async () => {
  const yaml = `${broken}\n---\n${documents(service({}, 'checkout', 'staging'))}`;
  expect(findingOf(await overlay(yaml), 'service-in-other-namespace').confidence).toBe('likely');
});

test('a mistyped name in the own namespace is the better guess', async () => {
  const yaml = documents(ingressTo('webb', { number: 80 }), service({}, 'webb', 'payments'));
  expect(rootsOf(await overlay(yaml))).toEqual(['service-missing']);
});

test('a namesake elsewhere means nothing while the Service exists here', async () => {
  const diagnosis = await overlay(documents(service({}, 'web', 'payments')));
  expect(rulesOf(diagnosis)).toEqual([]);
});
