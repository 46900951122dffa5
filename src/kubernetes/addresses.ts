import { isIP } from 'node:net';

/** An IP family in the words of `Service.spec.ipFamilies`. */
export type IpFamily = 'IPv4' | 'IPv6';

/** The family of an IP address; undefined for anything else, such as a host name. */
export function addressFamily(address: string): IpFamily | undefined {
  switch (isIP(address)) {
    case 4:
      return 'IPv4';
    case 6:
      return 'IPv6';
    default:
      return undefined;
  }
}

/** The families of several addresses, each once. */
export function familiesOf(addresses: readonly string[]): readonly IpFamily[] {
  return [...new Set(addresses.flatMap((address) => addressFamily(address) ?? []))];
}

/**
 * Whether the address is one that a Node itself has among those of its Pods, at the beginning of its block: the block's
 * first address (what Flannel gives its VXLAN device) or the one after it (the bridge that Pods hang on). IPv4 only.
 */
export function isGatewayOf(block: string, address: string): boolean {
  const [network = '', length = ''] = block.split('/');
  if (addressFamily(network) !== 'IPv4' || addressFamily(address) !== 'IPv4' || Number(length) > 30)
    return false;
  const distance = numberOf(address) - numberOf(network);
  return distance === 0 || distance === 1;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Whether the address means whoever uses it: 127.0.0.0/8, or ::1. */
export function isLoopbackAddress(address: string): boolean {
  return addressFamily(address) === 'IPv4' ? address.startsWith('127.') : address === '::1';
}
