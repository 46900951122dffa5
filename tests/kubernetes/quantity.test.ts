import { parseQuantity } from '../../src/kubernetes/quantity.ts';

test.each([
  ['250m', 0.25],
  ['1', 1],
  ['.5', 0.5],
  ['980123456n', 0.980123456],
  ['12u', 0.000012],
  ['2k', 2000],
  ['64Mi', 64 * 2 ** 20],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['1E', 1e18],
  ['1Ei', 2 ** 60],
  ['1e3', 1000],
  ['12E2', 1200],
  ['-1', -1],
])('%s', (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value, 9);
});

test.each([undefined, '', 'much', '1 GB', '1mi', '--1'])('%s is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});
