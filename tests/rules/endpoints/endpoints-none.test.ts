import { overlay, rulesOf, statusOf } from '../check.ts';
import { documents, POD_A, POD_B, service, slice } from '../shop-objects.ts';

const without = `# without: Pod shop/${POD_A}, Pod shop/${POD_B}\n`;

test('no slice at all is no endpoint, too', async () => {
  const yaml = `# without: EndpointSlice shop/web-abcde, Pod shop/${POD_A}, Pod shop/${POD_B}`;
  const diagnosis = await overlay(yaml);
  expect(rulesOf(diagnosis)).toContain('endpoints-none');
  expect(statusOf(diagnosis)).toBe(503);
});

test('Traefik leaves the route out', async () => {
  expect(statusOf(await overlay(without + documents(slice([])), { controller: 'traefik' }))).toBe(404);
});

test('an ExternalName Service has none by nature', async () => {
  const external = service({
    type: 'ExternalName',
    externalName: 'shop.partner.example',
    selector: undefined,
  });
  const diagnosis = await overlay(without + documents(external, slice([])));
  expect(diagnosis.findings.filter(({ hop }) => hop === 'endpoints')).toEqual([]);
  expect(diagnosis.verdict).toBe('healthy');
});

test('slices that may not be read are not absent', async () => {
  const diagnosis = await overlay('', { forbidden: ['EndpointSlice'] });
  expect(rulesOf(diagnosis)).not.toContain('endpoints-none');
  expect(diagnosis.verdict).toBe('unknown');
});
