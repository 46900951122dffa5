import { type AnnotationCatalogue, keysByKind } from './catalogue.ts';

/** Annotations of Traefik's Ingress provider. Facts: its pkg/provider/kubernetes/ingress/annotations.go. */
export const TRAEFIK: AnnotationCatalogue = {
  product: 'traefik',
  owner: 'Traefik',
  prefixes: ['traefik.ingress.kubernetes.io'],
  keys: keysByKind({
    list: 'router.entrypoints router.middlewares',
    option: 'router.pathmatcher router.rulesyntax service.serversscheme service.loadbalancerstrategy',
    number: 'router.priority',
    boolean: `router.tls router.observability.accesslogs router.observability.metrics
      router.observability.tracing service.nativelb service.nodeportlb service.passhostheader
      service.sticky.cookie service.sticky.cookie.httponly service.sticky.cookie.secure`,
    name: `router.tls.certresolver router.tls.options service.serverstransport service.sticky.cookie.name
      service.sticky.cookie.samesite service.sticky.cookie.domain service.sticky.cookie.path
      service.sticky.cookie.maxage router.observability.traceverbosity`,
  }),
  // List entries are written `domains[0]` or `domains.0`; labels are read without regard to case.
  families: [/^router\.tls\.domains(?:\.|\[)\d+\]?\.(?:main|sans)$/i, /^service\.healthcheck\./i],
  isComplete: false,
};

/** Annotations of Contour on an Ingress. Facts: its internal/annotation/annotations.go. */
export const CONTOUR: AnnotationCatalogue = {
  product: 'contour',
  owner: 'Contour',
  prefixes: ['projectcontour.io'],
  keys: keysByKind({
    duration: 'response-timeout per-try-timeout',
    number: `num-retries max-connections max-pending-requests max-requests max-retries per-host-max-connections`,
    option: 'retry-on tls-minimum-protocol-version tls-maximum-protocol-version tls-cipher-suites',
    list: `websocket-routes upstream-protocol.h2 upstream-protocol.h2c upstream-protocol.tls`,
    name: 'ingress.class tls-cert-namespace generated-by-version',
  }),
  isComplete: false,
  others: ['ingress.kubernetes.io/force-ssl-redirect', 'kubernetes.io/ingress.allow-http'],
};
