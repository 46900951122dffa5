import { findingOf, overlay, rulesOf, statusOf } from '../check.ts';
import { nginxAccess, nginxError, nginxLog } from '../controller-logs.ts';
import { documents } from '../shop-objects.ts';

const BIG = nginxError('upstream sent too big header while reading response header from upstream');
const NAME = 'response-header-too-big';

test('where every answer is too big, the route fails', async () => {
  const diagnosis = await overlay(documents(nginxLog(BIG, nginxAccess(502, '10.244.0.21:8080 0 0.004 502'))));
  expect(findingOf(diagnosis, NAME)).toMatchObject({ confidence: 'certain', partial: false });
  expect(statusOf(diagnosis)).toBe(502);
});

test('beside answers that fit it is partial', async () => {
  const diagnosis = await overlay(documents(nginxLog(BIG, nginxAccess(200))));
  expect(findingOf(diagnosis, NAME).partial).toBe(true);
});

test('a 502 without that line is something else', async () => {
  const log = nginxLog(nginxAccess(502, '10.244.0.21:8080 0 0.004 502'));
  expect(rulesOf(await overlay(documents(log)))).not.toContain(NAME);
});
