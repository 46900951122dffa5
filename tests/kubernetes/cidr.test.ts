import { cidrContains } from '../../src/kubernetes/cidr.ts';

test.each([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['0.0.0.0/0', '203.0.113.9', true],
  ['192.0.2.7/32', '192.0.2.7', true],
  ['2001:db8::/32', '2001:db8:1::5', true],
  ['::/0', '2001:db8::1', true],
  ['::/0', '10.0.0.1', false],
  ['10.0.0.0/33', '10.0.0.1', false],
  ['10.0.0.0', '10.0.0.0', false],
  ['nonsense/8', '10.0.0.1', false],
  ['10.0.0.0/8', '', false],
])('%s holds %s: %s', (cidr, address, expected) => {
  expect(cidrContains(cidr, address)).toBe(expected);
});
