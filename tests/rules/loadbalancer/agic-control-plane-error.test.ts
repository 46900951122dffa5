import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { agicController, event } from '../clouds.ts';
import { ingress } from '../ingresses.ts';

const AGIC = agicController() + ingress({ className: 'appgw' });

function failure(reason: string, minutesAgo = 2, name = 'agic-1'): string {
  return event({ reason, kind: 'Pod', namespace: 'kube-system', name, minutesAgo });
}

test('leaves the gateway as it was', async () => {
  const diagnosis = await overlay(AGIC + failure('UnableToFetchAppGw'));
  expect(rootsOf(diagnosis)).toEqual(['agic-control-plane-error']);
  expect(diagnosis.verdict).toBe('degraded');
});

test('is only likely some time later', async () => {
  const diagnosis = await overlay(AGIC + failure('FailedApplyingAppGwConfig', 30));
  expect(findingOf(diagnosis, 'agic-control-plane-error').confidence).toBe('likely');
});

test.each([
  ['an old event', failure('ARMAuthFailure', 90)],
  ['an event of another Pod', failure('ARMAuthFailure', 2, 'other')],
  ['an event of another meaning', failure('Pulled')],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(AGIC + yaml))).not.toContain('agic-control-plane-error');
});
