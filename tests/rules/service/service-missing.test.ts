import { findingOf, overlay, rulesOf, statusOf } from '../check.ts';
import { documents, ingressTo, service } from '../shop-objects.ts';

test('names the Service of a near name and sends the Ingress there', async () => {
  const finding = findingOf(await overlay(documents(ingressTo('webb', { number: 80 }))), 'service-missing');
  expect(finding.object).toEqual({ kind: 'Service', namespace: 'shop', name: 'webb' });
  expect(finding.fix?.commands.at(-1)?.run).toContain('"value":"web"');
});

test('offers no patch where no name is near', async () => {
  const finding = findingOf(
    await overlay(documents(ingressTo('payments', { number: 80 }))),
    'service-missing',
  );
  expect(finding.fix?.commands.every(({ effect }) => effect === 'looks')).toBe(true);
});

test('the status is that of the controller', async () => {
  const broken = documents(ingressTo('payments', { number: 80 }));
  expect(statusOf(await overlay(broken))).toBe(503);
  expect(statusOf(await overlay(broken, { controller: 'contour' }))).toBe(404);
});

test('says nothing where Services may not be read: that is not absence', async () => {
  const diagnosis = await overlay('', { forbidden: ['Service'] });
  expect(rulesOf(diagnosis)).not.toContain('service-missing');
  expect(diagnosis.verdict).toBe('unknown');
});

test('a Service without endpoints exists', async () => {
  const yaml = documents(service({ selector: { app: 'gone' } }));
  expect(rulesOf(await overlay(yaml))).not.toContain('service-missing');
});
