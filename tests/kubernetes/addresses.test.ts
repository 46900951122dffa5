import { addressFamily, familiesOf, isLoopbackAddress } from '../../src/kubernetes/addresses.ts';

test.each([
  ['10.0.0.1', 'IPv4'],
  ['fd00::1', 'IPv6'],
  ['::ffff:10.0.0.1', 'IPv6'],
  ['web.example.com', undefined],
  ['', undefined],
])('%s is of family %s', (address, family) => {
  expect(addressFamily(address)).toBe(family);
});

test('families are counted once, and names are of none', () => {
  expect(familiesOf(['10.0.0.1', 'web', '10.0.0.2', 'fd00::1'])).toEqual(['IPv4', 'IPv6']);
});

test.each([
  ['127.0.0.1', true],
  ['127.8.0.1', true],
  ['::1', true],
  ['128.0.0.1', false],
  ['10.127.0.1', false],
  ['127.example.com', false],
])('%s is loopback: %s', (address, is) => {
  expect(isLoopbackAddress(address)).toBe(is);
});
