import { findingOf, overlay, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const NAME = 'rewrite-flattens-path';

function rewritten(target: string, path: string, pathType = 'Prefix'): string {
  const annotations = { 'nginx.ingress.kubernetes.io/rewrite-target': target };
  return ingress({ annotations, path, pathType });
}

test('loses what lies beneath the path, not the path itself', async () => {
  expect((await overlay(rewritten('/', '/app'))).verdict).toBe('degraded');
  const beneath = await overlay(rewritten('/', '/app'), { url: 'http://shop.example.com/app/a.js' });
  expect(beneath.verdict).toBe('failing');
  const root = await overlay(rewritten('/', '/app'), { url: 'http://shop.example.com/app' });
  expect(root.verdict).toBe('healthy');
});

test('is a remark where the target is one page', async () => {
  const diagnosis = await overlay(rewritten('/status', '/health'));
  expect(findingOf(diagnosis, NAME).severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['an Exact path', '/', '/app', 'Exact'],
  ['the root', '/', '/', 'Prefix'],
  ['a path that is its own target', '/app', '/app', 'Prefix'],
  ['a captured group', '/$1', '/app/(.*)', 'ImplementationSpecific'],
])('is silent on %s', async (_, target, path, pathType) => {
  expect(rulesOf(await overlay(rewritten(target, path, pathType)))).not.toContain(NAME);
});
