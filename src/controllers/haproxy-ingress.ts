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
import { ANNOTATION, claimByController, claimByName, claimed, leftAlone, NO_CLASS } from './classes.ts';
import { expressionMatches } from './expression.ts';
import { exactThenLongest, standardMatch } from './paths.ts';
import { findTargetBeforeNumber } from './ports.ts';
import type { Claim, ClassBinding, ControllerProfile, PathRule, Role, Settings } from './profile.ts';
import { containersOf, imageName, labelsOf } from './recognition.ts';
import { isOn, settingOr } from './settings.ts';

const CONTROLLER = 'haproxy-ingress.github.io/controller';

const ANSWERS: AnswerTable = {
  ...COMMON_ANSWERS,
  'not-served': proxyAnswers(404),
  'no-route': proxyAnswers(404),
  'access-denied': proxyAnswersUnknown('a broken authentication is ignored or denies all, by configuration'),
  'resource-backend': proxyAnswersUnknown('not verified for this controller'),
  'service-missing': proxyLacksRoute(404, 'the path is skipped'),
  'service-port-missing': proxyLacksRoute(404, 'the path is skipped'),
  'externalname-refused': proxyAnswers(503, 'the backend stays empty'),
  'name-unresolved': proxyAnswers(503),
  'no-endpoints': proxyAnswers(503),
  'connect-timeout': proxyAnswers(503),
  'connection-refused': proxyAnswers(503),
  'connection-reset': proxyAnswers(502),
  'tls-to-plain-backend': proxyAnswers(503),
  'plain-to-tls-backend': plainToTls(502),
  'response-timeout': proxyAnswers(504),
  'client-certificate-refused': NO_HANDSHAKE,
  'request-header-too-large': proxyAnswers(400),
  redirected: proxyAnswers(302),
  'redirect-loop': proxyAnswers(302),
  forbidden: proxyAnswers(403),
  'rate-limited': proxyAnswers(429),
  'auth-unavailable': proxyAnswersUnknown('not verified for this controller'),
  'body-too-large': proxyAnswers(413, 'only where a limit is set: there is none by default'),
  'backend-certificate-untrusted': proxyAnswers(503, 'only where it verifies'),
  'protocol-mismatch': proxyAnswers(502),
  'response-header-too-large': proxyAnswers(502),
};

/** jcmoraisjr/haproxy-ingress. Facts: its pkg/controller/services/cache.go, pkg/converters and configuration keys. */
export const haproxyIngress: ControllerProfile = {
  product: 'haproxy-ingress',
  title: 'HAProxy Ingress',
  controllerNames: [CONTROLLER],
  isManaged: false,
  isInvisible: false,
  classPrecedence: 'annotation',
  readsIngressClasses: true,
  brokenCertificate: 'default-certificate',
  certificateByName: 'none',
  duplicateWinner: 'oldest',
  writesStatus: (settings) => settings.get('update-status') !== 'false',
  parametersKind: { apiGroup: '', kind: 'ConfigMap' },
  scopeFlags: { namespaces: 'watch-namespace' },
  labels: [
    { key: 'app.kubernetes.io/name', value: 'haproxy-ingress' },
    { key: 'run', value: 'haproxy-ingress' },
  ],
  recognise,
  claims,
  findPort: findTargetBeforeNumber,
  pathMatches,
  comparePaths: exactThenLongest,
  answer: (symptom) => ANSWERS[symptom],
  usesEndpoint: ({ ready }) => ready,
  fallsBackToTargetPort: () => false,
  allowsExternalName: (settings) => !isOn(settings, 'disable-external-name'),
  responseTimeoutSeconds: 50,
};

function recognise(workload: Workload): Role | undefined {
  const containers = containersOf(workload);
  if (containers.some((container) => imageName(container) === 'haproxy-ingress')) return 'both';
  const labels = labelsOf(workload);
  const component = labels['app.kubernetes.io/component'] ?? 'controller';
  const isChart = labels['app.kubernetes.io/name'] === 'haproxy-ingress' && component === 'controller';
  return isChart && containers.length > 0 ? 'both' : undefined;
}

function claims(binding: ClassBinding, settings: Settings): Claim {
  const { field, annotation } = binding;
  if (field !== undefined && (annotation === undefined || isOn(settings, 'ingress-class-precedence'))) {
    const suffix = settingOr(settings, 'controller-class', '').replace(/^\/+/, '');
    const controller = suffix === '' ? CONTROLLER : `${CONTROLLER}/${suffix}`;
    return claimByController(binding, [controller], `this instance is \`${controller}\``);
  }
  if (annotation !== undefined) {
    const wanted = settingOr(settings, 'ingress-class', 'haproxy');
    return claimByName(ANNOTATION, annotation, wanted, '--ingress-class');
  }
  return isOn(settings, 'watch-ingress-without-class')
    ? claimed(`${NO_CLASS} and --watch-ingress-without-class is set`)
    : leftAlone(`${NO_CLASS} and --watch-ingress-without-class is not set`);
}

function pathMatches(rule: PathRule, requestPath: string): boolean {
  const standard = standardMatch(rule, requestPath);
  if (standard !== undefined) return standard;
  switch (pathTypeKey(rule)) {
    case 'exact':
      return rule.path === requestPath;
    case 'prefix':
      return standardMatch({ ...rule, pathType: 'Prefix' }, requestPath) === true;
    case 'regex':
      return expressionMatches(rule.path, requestPath, { anchor: 'start' });
    default:
      // `begin`, letter by letter and in either case.
      return requestPath.toLowerCase().startsWith(rule.path.toLowerCase());
  }
}

function pathTypeKey({ ingress }: PathRule): string | undefined {
  const annotations = ingress.metadata?.annotations ?? {};
  return annotations['haproxy-ingress.github.io/path-type'] ?? annotations['ingress.kubernetes.io/path-type'];
}
