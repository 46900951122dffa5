import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { ingress } from '../ingresses.ts';

const EMPTY = ingress({ hasAddress: false });

test('is a remark, and leaves the verdict alone', async () => {
  const diagnosis = await overlay(EMPTY);
  expect(findingOf(diagnosis, 'ingress-status-empty')).toMatchObject({
    severity: 'low',
    confidence: 'suspect',
  });
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['a young Ingress', ingress({ hasAddress: false, created: '2026-03-02T11:59:00Z' }), undefined],
  [
    'a controller that writes no status',
    EMPTY + nginxDeployment({ args: ['--ingress-class=nginx', '--update-status=false'] }),
    undefined,
  ],
  ['Traefik without a published Service', EMPTY, 'traefik'],
] as const)('is silent on %s', async (_, yaml, controller) => {
  const diagnosis = await overlay(yaml, controller === undefined ? {} : { controller });
  expect(rulesOf(diagnosis)).not.toContain('ingress-status-empty');
});

test('is silent where the file leaves the status out', async () => {
  const diagnosis = await overlay('', {
    change: (object) =>
      (object as { readonly kind?: string }).kind === 'Ingress' ? { ...object, status: undefined } : object,
  });
  expect(rulesOf(diagnosis)).not.toContain('ingress-status-empty');
});
