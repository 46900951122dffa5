import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { envoyAccess, envoyLog, nginxAccess, nginxError, nginxLog } from '../controller-logs.ts';
import { documents, policy } from '../shop-objects.ts';

const DROPPED = 'upstream timed out (110: Operation timed out) while connecting to upstream';
const NAME = 'upstream-connect-timeout';
const both = [nginxError(DROPPED), nginxError(DROPPED, { address: '10.244.0.22:8080' })];

test('every endpoint is silent, and the product of both limits is told', async () => {
  const diagnosis = await overlay(documents(nginxLog(...both)));
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(diagnosis.verdict).toBe('failing');
  expect(statusOf(diagnosis)).toBe(504);
  const { evidence, partial } = findingOf(diagnosis, NAME);
  expect(partial).toBe(false);
  expect(evidence.map(({ value }) => value)).toContain(
    '3 × 5s = 15s (proxy-next-upstream-tries × proxy-connect-timeout)',
  );
});

test('one silent endpoint of two is partial', async () => {
  expect(findingOf(await overlay(documents(nginxLog(nginxError(DROPPED)))), NAME).partial).toBe(true);
});

test('a try that another one made good takes no request down', async () => {
  const tries = '10.244.0.22:8080, 10.244.0.21:8080 0, 160 5.000, 0.004 504, 200';
  const diagnosis = await overlay(documents(nginxLog(nginxError(DROPPED), nginxAccess(200, tries))));
  expect(findingOf(diagnosis, NAME).partial).toBe(true);
  expect(diagnosis.verdict).toBe('degraded');
});

test('a NetworkPolicy that shuts the controller out is the cause', async () => {
  const shut = policy('shut', { podSelector: {}, policyTypes: ['Ingress'], ingress: [] });
  const diagnosis = await overlay(documents(shut, nginxLog(...both)));
  expect(rootOf(diagnosis)).toBe('netpol-ingress-deny');
  expect(diagnosis.rootCauses).toHaveLength(1);
});

test('of Contour the time tells it, which is less sure', async () => {
  const diagnosis = await overlay(documents(envoyLog(envoyAccess(503, 'UF', 2000))), {
    controller: 'contour',
  });
  expect(findingOf(diagnosis, NAME).confidence).toBe('likely');
  expect(statusOf(diagnosis)).toBe(503);
});

test('a refused connection is something else', async () => {
  const line = nginxError('connect() failed (111: Connection refused) while connecting to upstream');
  expect(rulesOf(await overlay(documents(nginxLog(line))))).not.toContain(NAME);
});
