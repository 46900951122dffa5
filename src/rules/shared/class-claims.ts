import type { ClassBinding, ControllerProfile } from '../../controllers/profile.ts';
import { CLASS_ANNOTATION } from '../../kubernetes/ingress-class.ts';
import type { IngressClass } from '../../kubernetes/types.ts';
import type { Command, Evidence } from '../../model/finding.ts';
import { type ObjectReference, reference, referenceTo } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';
import { patchObject } from './patch.ts';

const CLASS_FIELD = 'spec.ingressClassName';
const CLASS_ANNOTATION_FIELD = `metadata.annotations[${CLASS_ANNOTATION}]`;

/** Where the class that counts stands: the field, the annotation, or nowhere. */
export type ClassSource = 'field' | 'annotation' | 'none';

/** Which of the Ingress's two ways to name a class the controller goes by. An empty annotation names none. */
export function classSource({ binding, controller }: IngressTrace): ClassSource {
  const { field, annotation = '' } = binding;
  if (field === undefined) return annotation === '' ? 'none' : 'annotation';
  const isOverruled = annotation !== '' && annotation !== field;
  return isOverruled && controller.profile.classPrecedence === 'annotation' ? 'annotation' : 'field';
}

/** Whether some controller takes the Ingress up: an installation in the cluster, or a product that runs outside it. */
export function isServed({ controller, binding }: IngressTrace): boolean {
  const { serving, profile, others } = controller;
  if (serving !== undefined) return true;
  if (profile.isInvisible && profile.claims(binding, NO_SETTINGS).claims) return true;
  return isClaimedBy(others, binding);
}

const NO_SETTINGS: ReadonlyMap<string, string> = new Map();

/** Whether one of the installations takes up an Ingress that is bound like this. */
export function isClaimedBy(instances: readonly ControllerInstance[], binding: ClassBinding): boolean {
  return instances.some(({ profile, settings }) => profile.claims(binding, settings).claims);
}

/** The installations, of whatever product, that take up Ingresses bound like this one; proxies alone take none up. */
export function claimantsOf(
  { controller, binding }: IngressTrace,
  instances: readonly ControllerInstance[],
): readonly ControllerInstance[] {
  return [...instances, ...controller.others].filter(
    ({ profile, settings, controlPlanes }) =>
      controlPlanes.length > 0 && profile.claims(binding, settings).claims,
  );
}

/** Whether the annotation's value is the one that the product takes by default. */
export function isDefaultName(profile: ControllerProfile, annotation: string): boolean {
  return profile.claims({ annotation }, NO_SETTINGS).claims;
}

/** How surely `IngressClass.spec.controller` means the product: `named` by one of its names, `alike` by its domain or name. */
export function namesProduct(
  { controllerNames, product }: ControllerProfile,
  controller: string,
): 'named' | 'alike' | 'no' {
  if (controllerNames.some((name) => controller === name || controller.startsWith(`${name}/`)))
    return 'named';
  const isOfDomain = controllerNames.some((name) => domainOf(name) === domainOf(controller));
  return isOfDomain || controller.includes(product) ? 'alike' : 'no';
}

function domainOf(controllerName: string): string {
  return controllerName.split('/', 1)[0] ?? '';
}

/** The IngressClasses that one of the installations would take up. */
export function servedClasses(
  classes: readonly IngressClass[],
  instances: readonly ControllerInstance[],
): readonly string[] {
  return classes.flatMap((ingressClass) => {
    const field = ingressClass.metadata?.name;
    return field !== undefined && isClaimedBy(instances, { field, ingressClass }) ? [field] : [];
  });
}

/** The fields by which the Ingress names its class, as far as they are set. */
export function classEvidence({ reference: ingress, binding }: IngressTrace): readonly Evidence[] {
  const { field, annotation } = binding;
  return [
    ...(field === undefined ? [] : [fieldEvidence(ingress, CLASS_FIELD, field)]),
    ...(annotation === undefined ? [] : [fieldEvidence(ingress, CLASS_ANNOTATION_FIELD, annotation)]),
  ];
}

/** Why each installation takes the Ingress up or leaves it alone. */
export function claimEvidence(
  instances: readonly ControllerInstance[],
  binding: ClassBinding,
): readonly Evidence[] {
  return instances.slice(0, 5).map((instance) => ({
    object: installationOf(instance),
    source: 'arguments',
    value: instance.profile.claims(binding, instance.settings).because,
  }));
}

/** The IngressClasses of the cluster with their controllers. */
export function classesEvidence(ingress: ObjectReference, classes: readonly IngressClass[]): Evidence {
  const texts = classes.map(
    ({ metadata, spec }) => `${metadata?.name ?? ''} (${spec?.controller ?? 'no controller'})`,
  );
  return { object: ingress, source: 'IngressClasses', value: texts.slice(0, 10).join(', ') || 'none' };
}

/** The installations of any product that were found. */
export function controllersEvidence(
  ingress: ObjectReference,
  instances: readonly ControllerInstance[],
): Evidence {
  const texts = instances.map(({ profile, namespace }) => `${profile.title} in ${namespace}`);
  return { object: ingress, source: 'controllers found', value: texts.slice(0, 5).join(', ') || 'none' };
}

/** The workload that an installation is configured by. */
export function installationOf({ controlPlanes, proxies, namespace }: ControllerInstance): ObjectReference {
  const workload = controlPlanes[0] ?? proxies[0];
  return workload === undefined ? reference('Namespace', undefined, namespace) : referenceTo(workload);
}

/** Lists the IngressClasses. */
export const LIST_CLASSES: Command = { run: 'kubectl get ingressclasses', effect: 'looks' };

/** Writes a class into the Ingress's field. */
export function useClass(ingress: ObjectReference, name: string): Command {
  return patchObject(ingress, [{ op: 'add', field: CLASS_FIELD, value: name }]);
}
