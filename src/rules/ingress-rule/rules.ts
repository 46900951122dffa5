import type { Rule } from '../rule.ts';
import { canaryMisweighted } from './canary-misweighted.ts';
import { canaryWithoutPrimary } from './canary-without-primary.ts';
import { defaultBackendDown } from './default-backend-down.ts';
import { defaultBackendOnlyIngress } from './default-backend-only-ingress.ts';
import { duplicateHostPath } from './duplicate-host-path.ts';
import { hostNoMatch } from './host-no-match.ts';
import { httpproxyInvalid } from './httpproxy-invalid.ts';
import { ingressBeingDeleted } from './ingress-being-deleted.ts';
import { nginxRegexContagion } from './nginx-regex-contagion.ts';
import { pathExactVsSubpath } from './path-exact-vs-subpath.ts';
import { pathImplementationSpecific } from './path-implementation-specific.ts';
import { pathPrefixElementBoundary } from './path-prefix-element-boundary.ts';
import { pathRegexWithoutUseRegex } from './path-regex-without-use-regex.ts';
import { pathShadowed } from './path-shadowed.ts';
import { pathStarGlob } from './path-star-glob.ts';
import { resourceBackend } from './resource-backend.ts';
import { rewriteFlattensPath } from './rewrite-flattens-path.ts';
import { rewriteMissingCaptureGroup } from './rewrite-missing-capture-group.ts';
import { rewriteNotApplied } from './rewrite-not-applied.ts';
import { ruleWithoutHttp } from './rule-without-http.ts';
import { traefikBrokenRouterRef } from './traefik-broken-router-ref.ts';
import { traefikEntrypointMismatch } from './traefik-entrypoint-mismatch.ts';
import { wildcardHostOneLabel } from './wildcard-host-one-label.ts';

/** In the order of their codes. */
export const INGRESS_RULE_RULES: readonly Rule[] = [
  hostNoMatch,
  pathExactVsSubpath,
  pathPrefixElementBoundary,
  duplicateHostPath,
  ruleWithoutHttp,
  defaultBackendDown,
  resourceBackend,
  ingressBeingDeleted,
  wildcardHostOneLabel,
  pathImplementationSpecific,
  pathStarGlob,
  pathRegexWithoutUseRegex,
  nginxRegexContagion,
  rewriteMissingCaptureGroup,
  rewriteFlattensPath,
  rewriteNotApplied,
  pathShadowed,
  canaryWithoutPrimary,
  canaryMisweighted,
  defaultBackendOnlyIngress,
  traefikBrokenRouterRef,
  traefikEntrypointMismatch,
  httpproxyInvalid,
];
