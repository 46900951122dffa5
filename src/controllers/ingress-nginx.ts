import type { Container } from '../kubernetes/pod-types.ts';
import type { Ingress, Service } from '../kubernetes/types.ts';
import type { Workload } from '../kubernetes/workload-types.ts';
import type { Symptom } from '../model/symptom.ts';
import { type AnswerTable, COMMON_ANSWERS, plainToTls, proxyAnswers } from './answers.ts';
import { ANNOTATION, claimByController, claimByName, claimed, leftAlone, NO_CLASS } from './classes.ts';
import { expressionMatches } from './expression.ts';
import { exactThenLongest, standardMatch } from './paths.ts';
import { findDeclaredPort, findPortOrTarget } from './ports.ts';
import type {
  Answer,
  Claim,
  ClassBinding,
  ControllerProfile,
  FoundPort,
  PathRule,
  PortReference,
  Role,
  Settings,
} from './profile.ts';
import { containersOf, imageName, labelsOf, runs } from './recognition.ts';
import { isOn, isTrue, settingOr } from './settings.ts';

const ANSWERS: AnswerTable = {
  ...COMMON_ANSWERS,
  'not-served': proxyAnswers(404, 'from the default server, with the default certificate'),
  'no-route': proxyAnswers(404),
  'access-denied': proxyAnswers(503),
  'resource-backend': proxyAnswers(404),
  'service-missing': proxyAnswers(503),
  'service-port-missing': proxyAnswers(503),
  'externalname-refused': proxyAnswers(503),
  'name-unresolved': proxyAnswers(503, '502 from older releases'),
  'no-endpoints': proxyAnswers(503),
  'connect-timeout': proxyAnswers(504, 'after about 15 s'),
  'connection-refused': proxyAnswers(502),
  'connection-reset': proxyAnswers(502),
  'tls-to-plain-backend': proxyAnswers(502),
  'plain-to-tls-backend': plainToTls(502),
  'response-timeout': proxyAnswers(504),
  'client-certificate-refused': proxyAnswers(400),
  'request-header-too-large': proxyAnswers(400),
  redirected: proxyAnswers(308),
  'redirect-loop': proxyAnswers(308),
  forbidden: proxyAnswers(403),
  'rate-limited': proxyAnswers(503, '429 with limit-req-status-code 429'),
  'auth-unavailable': proxyAnswers(500),
  'body-too-large': proxyAnswers(413),
  'backend-certificate-untrusted': proxyAnswers(502, 'only with proxy-ssl-verify on'),
  'protocol-mismatch': proxyAnswers(502),
  'response-header-too-large': proxyAnswers(502),
};

/** kubernetes/ingress-nginx. Facts: its internal/ingress/controller (store.go, controller.go, template.go, location.go). */
export const ingressNginx: ControllerProfile = {
  product: 'ingress-nginx',
  title: 'ingress-nginx',
  // The second is AKS' application routing add-on, which runs ingress-nginx in namespace app-routing-system.
  controllerNames: ['k8s.io/ingress-nginx', 'webapprouting.kubernetes.azure.com/nginx'],
  isManaged: false,
  isInvisible: false,
  classPrecedence: 'field',
  readsIngressClasses: true,
  brokenCertificate: 'default-certificate',
  certificateByName: 'unlisted',
  duplicateWinner: 'oldest',
  writesStatus: (settings) => settings.get('update-status') !== 'false',
  scopeFlags: { namespaces: 'watch-namespace', namespaceSelector: 'watch-namespace-selector' },
  labels: [
    { key: 'app.kubernetes.io/name', value: 'ingress-nginx' },
    { key: 'app.kubernetes.io/name', value: 'rke2-ingress-nginx' },
    { key: 'app.kubernetes.io/name', value: 'nginx-ingress-controller' },
    { key: 'app.kubernetes.io/managed-by', value: 'aks-app-routing-operator' },
    { key: 'app', value: 'ingress-nginx' },
    { key: 'app', value: 'nginx-ingress' },
  ],
  recognise,
  claims,
  findPort,
  pathMatches,
  comparePaths,
  answer,
  usesEndpoint: ({ ready }) => ready,
  // proxy-next-upstream is `error timeout`, with 3 tries
  triesNextEndpoint: ['connect-timeout', 'connection-refused', 'connection-reset'],
  fallsBackToTargetPort: ({ targetPort }) => typeof targetPort !== 'string',
  allowsExternalName: (settings) => !isOn(settings, 'disable-svc-external-name'),
  responseTimeoutSeconds: 60,
};

/** What no rule takes goes to the default backend: one that a flag names may have more to say than the built-in 404. */
const FOR_DEFAULT_BACKEND: ReadonlySet<Symptom> = new Set(['no-route', 'not-served', 'resource-backend']);

function answer(symptom: Symptom, settings: Settings): Answer {
  if (!FOR_DEFAULT_BACKEND.has(symptom) || !settings.has('default-backend-service')) return ANSWERS[symptom];
  return {
    status: 404,
    by: 'application',
    note: 'by custom of default backends: the one of --default-backend-service may answer otherwise',
  };
}

function recognise(workload: Workload): Role | undefined {
  const containers = containersOf(workload);
  if (containers.some(isController)) return 'both';
  // A rebuilt image under another name: the chart's labels tell the controller from its default backend.
  const labels = labelsOf(workload);
  const isChart =
    labels['app.kubernetes.io/name'] === 'ingress-nginx' &&
    labels['app.kubernetes.io/component'] === 'controller';
  return isChart && containers.length > 0 ? 'both' : undefined;
}

function isController(container: Container): boolean {
  return (
    runs(container, 'nginx-ingress-controller') ||
    ['ingress-nginx/controller', 'ingress-nginx/controller-chroot'].includes(imageName(container, 2)) ||
    ['nginx-ingress-controller', 'ingress-nginx-controller', 'ingress-nginx'].includes(imageName(container))
  );
}

function claims(binding: ClassBinding, settings: Settings): Claim {
  const { field, annotation } = binding;
  const name = settingOr(settings, 'ingress-class', 'nginx');
  if (field !== undefined) {
    const isByName = isOn(settings, 'ingress-class-by-name') && field === name;
    if (isByName && binding.ingressClass !== undefined) {
      return claimed(
        `IngressClass \`${field}\` is the value of --ingress-class, with --ingress-class-by-name`,
      );
    }
    const controller = settingOr(settings, 'controller-class', 'k8s.io/ingress-nginx');
    return claimByController(binding, [controller], `--controller-class is \`${controller}\``);
  }
  if (annotation !== undefined) return claimByName(ANNOTATION, annotation, name, '--ingress-class');
  // A default IngressClass is written into an Ingress when it is created, never later.
  return isOn(settings, 'watch-ingress-without-class')
    ? claimed(`${NO_CLASS} and --watch-ingress-without-class is set`)
    : leftAlone(`${NO_CLASS} and --watch-ingress-without-class is not set`);
}

function findPort(service: Service, reference: PortReference): FoundPort | undefined {
  if (service.spec?.type !== 'ExternalName') return findPortOrTarget(service, reference);
  const found = findDeclaredPort(service, reference);
  const { number } = reference;
  // An ExternalName Service needs no ports: the number is taken as the remote port.
  if (found !== undefined || number === undefined) return found;
  return { port: { port: number, targetPort: number, protocol: 'TCP' }, by: 'number' };
}

function pathMatches(rule: PathRule, requestPath: string): boolean {
  if (usesExpressions(rule)) {
    return expressionMatches(rule.path, requestPath, { anchor: 'start', ignoreCase: true });
  }
  return standardMatch(rule, requestPath) ?? requestPath.startsWith(rule.path);
}

function comparePaths(a: PathRule, b: PathRule): number {
  if (!usesExpressions(a) && !usesExpressions(b)) {
    return exactThenLongest(a, b) || prefixFirst(a, b);
  }
  // The first that matches in the order of nginx.conf: by length, then backwards by letters, whatever the type.
  const byLength = b.path.length - a.path.length;
  if (byLength !== 0 || a.path === b.path) return byLength;
  return a.path > b.path ? -1 : 1;
}

/** A `Prefix` path ends in `/` in nginx.conf, which makes it longer than the same path of no type. */
function prefixFirst(a: PathRule, b: PathRule): number {
  return Number(b.pathType === 'Prefix') - Number(a.pathType === 'Prefix');
}

/** One Ingress with `use-regex` or `rewrite-target` turns all paths of the host into regular expressions. */
function usesExpressions({ ingress, neighbours = [] }: PathRule): boolean {
  return [ingress, ...neighbours].some(isOfExpressions);
}

const OF_EXPRESSIONS = new WeakMap<Ingress, boolean>();

/** Asked for every path of a host with every other one, so it is worked out once. */
function isOfExpressions(ingress: Ingress): boolean {
  const known = OF_EXPRESSIONS.get(ingress) ?? asksForExpressions(ingress);
  OF_EXPRESSIONS.set(ingress, known);
  return known;
}

function asksForExpressions({ metadata, spec }: Ingress): boolean {
  const annotations = metadata?.annotations ?? {};
  if (isTrue(annotations['nginx.ingress.kubernetes.io/use-regex'])) return true;
  const target = annotations['nginx.ingress.kubernetes.io/rewrite-target'] ?? '';
  // Rewriting a path to itself changes nothing, and nginx.conf stays as it is.
  const paths = (spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
  return target !== '' && paths.some(({ path = '/' }) => path !== target);
}
