import { overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { documents, endpoint, POD_A, service, slice } from '../shop-objects.ts';

const portless = slice([endpoint('10.244.0.21', POD_A)], []);

test('ingress-nginx helps itself where the targetPort is a number, Contour does not', async () => {
  const yaml = documents(portless, service({ ports: [{ name: 'http', port: 80, targetPort: 8080 }] }));
  expect(rulesOf(await overlay(yaml))).not.toContain('endpoints-without-ports');
  expect(rulesOf(await overlay(yaml, { controller: 'contour' }))).toContain('endpoints-without-ports');
});

test('stands alone where nothing tells why', async () => {
  const diagnosis = await overlay(documents(portless));
  expect(rootOf(diagnosis)).toBe('endpoints-without-ports');
  expect(statusOf(diagnosis)).toBe(503);
});

test('a slice with the port beside one without is enough', async () => {
  const second = { ...slice([endpoint('10.244.0.22', 'web-6b7f-bbbbb')], []) };
  const yaml = documents({
    ...second,
    metadata: { name: 'web-portless', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
  });
  expect(rulesOf(await overlay(yaml))).not.toContain('endpoints-without-ports');
});

test('an unnamed Service port is carried by an unnamed slice port', async () => {
  const yaml = documents(
    service({ ports: [{ port: 80, targetPort: 'http' }] }),
    slice([endpoint('10.244.0.21', POD_A)], [{ name: '', port: 8080 }]),
  );
  expect(rulesOf(await overlay(yaml))).not.toContain('endpoints-without-ports');
});
