import type { AnnotationCatalogue } from './catalogue.ts';
import { AGIC, AWS_ALB, GKE } from './cloud.ts';
import { CONTOUR, TRAEFIK } from './envoy-and-traefik.ts';
import { INGRESS_NGINX } from './ingress-nginx.ts';
import { F5_NGINX, HAPROXY_INGRESS } from './nginx-family.ts';

/** Every product that has annotations of its own. Istio reads none from an Ingress but the class. */
export const CATALOGUES: readonly AnnotationCatalogue[] = [
  INGRESS_NGINX,
  F5_NGINX,
  TRAEFIK,
  HAPROXY_INGRESS,
  CONTOUR,
  AWS_ALB,
  GKE,
  AGIC,
];

/** Prefixes of controllers that gateway-doctor knows by nothing else. */
export const OTHER_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['haproxy.org', "HAProxy Technologies' Ingress controller"],
  ['haproxy.com', "HAProxy Technologies' Ingress controller"],
  ['konghq.com', 'Kong'],
  ['k8s.apisix.apache.org', 'APISIX'],
  ['getambassador.io', 'Emissary'],
  ['zalando.org', 'Skipper'],
  ['ingress.pomerium.io', 'Pomerium'],
  ['ingress.citrix.com', 'NetScaler'],
  ['route.openshift.io', 'the OpenShift router'],
  ['haproxy.router.openshift.io', 'the OpenShift router'],
  ['higress.io', 'Higress'],
]);
