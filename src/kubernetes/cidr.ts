import { BlockList, isIP } from 'node:net';

/** Whether an IP block such as `10.0.0.0/8` or `2001:db8::/32` holds the address; false where either cannot be read. */
export function cidrContains(cidr: string, address: string): boolean {
  const [network = '', length = '', ...rest] = cidr.trim().split('/');
  const family = isIP(network);
  if (family === 0 || family !== isIP(address) || rest.length > 0 || !/^\d{1,3}$/.test(length)) return false;
  const prefix = Number(length);
  if (prefix > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(network, prefix, type);
  return block.check(address, type);
}
