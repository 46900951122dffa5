import { judgeAppLog, judgeStatuses } from '../../src/kubernetes/app-log.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const repeat = (count: number, line: string) => Array.from({ length: count }, () => line).join('\n');

test('a share of server errors decides', () => {
  expect(judgeStatuses([200, 500, 500, 503])).toEqual({ status: 500, isPartial: true });
  expect(judgeStatuses([500, 500])).toEqual({ status: 500, isPartial: false });
  expect(judgeStatuses([...Array.from({ length: 20 }, () => 200), 500, 500])).toBeUndefined();
  expect(judgeStatuses([500])).toBeUndefined();
});

test('answers that succeed outweigh errors in the same log', () => {
  const log = `${repeat(5, 'ERROR connection refused')}\n${repeat(5, 'GET / 200 1ms')}`;
  expect(judgeAppLog(log, NOW, 900, [])).toBeUndefined();
});

test('an uncaught end in the last lines counts at once', () => {
  expect(judgeAppLog('started\npanic: nil map\n\ngoroutine 1 [running]:', NOW, 900, [])).toMatchObject({
    trouble: 'crash',
  });
  expect(judgeAppLog(`panic: nil map\n${repeat(30, 'order placed')}`, NOW, 900, [])).toBeUndefined();
});

test('needs several errors of weight otherwise', () => {
  expect(judgeAppLog(repeat(2, 'ERROR no such host db'), NOW, 900, [])).toBeUndefined();
  expect(judgeAppLog(repeat(3, 'ERROR no such host db'), NOW, 900, [])).toMatchObject({
    trouble: 'name not found',
  });
  expect(judgeAppLog(repeat(9, 'ERROR coupon expired'), NOW, 900, [])).toBeUndefined();
});
