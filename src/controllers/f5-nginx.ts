import type { Workload } from '../kubernetes/workload-types.ts';
import {
  type AnswerTable,
  COMMON_ANSWERS,
  plainToTls,
  proxyAnswers,
  proxyAnswersUnknown,
} from './answers.ts';
import { ANNOTATION, claimByName, leftAlone, NO_CLASS } from './classes.ts';
import { expressionMatches } from './expression.ts';
import { exactFirst, longestFirst } from './paths.ts';
import { findDeclaredPort } from './ports.ts';
import type { Claim, ClassBinding, ControllerProfile, PathRule, Role, Settings } from './profile.ts';
import { containersOf, imageName } from './recognition.ts';
import { flagsOf, isOn, settingOr } from './settings.ts';

const UNVERIFIED = 'not verified for this controller';

const ANSWERS: AnswerTable = {
  ...COMMON_ANSWERS,
  'not-served': proxyAnswers(404),
  'no-route': proxyAnswers(404),
  'access-denied': proxyAnswersUnknown(UNVERIFIED),
  'resource-backend': proxyAnswersUnknown(UNVERIFIED),
  'service-missing': proxyAnswers(502),
  'service-port-missing': proxyAnswers(502),
  'externalname-refused': proxyAnswers(502, 'the upstream stays empty'),
  'name-unresolved': proxyAnswersUnknown(UNVERIFIED),
  'no-endpoints': proxyAnswers(502),
  'connect-timeout': proxyAnswers(504),
  'connection-refused': proxyAnswers(502),
  'connection-reset': proxyAnswers(502),
  'tls-to-plain-backend': proxyAnswers(502),
  'plain-to-tls-backend': plainToTls(502),
  'response-timeout': proxyAnswers(504),
  'client-certificate-refused': proxyAnswers(400),
  'request-header-too-large': proxyAnswers(400),
  redirected: proxyAnswers(301),
  'redirect-loop': proxyAnswers(301),
  forbidden: proxyAnswers(403),
  'rate-limited': proxyAnswersUnknown('429 or 503, by its settings'),
  'auth-unavailable': proxyAnswersUnknown(UNVERIFIED),
  'body-too-large': proxyAnswers(413),
  'backend-certificate-untrusted': proxyAnswersUnknown(UNVERIFIED),
  'protocol-mismatch': proxyAnswers(502),
  'response-header-too-large': proxyAnswers(502),
};

/** nginx/kubernetes-ingress, NGINX or NGINX Plus. Facts: its internal/k8s/controller.go and internal/configs/ingress.go. */
export const f5Nginx: ControllerProfile = {
  product: 'f5-nginx',
  title: 'F5 NGINX Ingress Controller',
  controllerNames: ['nginx.org/ingress-controller'],
  isManaged: false,
  isInvisible: false,
  classPrecedence: 'annotation',
  // It looks at its own IngressClass once, when it starts; after that only names are compared.
  readsIngressClasses: false,
  brokenCertificate: 'handshake-failure',
  certificateByName: 'none',
  duplicateWinner: 'oldest',
  writesStatus: (settings) => isOn(settings, 'report-ingress-status'),
  scopeFlags: { namespaces: 'watch-namespace', namespaceSelector: 'watch-namespace-label' },
  labels: [
    { key: 'app.kubernetes.io/name', value: 'nginx-ingress' },
    { key: 'app', value: 'nginx-ingress' },
  ],
  recognise,
  claims,
  findPort: findDeclaredPort,
  pathMatches,
  comparePaths,
  answer: (symptom) => ANSWERS[symptom],
  usesEndpoint: ({ ready }) => ready,
  fallsBackToTargetPort: () => false,
  // ExternalName Services need NGINX Plus.
  allowsExternalName: (settings) => isOn(settings, 'nginx-plus'),
  responseTimeoutSeconds: 60,
};

function recognise(workload: Workload): Role | undefined {
  const isController = containersOf(workload).some(
    (container) =>
      ['nginx-ingress', 'nginx-plus-ingress'].includes(imageName(container)) ||
      flagsOf(container).has('nginx-configmaps'),
  );
  return isController ? 'both' : undefined;
}

function claims({ field, annotation = '' }: ClassBinding, settings: Settings): Claim {
  const wanted = settingOr(settings, 'ingress-class', 'nginx');
  if (annotation !== '') return claimByName(ANNOTATION, annotation, wanted, '-ingress-class');
  if (field !== undefined) return claimByName('spec.ingressClassName', field, wanted, '-ingress-class');
  return leftAlone(`${NO_CLASS}, -ingress-class is \`${wanted}\``);
}

/** Everything but Exact is a prefix of nginx' own kind, letter by letter: `/foo` takes `/foobar`. */
function pathMatches(rule: PathRule, requestPath: string): boolean {
  switch (expressionKind(rule)) {
    case 'case_sensitive':
      return expressionMatches(rule.path, requestPath, { anchor: 'start' });
    case 'case_insensitive':
      return expressionMatches(rule.path, requestPath, { anchor: 'start', ignoreCase: true });
    case 'exact':
      return rule.path === requestPath;
    default:
      return rule.pathType === 'Exact' ? rule.path === requestPath : requestPath.startsWith(rule.path);
  }
}

function comparePaths(a: PathRule, b: PathRule): number {
  return exactFirst(a, b) || expressionFirst(a, b) || longestFirst(a, b);
}

/** nginx takes a regular expression before any plain prefix. */
function expressionFirst(a: PathRule, b: PathRule): number {
  return Number(expressionKind(b) !== undefined) - Number(expressionKind(a) !== undefined);
}

function expressionKind({ ingress }: PathRule): string | undefined {
  return ingress.metadata?.annotations?.['nginx.org/path-regex'];
}
