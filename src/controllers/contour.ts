import type { Container } from '../kubernetes/pod-types.ts';
import type { Workload } from '../kubernetes/workload-types.ts';
import {
  type AnswerTable,
  COMMON_ANSWERS,
  NO_HANDSHAKE,
  plainToTls,
  proxyAnswers,
  proxyAnswersUnknown,
  proxyLacksRoute,
} from './answers.ts';
import { ANNOTATION, claimed, leftAlone, NO_CLASS } from './classes.ts';
import { expressionMatches } from './expression.ts';
import { exactFirst, longestFirst, standardMatch } from './paths.ts';
import { findDeclaredPort } from './ports.ts';
import type { Claim, ClassBinding, ControllerProfile, PathRule, Role, Settings } from './profile.ts';
import { containersOf, hasWord, imageName, labelsOf, runs } from './recognition.ts';
import { isOn, settingOr } from './settings.ts';

const SKIPPED = proxyLacksRoute(404, 'the route is skipped');

const ANSWERS: AnswerTable = {
  ...COMMON_ANSWERS,
  'not-served': proxyAnswers(404),
  'no-route': proxyAnswers(404),
  'access-denied': proxyAnswersUnknown('Contour has no such state'),
  'resource-backend': SKIPPED,
  'service-missing': SKIPPED,
  'service-port-missing': SKIPPED,
  'externalname-refused': SKIPPED,
  'name-unresolved': proxyAnswers(503),
  'no-endpoints': proxyAnswers(503),
  'connect-timeout': proxyAnswers(503),
  'connection-refused': proxyAnswers(503),
  'connection-reset': proxyAnswers(503),
  'tls-to-plain-backend': proxyAnswers(503),
  'plain-to-tls-backend': plainToTls(503),
  'response-timeout': proxyAnswers(504),
  'client-certificate-refused': NO_HANDSHAKE,
  'request-header-too-large': proxyAnswers(431),
  redirected: proxyAnswers(301),
  'redirect-loop': proxyAnswers(301),
  forbidden: proxyAnswers(403),
  'rate-limited': proxyAnswers(429),
  'auth-unavailable': proxyAnswersUnknown('Contour asks no external authentication for an Ingress'),
  'body-too-large': proxyAnswersUnknown('Contour sets no limit on bodies'),
  'backend-certificate-untrusted': proxyAnswers(503, 'only where a CA is set'),
  'protocol-mismatch': proxyAnswers(503),
  'response-header-too-large': proxyAnswersUnknown('not verified for this controller'),
};

/** Project Contour with Envoy. Facts: projectcontour/contour internal/ingressclass, internal/dag and internal/sorter. */
export const contour: ControllerProfile = {
  product: 'contour',
  title: 'Contour',
  controllerNames: [
    'projectcontour.io/ingress-controller',
    'projectcontour.io/projectcontour/contour',
    'projectcontour.io/contour',
  ],
  isManaged: false,
  isInvisible: false,
  classPrecedence: 'annotation',
  readsIngressClasses: false,
  brokenCertificate: 'handshake-failure',
  certificateByName: 'none',
  duplicateWinner: 'unknown',
  writesStatus: () => true,
  secretNamespace: ({ metadata }) => metadata?.annotations?.['projectcontour.io/tls-cert-namespace'],
  scopeFlags: { namespaces: 'watch-namespaces' },
  labels: [
    { key: 'app.kubernetes.io/name', value: 'contour' },
    { key: 'app', value: 'contour' },
    { key: 'app', value: 'envoy' },
  ],
  recognise,
  claims,
  findPort: findDeclaredPort,
  pathMatches,
  comparePaths,
  answer: (symptom) => ANSWERS[symptom],
  usesEndpoint: ({ ready }) => ready,
  fallsBackToTargetPort: () => false,
  allowsExternalName: (settings) => isOn(settings, 'enableexternalnameservice'),
  responseTimeoutSeconds: 15,
};

function recognise(workload: Workload): Role | undefined {
  const containers = containersOf(workload);
  const configures = containers.some((container) => isContour(container) && hasWord(container, 'serve'));
  const carries = containers.some(isEnvoy) && belongsToContour(workload);
  if (configures) return carries ? 'both' : 'control-plane';
  return carries ? 'proxy' : undefined;
}

function isContour(container: Container): boolean {
  return imageName(container) === 'contour' || runs(container, 'contour');
}

function isEnvoy(container: Container): boolean {
  return (
    /^(?:envoyproxy-)?envoy(?:-distroless|-debug|-alpine)?$/.test(imageName(container)) ||
    runs(container, 'envoy')
  );
}

/** Plenty of products run Envoy: Contour's is set up and shut down by the `contour` program beside it. */
function belongsToContour(workload: Workload): boolean {
  const { containers = [], initContainers = [] } = workload.spec?.template?.spec ?? {};
  if ([...containers, ...initContainers].some(isContour)) return true;
  const labels = labelsOf(workload);
  return labels['app.kubernetes.io/name'] === 'contour' && labels['app.kubernetes.io/component'] === 'envoy';
}

function claims({ field = '', annotation = '' }: ClassBinding, settings: Settings): Claim {
  const given = annotation === '' ? field : annotation;
  const what = annotation === '' ? 'spec.ingressClassName' : ANNOTATION;
  const option = settingOr(settings, 'ingress-class-name', '');
  if (option === '') {
    if (given === '') return claimed(`${NO_CLASS} and --ingress-class-name is not set`);
    const text = `${what} is \`${given}\`, --ingress-class-name is not set`;
    return given === 'contour' ? claimed(text) : leftAlone(`${text} and means \`contour\``);
  }
  if (given === '') return leftAlone(`${NO_CLASS}, --ingress-class-name is \`${option}\``);
  const text = `${what} is \`${given}\`, --ingress-class-name is \`${option}\``;
  return option.split(',').includes(given) ? claimed(text) : leftAlone(text);
}

function pathMatches(rule: PathRule, requestPath: string): boolean {
  const standard = standardMatch(rule, requestPath);
  if (standard !== undefined) return standard;
  if (looksLikeExpression(rule)) return expressionMatches(rule.path, requestPath, { anchor: 'whole' });
  return requestPath.startsWith(rule.path);
}

function comparePaths(a: PathRule, b: PathRule): number {
  return exactFirst(a, b) || expressionFirst(a, b) || longestFirst(a, b) || prefixFirst(a, b);
}

function expressionFirst(a: PathRule, b: PathRule): number {
  return Number(looksLikeExpression(b)) - Number(looksLikeExpression(a));
}

/** Of two prefixes of the same text the one by elements is the more specific. */
function prefixFirst(a: PathRule, b: PathRule): number {
  return Number(b.pathType === 'Prefix') - Number(a.pathType === 'Prefix');
}

function looksLikeExpression({ path, pathType }: PathRule): boolean {
  return pathType !== 'Exact' && pathType !== 'Prefix' && /[\^+*[\]%]/.test(path);
}
