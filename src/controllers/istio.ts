import type { Workload } from '../kubernetes/workload-types.ts';
import {
  type AnswerTable,
  COMMON_ANSWERS,
  NO_HANDSHAKE,
  plainToTls,
  proxyAnswers,
  proxyAnswersUnknown,
} from './answers.ts';
import { ANNOTATION, claimByController, claimByName, claimed, leftAlone, NO_CLASS } from './classes.ts';
import { exactThenLongest, standardMatch } from './paths.ts';
import { findDeclaredPort } from './ports.ts';
import type { Claim, ClassBinding, ControllerProfile, PathRule, Role, Settings } from './profile.ts';
import { containersOf, hasWord, imageName, labelsOf, runs } from './recognition.ts';
import { settingOr } from './settings.ts';

const CONTROLLER = 'istio.io/ingress-controller';

const ANSWERS: AnswerTable = {
  ...COMMON_ANSWERS,
  'not-served': proxyAnswers(404),
  'no-route': proxyAnswers(404),
  'access-denied': proxyAnswersUnknown('Istio has no such state for an Ingress'),
  'resource-backend': proxyAnswers(404, 'the path is skipped'),
  'service-missing': proxyAnswers(503, '404 where the backend names its port: the path is skipped'),
  'service-port-missing': proxyAnswers(503, '404 where the backend names its port: the path is skipped'),
  'externalname-refused': proxyAnswersUnknown('Istio forwards to ExternalName Services'),
  'name-unresolved': proxyAnswers(503),
  'no-endpoints': proxyAnswers(503),
  'connect-timeout': proxyAnswers(503),
  'connection-refused': proxyAnswers(503),
  'connection-reset': proxyAnswers(503),
  'tls-to-plain-backend': proxyAnswers(503),
  'plain-to-tls-backend': plainToTls(503),
  'response-timeout': proxyAnswers(504, 'only where a time limit is set: there is none by default'),
  'client-certificate-refused': NO_HANDSHAKE,
  'request-header-too-large': proxyAnswers(431),
  redirected: proxyAnswers(301),
  'redirect-loop': proxyAnswers(301),
  forbidden: proxyAnswers(403),
  'rate-limited': proxyAnswers(429),
  'auth-unavailable': proxyAnswers(403),
  'body-too-large': proxyAnswersUnknown('Istio sets no limit on bodies'),
  'backend-certificate-untrusted': proxyAnswers(503),
  'protocol-mismatch': proxyAnswers(503),
  'response-header-too-large': proxyAnswersUnknown('not verified for this controller'),
};

/** Istio's ingress gateway for Ingress objects. Facts: istio/istio pilot/pkg/config/kube/ingress. */
export const istio: ControllerProfile = {
  product: 'istio',
  title: 'Istio ingress gateway',
  controllerNames: [CONTROLLER],
  isManaged: false,
  isInvisible: false,
  classPrecedence: 'annotation',
  readsIngressClasses: true,
  brokenCertificate: 'handshake-failure',
  certificateByName: 'none',
  duplicateWinner: 'oldest',
  writesStatus: () => true,
  // The gateway made of an Ingress names its credential without a namespace: that is the proxy's own.
  secretNamespace: (_, proxies) => proxies,
  labels: [
    { key: 'app', value: 'istiod' },
    { key: 'istio', value: 'pilot' },
    { key: 'istio', value: 'ingressgateway' },
    { key: 'app', value: 'istio-ingressgateway' },
  ],
  recognise,
  claims,
  findPort: findDeclaredPort,
  pathMatches,
  comparePaths: exactThenLongest,
  answer: (symptom) => ANSWERS[symptom],
  usesEndpoint: ({ ready }) => ready,
  fallsBackToTargetPort: () => false,
  allowsExternalName: () => true,
};

function recognise(workload: Workload): Role | undefined {
  const labels = labelsOf(workload);
  for (const container of containersOf(workload)) {
    const isPilot = ['pilot', 'istio-pilot', 'istiod'].includes(imageName(container));
    const isDiscovery = hasWord(container, 'discovery') || labels['app'] === 'istiod';
    if (runs(container, 'pilot-discovery') || (isPilot && isDiscovery)) return 'control-plane';
    // Every Pod of the mesh runs this container: the label says which ones are the gateway for Ingresses.
    const isGateway = labels['istio'] === 'ingressgateway' || labels['app'] === 'istio-ingressgateway';
    if (isGateway && container.name === 'istio-proxy') return 'proxy';
  }
  return undefined;
}

/** The settings are those of the mesh configuration: `ingressClass` and `ingressControllerMode`. */
function claims(binding: ClassBinding, settings: Settings): Claim {
  const mode = settingOr(settings, 'ingresscontrollermode', 'STRICT');
  if (mode === 'OFF') return leftAlone('ingressControllerMode is `OFF`');
  if (binding.annotation !== undefined) {
    const wanted = settingOr(settings, 'ingressclass', 'istio');
    return claimByName(ANNOTATION, binding.annotation, wanted, 'ingressClass of the mesh');
  }
  if (binding.field !== undefined && binding.ingressClass !== undefined) {
    return claimByController(binding, [CONTROLLER], `Istio takes only \`${CONTROLLER}\``);
  }
  const state = binding.field === undefined ? NO_CLASS : `there is no IngressClass \`${binding.field}\``;
  const text = `${state} and ingressControllerMode is \`${mode}\``;
  return mode === 'DEFAULT' ? claimed(text) : leftAlone(text);
}

/** Without a type, a path is exact unless it ends in `.*` or `/*`, before which stands a prefix. */
function pathMatches(rule: PathRule, requestPath: string): boolean {
  const standard = standardMatch(rule, requestPath);
  if (standard !== undefined) return standard;
  const { path } = rule;
  if (path === '*') return true;
  if (path.endsWith('.*') || path.endsWith('/*')) return requestPath.startsWith(path.slice(0, -2));
  return path === requestPath;
}
