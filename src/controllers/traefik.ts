import type { Workload } from '../kubernetes/workload-types.ts';
import type { Symptom } from '../model/symptom.ts';
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
import { findDeclaredPort } from './ports.ts';
import type { Answer, Claim, ClassBinding, ControllerProfile, PathRule, Role, Settings } from './profile.ts';
import { containersOf, imageName } from './recognition.ts';
import { flagsOf, isOn, settingOr } from './settings.ts';

const CONTROLLER = 'traefik.io/ingress-controller';
const PROVIDER = 'providers.kubernetesingress';

const ANSWERS: AnswerTable = {
  ...COMMON_ANSWERS,
  'not-served': proxyAnswers(404),
  'no-route': proxyAnswers(404),
  'access-denied': proxyAnswersUnknown('404 where the router is dropped, 500 where a middleware fails'),
  'resource-backend': proxyAnswers(404),
  'service-missing': proxyLacksRoute(404, 'no router is made'),
  'service-port-missing': proxyLacksRoute(404, 'no router is made'),
  'externalname-refused': proxyLacksRoute(404, 'no router is made'),
  'name-unresolved': proxyAnswers(502),
  'no-endpoints': proxyLacksRoute(404, 'no router is made without allowEmptyServices'),
  'connect-timeout': proxyAnswers(504),
  'connection-refused': proxyAnswers(502),
  'connection-reset': proxyAnswers(502),
  'tls-to-plain-backend': proxyAnswers(500),
  'plain-to-tls-backend': plainToTls(502),
  'response-timeout': proxyAnswers(504, 'only where a time limit is set: there is none by default'),
  'client-certificate-refused': NO_HANDSHAKE,
  'request-header-too-large': proxyAnswers(431),
  redirected: proxyAnswersUnknown('301, 302, 307 or 308, by the middleware'),
  'redirect-loop': proxyAnswersUnknown('301, 302, 307 or 308, by the middleware'),
  forbidden: proxyAnswers(403),
  'rate-limited': proxyAnswers(429),
  'auth-unavailable': proxyAnswers(500),
  'body-too-large': proxyAnswers(413, 'only with a buffering middleware: there is no limit by default'),
  'backend-certificate-untrusted': proxyAnswers(500),
  'protocol-mismatch': proxyAnswers(502),
  'response-header-too-large': proxyAnswersUnknown('not verified for this controller'),
};

/** Traefik's Kubernetes Ingress provider. Facts: traefik/traefik pkg/provider/kubernetes/ingress and its documentation. */
export const traefik: ControllerProfile = {
  product: 'traefik',
  title: 'Traefik',
  controllerNames: [CONTROLLER],
  isManaged: false,
  isInvisible: false,
  classPrecedence: 'field',
  readsIngressClasses: true,
  brokenCertificate: 'default-certificate',
  certificateByName: 'all',
  duplicateWinner: 'unknown',
  writesStatus: (settings) =>
    [...settings.keys()].some((flag) => flag.startsWith(`${PROVIDER}.ingressendpoint.`)),
  scopeFlags: { namespaces: `${PROVIDER}.namespaces`, ingressSelector: `${PROVIDER}.labelselector` },
  labels: [
    { key: 'app.kubernetes.io/name', value: 'traefik' },
    { key: 'app', value: 'traefik' },
    { key: 'k8s-app', value: 'traefik-ingress-lb' },
  ],
  recognise,
  claims,
  findPort: findDeclaredPort,
  pathMatches,
  comparePaths,
  answer,
  // It goes on sending to Pods that terminate, as long as they serve, and never to unready ones.
  usesEndpoint: ({ serving }) => serving,
  fallsBackToTargetPort: () => false,
  allowsExternalName: (settings) => isOn(settings, `${PROVIDER}.allowexternalnameservices`),
};

function answer(symptom: Symptom, settings: Settings): Answer {
  if (symptom === 'no-endpoints' && isOn(settings, `${PROVIDER}.allowemptyservices`))
    return proxyAnswers(503);
  return ANSWERS[symptom];
}

function recognise(workload: Workload): Role | undefined {
  const isController = containersOf(workload).some(
    (container) =>
      ['traefik', 'library-traefik', 'traefik-hub', 'traefikee'].includes(imageName(container)) ||
      [...flagsOf(container).keys()].some((flag) => isProviderFlag(flag, PROVIDER)),
  );
  return isController ? 'both' : undefined;
}

function claims(binding: ClassBinding, settings: Settings): Claim {
  const byNginxProvider = claimByNginxProvider(binding, settings);
  if (byNginxProvider.claims) return byNginxProvider;
  if (isProviderOff(settings)) return leftAlone(`--${PROVIDER} is not set`);
  const option = settingOr(settings, `${PROVIDER}.ingressclass`, '');
  if (binding.field !== undefined) return claimByField(binding, binding.field, option, settings);
  const { annotation = '' } = binding;
  if (option !== '') {
    if (annotation === '') return leftAlone(`${NO_CLASS}, --${PROVIDER}.ingressclass is \`${option}\``);
    return claimByName(ANNOTATION, annotation, option, `--${PROVIDER}.ingressclass`);
  }
  if (annotation === '') return claimed(`${NO_CLASS} and --${PROVIDER}.ingressclass is not set`);
  return claimByName(ANNOTATION, annotation, 'traefik', `the default of --${PROVIDER}.ingressclass`);
}

function claimByField(binding: ClassBinding, field: string, option: string, settings: Settings): Claim {
  for (const flag of ['disableingressclasslookup', 'disableclusterscoperesources']) {
    if (isOn(settings, `${PROVIDER}.${flag}`)) {
      return leftAlone(`with --${PROVIDER}.${flag} it ignores every Ingress that has spec.ingressClassName`);
    }
  }
  if (option !== '' && option !== field) {
    return claimByName('spec.ingressClassName', field, option, `--${PROVIDER}.ingressclass`);
  }
  return claimByController(binding, [CONTROLLER], `Traefik takes only \`${CONTROLLER}\``);
}

/** The provider for Ingresses written for ingress-nginx, off by default, takes up that product's classes. */
function claimByNginxProvider(binding: ClassBinding, settings: Settings): Claim {
  const provider = `${PROVIDER}nginx`;
  const isUsed = [...settings.keys()].some((flag) => isProviderFlag(flag, provider));
  if (!isUsed || binding.field === undefined) return leftAlone(`--${provider} is not set`);
  const controller = settingOr(settings, `${provider}.controllerclass`, 'k8s.io/ingress-nginx');
  return claimByController(binding, [controller], `--${provider}.controllerclass is \`${controller}\``);
}

/** Only flags tell: an instance that is set up by a file or by the environment may well have the provider. */
function isProviderOff(settings: Settings): boolean {
  const flags = [...settings.keys()];
  return (
    flags.some((flag) => flag.startsWith('providers.')) &&
    !flags.some((flag) => isProviderFlag(flag, PROVIDER)) &&
    !flags.includes('configfile')
  );
}

function isProviderFlag(flag: string, provider: string): boolean {
  return flag === provider || flag.startsWith(`${provider}.`);
}

/** Prefixes are compared letter by letter (unless strictPrefixMatching is on): `/foo` takes `/foobar`. */
function pathMatches(rule: PathRule, requestPath: string): boolean {
  switch (matcherOf(rule)) {
    case 'Path':
      return rule.path === '' || rule.path === requestPath;
    case 'PathRegexp':
      return expressionMatches(rule.path, requestPath, { anchor: 'none' });
    default:
      return requestPath.startsWith(rule.path);
  }
}

/** The longest rule wins as it is written out, which puts a PathPrefix before a Path of the same length. */
function comparePaths(a: PathRule, b: PathRule): number {
  return priorityOf(b) - priorityOf(a);
}

function priorityOf(rule: PathRule): number {
  const given = Number(rule.ingress.metadata?.annotations?.['traefik.ingress.kubernetes.io/router.priority']);
  return given > 0 ? given : `${matcherOf(rule)}(\`${rule.path}\`)`.length;
}

function matcherOf({ pathType, ingress }: PathRule): string {
  if (pathType === 'Exact') return 'Path';
  if (pathType === 'Prefix') return 'PathPrefix';
  return ingress.metadata?.annotations?.['traefik.ingress.kubernetes.io/router.pathmatcher'] ?? 'PathPrefix';
}
