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

/** Whether the address means whoever uses it: 127.0.0.0/8, or ::1. */
export function isLoopbackAddress(address: string): boolean {
  return addressFamily(address) === 'IPv4' ? address.startsWith('127.') : address === '::1';
}
