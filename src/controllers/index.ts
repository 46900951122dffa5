import { agic } from './agic.ts';
import { awsAlb, eksAutoMode } from './aws-alb.ts';
import { contour } from './contour.ts';
import { f5Nginx } from './f5-nginx.ts';
import { gke } from './gke.ts';
import { haproxyIngress } from './haproxy-ingress.ts';
import { ingressNginx } from './ingress-nginx.ts';
import { istio } from './istio.ts';
import type { ControllerProfile, Product } from './profile.ts';
import { traefik } from './traefik.ts';
import { unknown } from './unknown.ts';

/** Every product, the unknown one last. */
export const CONTROLLERS: readonly ControllerProfile[] = [
  ingressNginx,
  f5Nginx,
  traefik,
  haproxyIngress,
  contour,
  istio,
  awsAlb,
  gke,
  agic,
  unknown,
];

/** Values of the annotation `kubernetes.io/ingress.class` that mean a product where no instance says otherwise. */
const ANNOTATION_VALUES: ReadonlyMap<string, ControllerProfile> = new Map([
  ['nginx', ingressNginx],
  ['traefik', traefik],
  ['haproxy', haproxyIngress],
  ['contour', contour],
  ['istio', istio],
  ['alb', awsAlb],
  ['gce', gke],
  ['gce-internal', gke],
  ['gce-regional-external', gke],
]);

/** The profile of a product. */
export function profileFor(product: Product): ControllerProfile {
  return CONTROLLERS.find((profile) => profile.product === product) ?? unknown;
}

/**
 * The product that `IngressClass.spec.controller` names, or that a value of the annotation means by default;
 * a controller's name holds a `/`, so the two are never confused. Undefined for one that is not known, such as
 * HAProxy Technologies' `haproxy.org/ingress-controller/haproxy`. Instances may be set to other values.
 */
export function productOfClass(name: string): ControllerProfile | undefined {
  // HAProxy Ingress appends its --controller-class, AKS the name of a further controller.
  const named = [...CONTROLLERS, eksAutoMode].find(({ controllerNames }) =>
    controllerNames.some((known) => name === known || name.startsWith(`${known}/`)),
  );
  return named ?? ANNOTATION_VALUES.get(name);
}

/**
 * The product whose name a value of `IngressClass.spec.controller` carries without being one of its defaults, such as
 * `k8s.io/internal-ingress-nginx`, which ingress-nginx' documentation proposes for a second installation.
 */
export function productLikeClass(controller: string): ControllerProfile | undefined {
  return CONTROLLERS.find(
    ({ product, controllerNames }) =>
      controller.includes(product) &&
      controllerNames.some((known) => known.split('/', 1)[0] === controller.split('/', 1)[0]),
  );
}
