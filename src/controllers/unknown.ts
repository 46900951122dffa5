import { type AnswerTable, COMMON_ANSWERS, proxyAnswersUnknown } from './answers.ts';
import { leftAlone } from './classes.ts';
import { exactThenLongest, hasElementPrefix, standardMatch } from './paths.ts';
import { findDeclaredPort } from './ports.ts';
import type { ControllerProfile } from './profile.ts';

const UNKNOWN = proxyAnswersUnknown('the controller is not one that is known');

const ANSWERS: AnswerTable = {
  ...COMMON_ANSWERS,
  'controller-down': UNKNOWN,
  'not-served': UNKNOWN,
  'no-route': proxyAnswersUnknown('404 from every controller that is known'),
  'access-denied': UNKNOWN,
  'resource-backend': UNKNOWN,
  'service-missing': proxyAnswersUnknown('404, 502 or 503 from the controllers that are known'),
  'service-port-missing': proxyAnswersUnknown('404, 502 or 503 from the controllers that are known'),
  'externalname-refused': UNKNOWN,
  'name-unresolved': UNKNOWN,
  'no-endpoints': proxyAnswersUnknown('404, 502 or 503 from the controllers that are known'),
  'connect-timeout': proxyAnswersUnknown('502, 503 or 504 from the controllers that are known'),
  'connection-refused': proxyAnswersUnknown('502 or 503 from the controllers that are known'),
  'connection-reset': proxyAnswersUnknown('502 or 503 from the controllers that are known'),
  'tls-to-plain-backend': proxyAnswersUnknown('500, 502 or 503 from the controllers that are known'),
  'plain-to-tls-backend': UNKNOWN,
  'response-timeout': proxyAnswersUnknown('502 or 504 from the controllers that are known'),
  'client-certificate-refused': UNKNOWN,
  'request-header-too-large': UNKNOWN,
  redirected: UNKNOWN,
  'redirect-loop': UNKNOWN,
  forbidden: UNKNOWN,
  'rate-limited': UNKNOWN,
  'auth-unavailable': UNKNOWN,
  'body-too-large': UNKNOWN,
  'backend-certificate-untrusted': UNKNOWN,
  'protocol-mismatch': UNKNOWN,
  'response-header-too-large': UNKNOWN,
};

/** Every other product: what the Ingress API itself says holds, and nothing else is taken for certain. */
export const unknown: ControllerProfile = {
  product: 'unknown',
  title: 'unknown controller',
  controllerNames: [],
  isManaged: false,
  // Nothing to recognise it by: that no workload is found says nothing.
  isInvisible: true,
  classPrecedence: 'field',
  readsIngressClasses: true,
  brokenCertificate: 'unknown',
  certificateByName: 'none',
  duplicateWinner: 'unknown',
  writesStatus: () => false,
  labels: [],
  recognise: () => undefined,
  claims: () => leftAlone('no known controller is set to this class'),
  findPort: findDeclaredPort,
  pathMatches: (rule, requestPath) =>
    standardMatch(rule, requestPath) ?? hasElementPrefix(rule.path, requestPath),
  comparePaths: exactThenLongest,
  answer: (symptom) => ANSWERS[symptom],
  usesEndpoint: ({ ready }) => ready,
  fallsBackToTargetPort: () => false,
  allowsExternalName: () => true,
};
