import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginxAccess, nginxError, nginxLog } from '../controller-logs.ts';
import { documents, ingressTo } from '../shop-objects.ts';

const LARGE = nginxError('client intended to send too large body: 2097152 bytes', { address: '' });
const NAME = 'body-too-large';

test('is certain by the log, whatever the share of large requests', async () => {
  const diagnosis = await overlay(documents(nginxLog(LARGE, nginxAccess(413, '- - - -'))));
  expect(findingOf(diagnosis, NAME)).toMatchObject({ confidence: 'certain', partial: true });
  expect(diagnosis.verdict).toBe('degraded');
  expect(diagnosis.routes[0]?.prediction.partialStatus).toBe(413);
});

test('is told by the access log alone', async () => {
  expect(rulesOf(await overlay(documents(nginxLog(nginxAccess(413, '- - - -')))))).toContain(NAME);
});

test.each([
  ['the Pod itself answers 413', nginxAccess(413)],
  ['another host', LARGE.replaceAll('shop.example.com', 'other.example.com')],
  ['another Service', nginxAccess(413, '- - - -', { backend: 'shop-api-80' })],
])('is silent when it is %s', async (_case, line) => {
  expect(rulesOf(await overlay(documents(nginxLog(line))))).not.toContain(NAME);
});

test('is only about the route that the request took', async () => {
  const api = {
    path: '/orders',
    pathType: 'Prefix',
    backend: { service: { name: 'api', port: { number: 80 } } },
  };
  const web = { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } };
  const ingress = {
    ...ingressTo('web', { number: 80 }),
    spec: { ingressClassName: 'nginx', rules: [{ host: 'shop.example.com', http: { paths: [web, api] } }] },
  };
  expect(rulesOf(await overlay(documents(ingress, nginxLog(LARGE))))).not.toContain(NAME);
});

test('is silent where another Ingress of the class takes the request', async () => {
  const other = (className: string) => {
    const path = {
      path: '/orders',
      pathType: 'Prefix',
      backend: { service: { name: 'web', port: { number: 80 } } },
    };
    const rules = [{ host: 'shop.example.com', http: { paths: [path] } }];
    const metadata = { name: 'orders', namespace: 'shop', creationTimestamp: '2026-02-10T00:00:00Z' };
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: { ingressClassName: className, rules },
    };
  };
  expect(rulesOf(await overlay(documents(other('nginx'), nginxLog(LARGE))))).not.toContain(NAME);
  expect(rulesOf(await overlay(documents(other('internal'), nginxLog(LARGE))))).toContain(NAME);
});

test('a full name in another Ingress goes before a wildcard', async () => {
  const wildcard = ingressTo('web', { number: 80 }) as {
    readonly spec: { readonly rules: readonly object[] };
  };
  const rules = wildcard.spec.rules.map((rule) => ({ ...rule, host: '*.example.com' }));
  const web = { ...wildcard, spec: { ...wildcard.spec, rules } };
  expect(rulesOf(await overlay(documents(web, nginxLog(LARGE))))).toContain(NAME);
  const full = { ...(wildcard as object), metadata: { name: 'full', namespace: 'shop' } };
  expect(rulesOf(await overlay(documents(web, full, nginxLog(LARGE))))).not.toContain(NAME);
});
