import { formatTimeout, parseTimeout } from '../../../src/cluster/live/duration.ts';

describe('--request-timeout', () => {
  test.each([
    [undefined, 15_000],
    ['5', 5_000],
    ['5s', 5_000],
    ['1m30s', 90_000],
    ['1.5m', 90_000],
    ['300ms', 300],
    ['2h', 7_200_000],
    ['0', undefined],
    ['0s', undefined],
  ])('%s is %s ms', (text, milliseconds) => {
    expect(parseTimeout(text)).toBe(milliseconds);
  });

  test.each(['', '5x', '-5s', 's', '1d', '5 s', '1e3'])('refuses `%s`', (text) => {
    expect(() => parseTimeout(text)).toThrow(expect.objectContaining({ name: 'ConnectionError' }));
  });

  test('a duration longer than a timer can hold does not end at once', () => {
    const milliseconds = parseTimeout('9999999h') ?? 0;
    expect(milliseconds).toBeGreaterThan(24 * 3_600_000);
    expect(milliseconds).toBeLessThan(2 ** 31);
  });

  test('is printed in seconds where it is whole', () => {
    expect([formatTimeout(15_000), formatTimeout(300)]).toEqual(['15s', '300ms']);
  });
});
