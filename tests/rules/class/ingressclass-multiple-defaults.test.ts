import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { document, ingress } from '../ingresses.ts';

function defaultClass(name: string, created: string, isDefault = 'true'): string {
  return document({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: {
      name,
      creationTimestamp: created,
      annotations: { 'ingressclass.kubernetes.io/is-default-class': isDefault },
    },
    spec: { controller: name === 'nginx' ? 'k8s.io/ingress-nginx' : 'example.com/other' },
  });
}

const NGINX = defaultClass('nginx', '2026-01-02T00:00:00Z');

test.each([
  ['older', '2026-01-01T00:00:00Z'],
  ['equally old and later by name', '2026-01-02T00:00:00Z'],
])('reports the class of the Ingress where the other default is %s', async (_, created) => {
  const diagnosis = await overlay(NGINX + defaultClass('other', created));
  expect(findingOf(diagnosis, 'ingressclass-multiple-defaults')).toMatchObject({
    severity: 'info',
    confidence: 'suspect',
    object: { kind: 'IngressClass', name: 'nginx' },
  });
  expect(diagnosis.verdict).toBe('healthy');
});

test('is a cause to somebody who saw what the wrong controller answers', async () => {
  const yaml = NGINX + defaultClass('other', '2026-01-01T00:00:00Z');
  expect(rootsOf(await overlay(yaml, { seenStatus: 404 }))).toContain('ingressclass-multiple-defaults');
  expect(rootsOf(await overlay(yaml, { seenStatus: 502 }))).toEqual([]);
});

test.each([
  ['the Ingress names an older default', NGINX + defaultClass('other', '2026-02-01T00:00:00Z')],
  ['only one is the default', NGINX + defaultClass('other', '2026-01-01T00:00:00Z', 'false')],
])('is silent where %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).toEqual([]);
});

test('explains nothing about an Ingress that has no class to this day', async () => {
  const yaml =
    NGINX + defaultClass('other', '2026-01-01T00:00:00Z') + ingress({ className: null, hasAddress: false });
  const diagnosis = await overlay(yaml);
  expect(rootsOf(diagnosis)).toEqual(['ingressclass-unset-no-default']);
  expect(rulesOf(diagnosis)).toContain('ingressclass-multiple-defaults');
});
