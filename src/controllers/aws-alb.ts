import type { Workload } from '../kubernetes/workload-types.ts';
import {
  type AnswerTable,
  COMMON_ANSWERS,
  keepsLastConfiguration,
  NO_HANDSHAKE,
  plainToTls,
  proxyAnswers,
  proxyAnswersUnknown,
} from './answers.ts';
import { ANNOTATION, claimByController, claimByName, claimed, leftAlone, NO_CLASS } from './classes.ts';
import { exactFirst, globMatches, longestFirst, standardMatch } from './paths.ts';
import { findDeclaredPort } from './ports.ts';
import type { Claim, ClassBinding, ControllerProfile, PathRule, Role, Settings } from './profile.ts';
import { containersOf, imageName } from './recognition.ts';
import { settingOr } from './settings.ts';

const CONTROLLER = 'ingress.k8s.aws/alb';
const AUTO_MODE_CONTROLLER = 'eks.amazonaws.com/alb';

const ANSWERS: AnswerTable = {
  ...COMMON_ANSWERS,
  'controller-down': keepsLastConfiguration('only changes wait'),
  'not-served': keepsLastConfiguration('the Ingress is not reconciled'),
  'no-route': proxyAnswers(404),
  'access-denied': proxyAnswersUnknown('the controller reports an event instead'),
  'resource-backend': proxyAnswersUnknown('not verified for this controller'),
  'service-missing': proxyAnswers(503, 'a fixed response of the listener rule'),
  'service-port-missing': keepsLastConfiguration('the model cannot be built (event FailedBuildModel)'),
  'externalname-refused': proxyAnswersUnknown('not verified for this controller'),
  'name-unresolved': proxyAnswersUnknown('not verified for this controller'),
  'targets-unhealthy': proxyAnswersUnknown(
    'with no healthy target it sends to all of them: the application answers, or 502 or 504',
  ),
  'no-endpoints': proxyAnswers(503, 'with target-type ip; 502 or 504 with target-type instance'),
  'connect-timeout': proxyAnswers(504, 'after 10 s'),
  'connection-refused': proxyAnswers(502),
  'connection-reset': proxyAnswers(502),
  'tls-to-plain-backend': proxyAnswers(502),
  'plain-to-tls-backend': plainToTls(502),
  'response-timeout': proxyAnswers(504),
  'client-certificate-refused': NO_HANDSHAKE,
  'request-header-too-large': proxyAnswersUnknown('not verified for this controller'),
  redirected: proxyAnswers(301),
  'redirect-loop': proxyAnswers(301),
  forbidden: proxyAnswers(403),
  'rate-limited': proxyAnswersUnknown('the load balancer limits no rates by itself'),
  'auth-unavailable': proxyAnswersUnknown('500 or 561, by what fails'),
  'body-too-large': proxyAnswersUnknown('no limit on bodies but for Lambda targets'),
  'backend-certificate-untrusted': proxyAnswersUnknown('the certificates of targets are not verified'),
  'protocol-mismatch': proxyAnswersUnknown('464 or 502'),
  'response-header-too-large': proxyAnswers(502),
};

/** AWS Load Balancer Controller. Facts: aws-load-balancer-controller pkg/ingress (group_loader.go, model_build_*.go). */
export const awsAlb: ControllerProfile = {
  product: 'aws-alb',
  title: 'AWS Load Balancer Controller',
  controllerNames: [CONTROLLER],
  isManaged: true,
  isInvisible: false,
  classPrecedence: 'annotation',
  readsIngressClasses: true,
  brokenCertificate: 'no-difference',
  certificateByName: 'none',
  duplicateWinner: 'unknown',
  writesStatus: () => true,
  parametersKind: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams' },
  scopeFlags: { namespaces: 'watch-namespace' },
  labels: [
    { key: 'app.kubernetes.io/name', value: 'aws-load-balancer-controller' },
    { key: 'app.kubernetes.io/name', value: 'alb-ingress-controller' },
  ],
  recognise,
  claims,
  findPort: findDeclaredPort,
  pathMatches,
  comparePaths,
  answer: (symptom) => ANSWERS[symptom],
  usesEndpoint: ({ ready }) => ready,
  fallsBackToTargetPort: () => false,
  allowsExternalName: () => true,
  responseTimeoutSeconds: 60,
};

/** The same controller where EKS Auto Mode runs it, outside the cluster. */
export const eksAutoMode: ControllerProfile = {
  ...awsAlb,
  title: 'EKS Auto Mode load balancing',
  controllerNames: [AUTO_MODE_CONTROLLER],
  isInvisible: true,
  labels: [],
  recognise: () => undefined,
  claims: (binding) =>
    binding.field === undefined
      ? leftAlone('EKS Auto Mode takes only spec.ingressClassName')
      : claimByController(
          binding,
          [AUTO_MODE_CONTROLLER],
          `Auto Mode takes only \`${AUTO_MODE_CONTROLLER}\``,
        ),
};

function recognise(workload: Workload): Role | undefined {
  const isController = containersOf(workload).some((container) =>
    ['aws-load-balancer-controller', 'aws-alb-ingress-controller', 'alb-ingress-controller'].includes(
      imageName(container),
    ),
  );
  return isController ? 'control-plane' : undefined;
}

function claims(binding: ClassBinding, settings: Settings): Claim {
  const option = settingOr(settings, 'ingress-class', '');
  if (binding.annotation !== undefined) {
    return option === ''
      ? claimByName(ANNOTATION, binding.annotation, 'alb', 'the default of --ingress-class')
      : claimByName(ANNOTATION, binding.annotation, option, '--ingress-class');
  }
  if (binding.field !== undefined) {
    return claimByController(binding, [CONTROLLER], `the controller takes only \`${CONTROLLER}\``);
  }
  // A controller that runs has flags at least for its cluster: none at all means that they are not known.
  if (settings.size === 0) return leftAlone(`${NO_CLASS} and --ingress-class is not known`);
  return option === ''
    ? claimed(`${NO_CLASS} and --ingress-class is not set`)
    : leftAlone(`${NO_CLASS}, --ingress-class is \`${option}\``);
}

function pathMatches(rule: PathRule, requestPath: string): boolean {
  return standardMatch(rule, requestPath) ?? globMatches(rule.path, requestPath);
}

/** Exact paths, then prefixes by length, then the rest in the order of the Ingress. */
function comparePaths(a: PathRule, b: PathRule): number {
  const byType = exactFirst(a, b) || Number(b.pathType === 'Prefix') - Number(a.pathType === 'Prefix');
  if (byType !== 0) return byType;
  return a.pathType === 'Prefix' ? longestFirst(a, b) : 0;
}
