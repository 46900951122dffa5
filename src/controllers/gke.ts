import {
  type AnswerTable,
  COMMON_ANSWERS,
  keepsLastConfiguration,
  NO_HANDSHAKE,
  proxyAnswers,
  proxyAnswersUnknown,
} from './answers.ts';
import { ANNOTATION, claimed, leftAlone, NO_CLASS } from './classes.ts';
import { exactThenLongest, standardMatch } from './paths.ts';
import { findDeclaredPort } from './ports.ts';
import type { Claim, ClassBinding, ControllerProfile, PathRule } from './profile.ts';

const CLASSES = ['gce', 'gce-internal', 'gce-regional-external'];
const UNVERIFIED = 'not verified for this controller';

const ANSWERS: AnswerTable = {
  ...COMMON_ANSWERS,
  'controller-down': keepsLastConfiguration('only changes wait'),
  'not-served': proxyAnswersUnknown("GKE's controller ignores the Ingress: no load balancer is made for it"),
  'no-route': proxyAnswers(404),
  'access-denied': proxyAnswersUnknown('the controller has no such state'),
  'resource-backend': proxyAnswersUnknown(UNVERIFIED),
  'service-missing': keepsLastConfiguration('the whole Ingress cannot be translated (event Translate)'),
  'service-port-missing': keepsLastConfiguration('the whole Ingress cannot be translated (event Translate)'),
  'externalname-refused': proxyAnswersUnknown(UNVERIFIED),
  'name-unresolved': proxyAnswersUnknown(UNVERIFIED),
  'targets-unhealthy': proxyAnswers(502),
  'no-endpoints': proxyAnswers(502),
  'connect-timeout': proxyAnswers(502),
  'connection-refused': proxyAnswers(502),
  'connection-reset': proxyAnswers(502),
  'tls-to-plain-backend': proxyAnswers(502),
  'plain-to-tls-backend': proxyAnswersUnknown(
    'depends on whether the health check takes the answer for healthy',
  ),
  'response-timeout': proxyAnswersUnknown('502 or 504 after 30 s'),
  'client-certificate-refused': NO_HANDSHAKE,
  'request-header-too-large': proxyAnswersUnknown(UNVERIFIED),
  redirected: proxyAnswers(301),
  'redirect-loop': proxyAnswers(301),
  forbidden: proxyAnswers(403),
  'rate-limited': proxyAnswersUnknown(UNVERIFIED),
  'auth-unavailable': proxyAnswersUnknown(UNVERIFIED),
  'body-too-large': proxyAnswersUnknown(UNVERIFIED),
  'backend-certificate-untrusted': proxyAnswersUnknown(UNVERIFIED),
  'protocol-mismatch': proxyAnswers(502),
  'response-header-too-large': proxyAnswersUnknown(UNVERIFIED),
};

/** GKE's own ingress controller, which runs outside the cluster. Facts: kubernetes/ingress-gce pkg/utils, pkg/controller. */
export const gke: ControllerProfile = {
  product: 'gke',
  title: 'GKE Ingress',
  // It has no IngressClass of its own; these stand in ones that people made for it.
  controllerNames: ['k8s.io/ingress-gce', 'networking.gke.io/ingress-gce', 'networking.gke.io/gce'],
  isManaged: true,
  isInvisible: true,
  classPrecedence: 'annotation',
  readsIngressClasses: false,
  brokenCertificate: 'no-https',
  certificateByName: 'none',
  duplicateWinner: 'unknown',
  writesStatus: () => true,
  labels: [],
  recognise: () => undefined,
  claims,
  findPort: findDeclaredPort,
  pathMatches,
  comparePaths: exactThenLongest,
  answer: (symptom) => ANSWERS[symptom],
  usesEndpoint: ({ ready }) => ready,
  fallsBackToTargetPort: () => false,
  allowsExternalName: () => true,
  responseTimeoutSeconds: 30,
};

/** Only to be asked in a GKE cluster: there, it takes up every Ingress without a class. */
function claims({ field, annotation = '' }: ClassBinding): Claim {
  if (CLASSES.includes(annotation)) return claimed(`${ANNOTATION} is \`${annotation}\``);
  if (annotation !== '')
    return leftAlone(`${ANNOTATION} is \`${annotation}\`, not one of ${CLASSES.join(', ')}`);
  return field === undefined
    ? claimed(`${NO_CLASS}, which GKE takes for its own`)
    : leftAlone("GKE's controller takes no Ingress with spec.ingressClassName");
}

/** Without a type, a path is exact unless it ends in `/*`. */
function pathMatches(rule: PathRule, requestPath: string): boolean {
  const standard = standardMatch(rule, requestPath);
  if (standard !== undefined) return standard;
  const { path } = rule;
  // `/foo/*` takes `/foo/` and what follows, but not `/foo`.
  return path.endsWith('/*') ? requestPath.startsWith(path.slice(0, -1)) : path === requestPath;
}
