import { findingOf, overlay, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const NAME = 'rewrite-missing-capture-group';

function rewritten(target: string, path: string): string {
  const annotations = { 'nginx.ingress.kubernetes.io/rewrite-target': target };
  return ingress({ annotations, path, pathType: 'ImplementationSpecific' });
}

test('loses a part of the requests without a URL, and all that a URL asks beneath the path', async () => {
  const diagnosis = await overlay(rewritten('/$2', '/app'));
  expect(diagnosis.verdict).toBe('degraded');
  const asked = await overlay(rewritten('/$2', '/app'), { url: 'http://shop.example.com/app/style.css' });
  expect(asked.verdict).toBe('failing');
  const root = await overlay(rewritten('/$2', '/app'), { url: 'http://shop.example.com/app/' });
  expect(root.verdict).toBe('healthy');
});

test('counts the groups that there are', async () => {
  expect(rulesOf(await overlay(rewritten('/$2', '/app/(.*)')))).toContain(NAME);
  expect(rulesOf(await overlay(rewritten('/$1', '/(?:a|b)/x')))).toContain(NAME);
});

test.each([
  ['the documented form', '/$2', '/app(/|$)(.*)'],
  ['one group', '/$1', '/(.*)'],
  ['variables of nginx', '/$host/x', '/app'],
  ['a target without groups', '/', '/app'],
])('is silent on %s', async (_, target, path) => {
  expect(rulesOf(await overlay(rewritten(target, path)))).not.toContain(NAME);
});

test('offers a path that captures', async () => {
  const { fix } = findingOf(await overlay(rewritten('/$2', '/app/')), NAME);
  expect(fix?.commands[0]?.run).toContain('"value":"/app(/|$)(.*)"');
});

test('is about ingress-nginx only', async () => {
  const diagnosis = await overlay(rewritten('/$2', '/app'), { controller: 'contour' });
  expect(rulesOf(diagnosis)).not.toContain(NAME);
});
