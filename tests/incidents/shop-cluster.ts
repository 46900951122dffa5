import { info, ingress, list, namespace, type PlainObject } from './objects.ts';
import { base, ingressNginx } from './platform.ts';

/** Each incident is a whole cluster with Ingress shop/web in it, as on-call engineers find it. */
export function cluster(
  objects: readonly PlainObject[],
  platform: readonly PlainObject[] = [...base(), ...ingressNginx()],
) {
  return list([info, ...platform, namespace('shop'), ...objects]);
}

export const HOST = 'shop.example.com';

export function shopIngress(
  paths: Parameters<typeof ingress>[0]['paths'],
  more: Partial<Parameters<typeof ingress>[0]> = {},
): PlainObject {
  return ingress({
    namespace: 'shop',
    name: 'web',
    className: 'nginx',
    hosts: [HOST],
    ...(paths !== undefined && { paths }),
    ...more,
  });
}

export function aboutPod(name: string) {
  return { kind: 'Pod', namespace: 'shop', name };
}
