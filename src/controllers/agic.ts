import type { Workload } from '../kubernetes/workload-types.ts';
import {
  type AnswerTable,
  COMMON_ANSWERS,
  keepsLastConfiguration,
  proxyAnswers,
  proxyAnswersUnknown,
} from './answers.ts';
import { ANNOTATION, claimByController, claimByName, claimed, leftAlone, NO_CLASS } from './classes.ts';
import { exactThenLongest, globMatches, standardMatch } from './paths.ts';
import { findPortOrTarget } from './ports.ts';
import type { Claim, ClassBinding, ControllerProfile, PathRule, Role, Settings } from './profile.ts';
import { containersOf, imageName, labelsOf } from './recognition.ts';
import { isOn, settingOr } from './settings.ts';

const CONTROLLER = 'azure/application-gateway';
const UNVERIFIED = 'not verified for this controller';

const ANSWERS: AnswerTable = {
  ...COMMON_ANSWERS,
  'controller-down': keepsLastConfiguration('only changes wait'),
  'not-served': proxyAnswersUnknown('the controller ignores the Ingress: the gateway is not changed for it'),
  'no-route': proxyAnswers(404),
  'access-denied': proxyAnswersUnknown('the controller has no such state'),
  'resource-backend': proxyAnswersUnknown(UNVERIFIED),
  'service-missing': proxyAnswers(502),
  'service-port-missing': proxyAnswers(502),
  'externalname-refused': proxyAnswersUnknown(UNVERIFIED),
  'name-unresolved': proxyAnswersUnknown(UNVERIFIED),
  'targets-unhealthy': proxyAnswers(502),
  'no-endpoints': proxyAnswers(502),
  'connect-timeout': proxyAnswersUnknown('502 or 504'),
  'connection-refused': proxyAnswers(502),
  'connection-reset': proxyAnswers(502),
  'tls-to-plain-backend': proxyAnswers(502),
  'plain-to-tls-backend': proxyAnswersUnknown(
    'depends on whether the health probe takes the answer for healthy',
  ),
  'response-timeout': proxyAnswersUnknown('504 after 30 s, 502 from a v1 gateway'),
  'client-certificate-refused': proxyAnswers(400),
  'request-header-too-large': proxyAnswersUnknown(UNVERIFIED),
  redirected: proxyAnswers(301),
  'redirect-loop': proxyAnswers(301),
  forbidden: proxyAnswers(403),
  'rate-limited': proxyAnswersUnknown(UNVERIFIED),
  'auth-unavailable': proxyAnswersUnknown(UNVERIFIED),
  'body-too-large': proxyAnswersUnknown('by the limits of its web application firewall'),
  'backend-certificate-untrusted': proxyAnswers(502),
  'protocol-mismatch': proxyAnswers(502),
  'response-header-too-large': proxyAnswersUnknown(UNVERIFIED),
};

/** Application Gateway Ingress Controller. Facts: Azure/application-gateway-kubernetes-ingress pkg/k8scontext, pkg/appgw. */
export const agic: ControllerProfile = {
  product: 'agic',
  title: 'Application Gateway Ingress Controller',
  controllerNames: [CONTROLLER],
  isManaged: true,
  isInvisible: false,
  classPrecedence: 'annotation',
  readsIngressClasses: true,
  brokenCertificate: 'no-https',
  certificateByName: 'none',
  duplicateWinner: 'unknown',
  writesStatus: () => true,
  labels: [
    { key: 'app', value: 'ingress-azure' },
    { key: 'app', value: 'ingress-appgw' },
  ],
  recognise,
  claims,
  findPort: findPortOrTarget,
  pathMatches,
  comparePaths: exactThenLongest,
  answer: (symptom) => ANSWERS[symptom],
  usesEndpoint: ({ ready }) => ready,
  fallsBackToTargetPort: () => false,
  readsLegacyEndpoints: true,
  allowsExternalName: () => true,
  responseTimeoutSeconds: 30,
};

function recognise(workload: Workload): Role | undefined {
  const containers = containersOf(workload);
  const isImage = containers.some(
    (container) => imageName(container, 2) === 'azure-application-gateway/kubernetes-ingress',
  );
  const app = labelsOf(workload)['app'] ?? '';
  const isLabelled = containers.length > 0 && ['ingress-azure', 'ingress-appgw'].includes(app);
  return isImage || isLabelled ? 'control-plane' : undefined;
}

/** The settings are the environment that its ConfigMap holds. */
function claims(binding: ClassBinding, settings: Settings): Claim {
  const { field, annotation = '' } = binding;
  const controller = settingOr(settings, 'ingress_class', CONTROLLER);
  if (annotation !== '') return claimByName(ANNOTATION, annotation, controller, "the controller's class");
  if (field === undefined) {
    return isOn(settings, 'ingress_class_resource_default')
      ? claimed(`${NO_CLASS} and INGRESS_CLASS_RESOURCE_DEFAULT is set`)
      : leftAlone(`${NO_CLASS} and INGRESS_CLASS_RESOURCE_DEFAULT is not set`);
  }
  const name = settings.get('ingress_class_resource_name');
  if (name !== undefined && name !== field) {
    return claimByName('spec.ingressClassName', field, name, 'INGRESS_CLASS_RESOURCE_NAME');
  }
  return claimByController(binding, [controller], `the controller takes only \`${controller}\``);
}

/** Without a type, a path is exact unless it ends in `*`. */
function pathMatches(rule: PathRule, requestPath: string): boolean {
  return standardMatch(rule, requestPath) ?? globMatches(rule.path, requestPath, 'literal');
}
