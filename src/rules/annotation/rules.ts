import type { Rule } from '../rule.ts';
import { annotationDenied503 } from './annotation-denied-503.ts';
import { annotationInvalidValue } from './annotation-invalid-value.ts';
import { annotationRiskRejected } from './annotation-risk-rejected.ts';
import { annotationSnippetDisabled } from './annotation-snippet-disabled.ts';
import { annotationTypo } from './annotation-typo.ts';
import { annotationWrongController } from './annotation-wrong-controller.ts';
import { appRedirectLoop } from './app-redirect-loop.ts';
import { authUrlFailing } from './auth-url-failing.ts';
import { backendGrpcUndeclared } from './backend-grpc-undeclared.ts';
import { backendSpeaksHttp } from './backend-speaks-http.ts';
import { backendSpeaksHttps } from './backend-speaks-https.ts';
import { basicAuthSecretBroken } from './basic-auth-secret-broken.ts';
import { bodyTooLarge } from './body-too-large.ts';
import { corsPreflight } from './cors-preflight.ts';
import { customHttpErrorsMasks } from './custom-http-errors-masks.ts';
import { plainRedirectByDesign } from './plain-redirect-by-design.ts';
import { rateLimited } from './rate-limited.ts';
import { requestHeaderTooLarge } from './request-header-too-large.ts';
import { responseHeaderTooBig } from './response-header-too-big.ts';
import { serverAliasConflict } from './server-alias-conflict.ts';
import { serviceUpstreamClusterip } from './service-upstream-clusterip.ts';
import { sourceAllowlist } from './source-allowlist.ts';
import { sslRedirectLoop } from './ssl-redirect-loop.ts';
import { stickySessionMisconfig } from './sticky-session-misconfig.ts';
import { traefikSelfSignedBackend } from './traefik-self-signed-backend.ts';
import { upstreamConnectTimeout } from './upstream-connect-timeout.ts';
import { upstreamReadTimeout } from './upstream-read-timeout.ts';
import { upstreamVhostMismatch } from './upstream-vhost-mismatch.ts';
import { wafBlocks } from './waf-blocks.ts';
import { websocketIdleCut } from './websocket-idle-cut.ts';

/** In the order of their codes. */
export const ANNOTATION_RULES: readonly Rule[] = [
  upstreamReadTimeout,
  upstreamConnectTimeout,
  bodyTooLarge,
  responseHeaderTooBig,
  requestHeaderTooLarge,
  backendSpeaksHttps,
  backendSpeaksHttp,
  backendGrpcUndeclared,
  traefikSelfSignedBackend,
  websocketIdleCut,
  rateLimited,
  annotationDenied503,
  annotationRiskRejected,
  annotationSnippetDisabled,
  annotationWrongController,
  annotationTypo,
  annotationInvalidValue,
  basicAuthSecretBroken,
  authUrlFailing,
  sourceAllowlist,
  wafBlocks,
  customHttpErrorsMasks,
  upstreamVhostMismatch,
  stickySessionMisconfig,
  serviceUpstreamClusterip,
  serverAliasConflict,
  corsPreflight,
  sslRedirectLoop,
  appRedirectLoop,
  plainRedirectByDesign,
];
