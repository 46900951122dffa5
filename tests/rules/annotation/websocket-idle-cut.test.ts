import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginxAccess, nginxError, nginxLog } from '../controller-logs.ts';
import { documents, ingressTo } from '../shop-objects.ts';

const NAME = 'websocket-idle-cut';
const upgraded = (seconds: string) => nginxAccess(101, `10.244.0.21:8080 5 ${seconds} 101`, { seconds });

test('is a remark where connections end just at the limit, again and again', async () => {
  const diagnosis = await overlay(documents(nginxLog(upgraded('60.002'), upgraded('60.010'))));
  expect(findingOf(diagnosis, NAME)).toMatchObject({ confidence: 'likely', severity: 'low' });
  expect(diagnosis.verdict).toBe('healthy');
});

test('is told by the error log for streams', async () => {
  const line = nginxError('upstream timed out (110: Operation timed out) while reading upstream');
  expect(rulesOf(await overlay(documents(nginxLog(line, line))))).toContain(NAME);
});

test.each<[string, readonly string[], object]>([
  ['it happened once', [upgraded('60.002')], {}],
  ['they end at any time', [upgraded('61.900'), upgraded('12.010'), upgraded('59.100')], {}],
  [
    'the limit is another one',
    [upgraded('60.002'), upgraded('60.010')],
    { 'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600' },
  ],
  ['requests are slow', [nginxAccess(200, '10.244.0.21:8080 5 60.0 200', { seconds: '60.0' })], {}],
])('is silent when %s', async (_case, lines, annotations) => {
  const yaml = documents(ingressTo('web', { number: 80 }, annotations), nginxLog(...lines));
  expect(rulesOf(await overlay(yaml))).not.toContain(NAME);
});
