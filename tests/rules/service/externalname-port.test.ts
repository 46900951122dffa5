import { overlay, rootOf, rootsOf, rulesOf } from '../check.ts';
import { documents, ingressTo, service } from '../shop-objects.ts';

const external = (ports: readonly object[] | undefined) =>
  service({ type: 'ExternalName', externalName: 'shop.partner.example', selector: undefined, ports });
const without = '# without: EndpointSlice shop/web-abcde\n';

test('ingress-nginx takes any number for the port of the external host', async () => {
  const diagnosis = await overlay(without + documents(ingressTo('web', { number: 80 }), external(undefined)));
  expect(rulesOf(diagnosis)).not.toContain('externalname-port');
  expect(diagnosis.verdict).toBe('healthy');
});

test('but no name that the Service does not have', async () => {
  const yaml = without + documents(ingressTo('web', { name: 'http' }), external([{ port: 80 }]));
  expect(rootOf(await overlay(yaml))).toBe('externalname-port');
});

test('what the controller refuses altogether needs no port', async () => {
  const yaml = without + documents(ingressTo('web', { number: 80 }), external(undefined));
  expect(rootsOf(await overlay(yaml, { controller: 'contour' }))).toEqual(['externalname-not-allowed']);
});

test('port 443 with backend-protocol HTTPS is well', async () => {
  const annotations = { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' };
  const yaml = without + documents(ingressTo('web', { number: 443 }, annotations), external([{ port: 443 }]));
  expect((await overlay(yaml)).verdict).toBe('healthy');
  const plain = without + documents(ingressTo('web', { number: 443 }), external([{ port: 443 }]));
  expect(rootOf(await overlay(plain))).toBe('externalname-port');
});
