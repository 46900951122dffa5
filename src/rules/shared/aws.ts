import type { IngressClassParams } from '../../kubernetes/custom/class-parameters.ts';
import type { Ingress, KubeObject } from '../../kubernetes/types.ts';
import { valueOr } from '../../model/read.ts';
import type { IngressTrace } from '../../model/trace.ts';

/** Annotations of AWS Load Balancer Controller, on Ingresses and Services. */
const PREFIX = 'alb.ingress.kubernetes.io/';

/** The name of an annotation, such as `alb.ingress.kubernetes.io/target-type`. */
export function albAnnotation(name: string): string {
  return `${PREFIX}${name}`;
}

/** The value of an annotation of AWS Load Balancer Controller. */
export function albSetting({ metadata }: KubeObject, name: string): string | undefined {
  return metadata?.annotations?.[albAnnotation(name)];
}

/** Whether AWS Load Balancer Controller, or EKS Auto Mode, serves the Ingress. */
export function isAlb({ controller }: IngressTrace): boolean {
  return controller.profile.product === 'aws-alb';
}

/** What the IngressClass of the Ingress prescribes, where it refers to IngressClassParams that could be read. */
export function classParams({ classParameters }: IngressTrace): IngressClassParams['spec'] {
  const object = valueOr(classParameters, undefined)?.object;
  return object !== undefined && 'spec' in object ? object.spec : undefined;
}

/**
 * The IngressGroup that an Ingress joins, by its class where that is the class of the traced one, else by annotation;
 * all of a group share one load balancer.
 */
export function ingressGroup(ingress: Ingress, trace: IngressTrace): string | undefined {
  const isOfClass = ingress.spec?.ingressClassName === trace.ingress.spec?.ingressClassName;
  const prescribed = isOfClass ? classParams(trace)?.group?.name : undefined;
  const name = (prescribed ?? albSetting(ingress, 'group.name'))?.trim();
  return name === '' ? undefined : name;
}

/** Events of an attempt that failed, and of one that succeeded (aws-load-balancer-controller pkg/k8s/events.go). */
export const BUILD_FAILURES = ['FailedBuildModel', 'FailedLoadGroupID'] as const;
export const DEPLOY_FAILURES = ['FailedDeployModel', 'FailedAddFinalizer', 'FailedUpdateStatus'] as const;
export const RECONCILED = 'SuccessfullyReconciled';
