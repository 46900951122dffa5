import { DAY, info, list, namespace, node, type PlainObject } from '../objects.ts';
import { awsAlb, base, contour, haproxyIngress, ingressNginx, traefik } from '../platform.ts';
import { annotated } from './annotated.ts';
import { hardened, shop } from './everyday.ts';
import { meshed } from './meshed.ts';
import { moreProducts } from './more-products.ts';
import { odd } from './odd.ts';
import { otherProducts } from './other-products.ts';

/**
 * A cluster in which every Ingress works, with much in it that looks like trouble and is none.
 * Whatever is reported here above info is a false alarm.
 */
export function quietCluster(): PlainObject {
  return list([
    info,
    ...base({
      nodes: [
        node('node1'),
        node('node2', { unschedulable: true }),
        node('node3'),
        node('node4', { unreadyFor: 3 * DAY }),
      ],
    }),
    ...ingressNginx({
      log: CONTROLLER_LOG,
      // Ingresses whose spec.tls names no Secret are served with this one.
      args: ['--default-ssl-certificate=$(POD_NAMESPACE)/default-tls'],
    }),
    ...ingressNginx({
      space: 'edge',
      className: 'edge',
      controller: 'example.com/edge',
      exposure: 'hostNetwork',
    }),
    ...ingressNginx({
      space: 'onprem',
      className: 'onprem',
      controller: 'example.com/onprem',
      exposure: 'NodePort',
    }),
    ...contour(),
    ...traefik(),
    ...haproxyIngress(),
    ...awsAlb(),
    namespace('shop', { 'pod-security.kubernetes.io/enforce': 'baseline' }),
    ...shop(),
    namespace('hard'),
    ...hardened(),
    namespace('odd'),
    ...odd(),
    namespace('other'),
    ...otherProducts(),
    namespace('more'),
    ...moreProducts(),
    namespace('annotated'),
    ...annotated(),
    namespace('meshed', { 'istio-injection': 'enabled' }),
    ...meshed(),
  ]);
}

/** Trouble that is over, of Pods that are gone, or that is none. */
const CONTROLLER_LOG = [
  'W0302 08:00:00.000000       7 controller.go:1219] Service "shop/web" does not have any active Endpoint.',
  '2026/03/02 09:12:00 [error] 31#31: *88 connect() failed (111: Connection refused) while connecting to upstream, client: 198.51.100.7, server: shop.example.com, request: "GET / HTTP/1.1", upstream: "http://10.99.0.9:8080/", host: "shop.example.com"',
  '198.51.100.7 - - [02/Mar/2026:14:05:40 +0000] "GET / HTTP/1.1" 499 0 "-" "curl/8.5" 91 0.012 [shop-web-80] [] - - - - 4b0e',
  '198.51.100.8 - - [02/Mar/2026:14:05:41 +0000] "GET /nothing HTTP/1.1" 404 146 "-" "curl/8.5" 91 0.003 [shop-web-80] [] 10.99.0.9:8080 146 0.003 404 5c1f',
];
