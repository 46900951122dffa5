import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { envoyAccess, envoyLog, nginxAccess, nginxError, nginxLog, times } from '../controller-logs.ts';
import { documents, ingressTo } from '../shop-objects.ts';

const SLOW = 'upstream timed out (110: Operation timed out) while reading response header from upstream';
const failed = nginxAccess(504, '10.244.0.21:8080 0 60.001 504');
const NAME = 'upstream-read-timeout';

test('every request fails, and the product of both limits is told', async () => {
  const diagnosis = await overlay(documents(nginxLog(nginxError(SLOW), failed)));
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(diagnosis.verdict).toBe('failing');
  expect(statusOf(diagnosis)).toBe(504);
  const { evidence, confidence } = findingOf(diagnosis, NAME);
  expect(confidence).toBe('certain');
  expect(evidence.map(({ value }) => value)).toContain(
    '3 × 60s = 180s (proxy-next-upstream-tries × proxy-read-timeout)',
  );
  expect(evidence.map(({ value }) => value)).toContain('504 ×1 (10.244.0.21:8080 ×1)');
});

test('the annotation is the limit where it is set', async () => {
  const name = 'nginx.ingress.kubernetes.io/proxy-read-timeout';
  const yaml = documents(
    ingressTo('web', { number: 80 }, { [name]: '5' }),
    nginxLog(nginxError(SLOW), failed),
  );
  const { evidence, message } = findingOf(await overlay(yaml), NAME);
  expect(evidence).toContainEqual(
    expect.objectContaining({ field: `metadata.annotations[${name}]`, value: '5' }),
  );
  expect(message).toContain('5s');
});

test('beside requests that succeed it is partial', async () => {
  const log = nginxLog(...times(3, nginxAccess(200)), nginxError(SLOW), failed);
  const diagnosis = await overlay(documents(log));
  expect(findingOf(diagnosis, NAME).partial).toBe(true);
  expect(diagnosis.verdict).toBe('degraded');
});

test('without an access log nothing is known of other requests', async () => {
  const diagnosis = await overlay(documents(nginxLog(nginxError(SLOW))));
  expect(findingOf(diagnosis, NAME).partial).toBe(true);
});

test.each([
  ['it is one among many', [nginxError(SLOW), failed, ...times(40, nginxAccess(200))]],
  [
    'many requests have succeeded since',
    [...times(10, failed), nginxError(SLOW), ...times(20, nginxAccess(200, undefined, { time: '11:59:50' }))],
  ],
])('is a remark when %s', async (_case, lines) => {
  const diagnosis = await overlay(documents(nginxLog(...lines)));
  expect(findingOf(diagnosis, NAME).severity).toBe('low');
  expect(diagnosis.verdict).toBe('healthy');
});

test('many that succeed at the same time as the failure say nothing about an end', async () => {
  const log = nginxLog(...times(10, failed), nginxError(SLOW), ...times(20, nginxAccess(200)));
  expect((await overlay(documents(log))).verdict).toBe('degraded');
});

test.each([
  ['another Service', nginxError(SLOW, { address: '10.244.9.9:8080' })],
  ['another port of the Pod', nginxError(SLOW, { address: '10.244.0.21:9090' })],
  ['longer ago than the time that counts', nginxError(SLOW, { time: '11:40:00' })],
])('is silent about %s', async (_case, line) => {
  expect(rulesOf(await overlay(documents(nginxLog(line))))).not.toContain(NAME);
});

test.each([
  ['the Ingress', 'Ingress'],
  ['the Service', 'Service'],
  ['the Pod became ready', 'Pod'],
])('lines from before %s changed do not count', async (_case, kind) => {
  const changed = { metadata: { managedFields: [{ time: '2026-03-02T11:59:50Z' }] } };
  const diagnosis = await overlay(documents(nginxLog(nginxError(SLOW))), {
    change: (object) => {
      const { kind: own, metadata, status } = object as { kind: string; metadata: object; status: object };
      if (own !== kind) return object;
      if (kind !== 'Pod') return { ...object, metadata: { ...metadata, ...changed.metadata } };
      const conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-03-02T11:59:50Z' }];
      return { ...object, status: { ...status, conditions } };
    },
  });
  expect(rulesOf(diagnosis)).not.toContain(NAME);
});

test('of Contour the flag UT tells it', async () => {
  const log = envoyLog(envoyAccess(504, 'UT', 15_000));
  const diagnosis = await overlay(documents(log), { controller: 'contour' });
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(statusOf(diagnosis)).toBe(504);
});

test('the time that counts can be told', async () => {
  const yaml = documents(nginxLog(nginxError(SLOW, { time: '11:40:00' })));
  expect(rulesOf(await overlay(yaml, { logSeconds: 3600 }))).toContain(NAME);
  expect(rulesOf(await overlay(documents(nginxLog(nginxError(SLOW))), { logSeconds: 10 }))).not.toContain(
    NAME,
  );
});
