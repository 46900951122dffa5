import type { Rule } from '../rule.ts';
import { admissionWebhookUnreachable } from './admission-webhook-unreachable.ts';
import { classAnnotationFieldConflict } from './class-annotation-field-conflict.ts';
import { classAnnotationOnly } from './class-annotation-only.ts';
import { controllerCrashlooping } from './controller-crashlooping.ts';
import { controllerDynamicSyncFailing } from './controller-dynamic-sync-failing.ts';
import { controllerNamespaceScope } from './controller-namespace-scope.ts';
import { controllerNotReady } from './controller-not-ready.ts';
import { controllerOverloaded } from './controller-overloaded.ts';
import { controllerRbacDenied } from './controller-rbac-denied.ts';
import { controllerReloadFailing } from './controller-reload-failing.ts';
import { controllerTwins } from './controller-twins.ts';
import { ingressNginxRetired } from './ingress-nginx-retired.ts';
import { ingressclassControllerArgMismatch } from './ingressclass-controller-arg-mismatch.ts';
import { ingressclassMissing } from './ingressclass-missing.ts';
import { ingressclassMultipleDefaults } from './ingressclass-multiple-defaults.ts';
import { ingressclassNoController } from './ingressclass-no-controller.ts';
import { ingressclassParametersBroken } from './ingressclass-parameters-broken.ts';
import { ingressclassUnsetNoDefault } from './ingressclass-unset-no-default.ts';

/** In the order of their codes. */
export const CLASS_RULES: readonly Rule[] = [
  ingressclassMissing,
  ingressclassUnsetNoDefault,
  ingressclassNoController,
  ingressclassControllerArgMismatch,
  classAnnotationOnly,
  classAnnotationFieldConflict,
  controllerNotReady,
  controllerCrashlooping,
  ingressclassMultipleDefaults,
  ingressclassParametersBroken,
  controllerNamespaceScope,
  controllerTwins,
  controllerOverloaded,
  ingressNginxRetired,
  admissionWebhookUnreachable,
  controllerReloadFailing,
  controllerDynamicSyncFailing,
  controllerRbacDenied,
];
