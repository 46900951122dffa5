import { secondsSince, showDuration, timeOf } from '../../src/kubernetes/duration.ts';

test.each([
  [-5, '0s'],
  [40, '40s'],
  [119, '119s'],
  [120, '2m'],
  [3 * 3600, '3h'],
  [47 * 3600, '47h'],
  [72 * 3600, '3d'],
])('%d seconds read %s', (seconds, text) => {
  expect(showDuration(seconds)).toBe(text);
});

test('times that are absent or unreadable give nothing', () => {
  const now = new Date('2026-03-02T12:00:00Z');
  expect(secondsSince('2026-03-02T11:59:00Z', now)).toBe(60);
  expect(secondsSince('yesterday', now)).toBeUndefined();
  expect(secondsSince(null, now)).toBeUndefined();
  expect(timeOf(undefined)).toBeUndefined();
});
