import { findingOf, overlay, rulesOf } from '../check.ts';
import { envoyAccess, envoyLog, nginxAccess, nginxError, nginxLog } from '../controller-logs.ts';
import { documents } from '../shop-objects.ts';

const NAME = 'request-header-too-large';

test('is told by nginx in words, and hits some clients only', async () => {
  const line = nginxError('client sent too long header line: "Cookie: a=b"', { address: '' });
  expect(findingOf(await overlay(documents(nginxLog(line))), NAME)).toMatchObject({
    confidence: 'certain',
    partial: true,
  });
});

test('is told by statuses that the proxy gave', async () => {
  expect(rulesOf(await overlay(documents(nginxLog(nginxAccess(494, '- - - -')))))).toContain(NAME);
  const log = documents(envoyLog(envoyAccess(431, 'DPE', 0, '-')));
  expect(rulesOf(await overlay(log, { controller: 'contour' }))).toContain(NAME);
});

test.each([
  ['the Pod itself answers 431', nginxAccess(431)],
  ['a plain 400 may be anything', nginxAccess(400, '- - - -')],
])('is silent when %s', async (_case, line) => {
  expect(rulesOf(await overlay(documents(nginxLog(line))))).not.toContain(NAME);
});
