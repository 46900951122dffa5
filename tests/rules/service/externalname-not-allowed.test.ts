import { overlay, rootOf, statusOf } from '../check.ts';
import { documents, service } from '../shop-objects.ts';

const external = service({ type: 'ExternalName', externalName: 'shop.partner.example', selector: undefined });
const yaml = `# without: EndpointSlice shop/web-abcde\n${documents(external)}`;

test.each(['contour', 'traefik'] as const)('%s refuses it unless told otherwise', async (controller) => {
  const diagnosis = await overlay(yaml, { controller });
  expect(rootOf(diagnosis)).toBe('externalname-not-allowed');
  expect(statusOf(diagnosis)).toBe(404);
});

test('ingress-nginx allows it, and no endpoint is missed', async () => {
  const diagnosis = await overlay(yaml);
  expect(diagnosis.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(diagnosis.verdict).toBe('healthy');
});
