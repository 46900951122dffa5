import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { nginxLog } from '../controller-logs.ts';
import { documents } from '../shop-objects.ts';

const NAME = 'controller-dynamic-sync-failing';
const retry = (time: string) =>
  `W0302 ${time}.123456       7 controller.go:252] Dynamic reconfiguration failed (retrying; 3 retries left): Post`;
const givenUp = (time: string) =>
  `E0302 ${time}.123456       7 controller.go:262] Unexpected failure reconfiguring NGINX:`;

test('is certain where the controller gave up', async () => {
  const diagnosis = await overlay(documents(nginxLog(retry('11:59:30'), givenUp('11:59:40'))));
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(findingOf(diagnosis, NAME).confidence).toBe('certain');
  expect(diagnosis.verdict).toBe('degraded');
});

test('is likely where it fails again and again', async () => {
  const lines = ['11:59:00', '11:59:10', '11:59:20', '11:59:30', '11:59:40'].map(retry);
  expect(findingOf(await overlay(documents(nginxLog(...lines))), NAME).confidence).toBe('likely');
});

test.each<[string, readonly string[]]>([
  [
    'it was made good',
    [
      givenUp('11:59:30'),
      'I0302 11:59:45.123456       7 controller.go:247] Dynamic reconfiguration succeeded.',
    ],
  ],
  ['it failed once or twice', [retry('11:59:30'), retry('11:59:32')]],
  ['it has not been repeated', [givenUp('11:50:00')]],
])('is silent when %s', async (_case, lines) => {
  expect(rulesOf(await overlay(documents(nginxLog(...lines))))).not.toContain(NAME);
});

test('is the normal start of a controller', async () => {
  const started = (object: object) =>
    JSON.parse(JSON.stringify(object).replaceAll('2026-02-01T00:00:05Z', '2026-03-02T11:59:00Z')) as unknown;
  const diagnosis = await overlay(documents(nginxLog(givenUp('11:59:10'))), { change: started });
  expect(rulesOf(diagnosis)).not.toContain(NAME);
});
