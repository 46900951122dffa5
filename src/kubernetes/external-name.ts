import { addressFamily, isLoopbackAddress } from './addresses.ts';

/** A Service as a DNS name of the cluster names it. */
export interface NamedService {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The Service that an `externalName` names by its name in cluster DNS: `web.shop.svc` or `web.shop.svc.cluster.local`,
 * with or without a final dot (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/).
 * In a cluster of another domain than cluster.local the long form cannot be told from outside names.
 */
export function clusterServiceOf(externalName: string | undefined): NamedService | undefined {
  const [, name, namespace] =
    /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?\.?$/i.exec(externalName ?? '') ?? [];
  if (name === undefined || namespace === undefined) return undefined;
  return { namespace: namespace.toLowerCase(), name: name.toLowerCase() };
}

/** Whether the name means whoever looks it up: `localhost`, or a loopback address. */
export function isLoopbackName(externalName: string): boolean {
  const name = externalName.toLowerCase().replace(/\.$/, '');
  return addressFamily(name) === undefined ? name === 'localhost' : isLoopbackAddress(name);
}

/** Whether the name has one label only, so that nothing but search domains can complete it. */
export function isSingleLabel(externalName: string): boolean {
  return !externalName.replace(/\.$/, '').includes('.') && addressFamily(externalName) === undefined;
}
