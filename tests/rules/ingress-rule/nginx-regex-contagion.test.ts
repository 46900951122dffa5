import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const NAME = 'nginx-regex-contagion';
const USE_REGEX = { 'nginx.ingress.kubernetes.io/use-regex': 'true' };

function neighbour(path: string, annotations: Readonly<Record<string, string>> = USE_REGEX): string {
  return ingress({ name: 'other', service: 'other', path, pathType: 'ImplementationSpecific', annotations });
}

test('reports requests that go elsewhere, and names the Ingress that does it', async () => {
  const diagnosis = await overlay(ingress({ path: '/reports' }) + neighbour('/rep[a-z]+.*'));
  expect(rootsOf(diagnosis)).toEqual([NAME]);
  expect(findingOf(diagnosis, NAME).object.name).toBe('other');
  expect(rulesOf(diagnosis)).not.toContain('path-shadowed');
});

test('judges the URL that was asked for', async () => {
  const both = ingress({ path: '/API', pathType: 'Exact' }) + neighbour('/a[a-z]+');
  const url = 'http://shop.example.com/API';
  const taken = await overlay(both, { url });
  expect(rulesOf(taken)).toContain(NAME);
  expect(rulesOf(await overlay(both, { url: 'http://shop.example.com/abc' }))).not.toContain(NAME);
});

test('is a remark where only the end of an Exact path is lost', async () => {
  const both = ingress({ path: '/report', pathType: 'Exact' }) + neighbour('/.*');
  const finding = findingOf(await overlay(both), NAME);
  expect(finding.severity).toBe('info');
  expect(finding.symptom).toBeUndefined();
});

test.each([
  ['expressions that take nothing', neighbour('/v[0-9]+/.*')],
  ['expressions of another host', neighbour('/rep[a-z]+.*').replaceAll('shop.example.com', 'b.example.com')],
  ['a neighbour without expressions', neighbour('/reporting', {})],
  [
    'expressions that lead to the same Service',
    neighbour('/rep[a-z]+.*').replaceAll('"name":"other","port"', '"name":"web","port"'),
  ],
])('is silent on %s', async (_, other) => {
  expect(rulesOf(await overlay(ingress({ path: '/reports' }) + other))).not.toContain(NAME);
});

test('is about ingress-nginx only', async () => {
  const both = ingress({ path: '/reports' }) + neighbour('/rep[a-z]+.*');
  expect(rulesOf(await overlay(both, { controller: 'contour' }))).not.toContain(NAME);
});
