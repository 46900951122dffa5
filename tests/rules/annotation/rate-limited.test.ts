import { findingOf, overlay, rulesOf } from '../check.ts';
import { envoyAccess, envoyLog, nginxAccess, nginxError, nginxLog, times } from '../controller-logs.ts';
import { documents, ingressTo } from '../shop-objects.ts';

const NAME = 'rate-limited';
const LIMITED = nginxError('limiting requests, excess: 5.4 by zone "shop_web_rps"', { address: '' });
const rps = { 'nginx.ingress.kubernetes.io/limit-rps': '5' };

test("is certain by the log, with the limit and nginx's status", async () => {
  const yaml = documents(
    ingressTo('web', { number: 80 }, rps),
    nginxLog(LIMITED, nginxAccess(503, '- - - -')),
  );
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, NAME)).toMatchObject({ confidence: 'certain', partial: true, status: 503 });
  expect(findingOf(diagnosis, NAME).evidence.map(({ value }) => value)).toContain('5');
});

test('the ConfigMap of the controller tells the status', async () => {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' },
    data: { 'limit-req-status-code': '429' },
  };
  expect(findingOf(await overlay(documents(config, nginxLog(LIMITED))), NAME).status).toBe(429);
});

test('of Contour the flag RL tells it', async () => {
  const log = documents(envoyLog(envoyAccess(429, 'RL', 0, '-')));
  expect(rulesOf(await overlay(log, { controller: 'contour' }))).toContain(NAME);
});

test('a limit that nobody runs into is no fault', async () => {
  const yaml = documents(ingressTo('web', { number: 80 }, rps), nginxLog(nginxAccess(200)));
  expect((await overlay(yaml)).verdict).toBe('healthy');
});

test("the Pods' own 429 is not the controller's", async () => {
  expect(rulesOf(await overlay(documents(nginxLog(nginxAccess(429)))))).not.toContain(NAME);
});

test('where it is all that the log shows, nobody gets through', async () => {
  const log = nginxLog(LIMITED, ...times(30, nginxAccess(503, '- - - -')));
  const diagnosis = await overlay(documents(log));
  expect(diagnosis.verdict).toBe('failing');
  expect(diagnosis.routes[0]?.prediction.status).toBe(503);
});

test('a few among many are the cause only to somebody who saw them', async () => {
  const log = documents(nginxLog(LIMITED, nginxAccess(503, '- - - -'), ...times(60, nginxAccess(200))));
  expect((await overlay(log)).verdict).toBe('healthy');
  const seen = await overlay(log, { seenStatus: 503 });
  expect(seen.rootCauses.map(({ finding }) => finding.rule)).toEqual([NAME]);
});
