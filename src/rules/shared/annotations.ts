import {
  type AnnotationPolicy,
  annotationPolicy,
  type Policy,
} from '../../controllers/annotations/nginx-policy.ts';
import {
  annotationField,
  booleanAnnotation,
  findAnnotation,
  type SetAnnotation,
} from '../../controllers/annotations/read.ts';
import type { Settings } from '../../controllers/profile.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { timeOf } from '../../kubernetes/duration.ts';
import { lastChange } from '../../kubernetes/last-change.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Ingress, KubeObject } from '../../kubernetes/types.ts';
import type { Command, Confidence, Evidence } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { startOf } from './controller-words.ts';
import { fieldEvidence } from './evidence.ts';

/** The annotations of an Ingress that ingress-nginx serves, and what the installation makes of them. */
export interface NginxAnnotations {
  readonly settings: Settings;
  readonly policy: AnnotationPolicy;
  /** The annotation by what stands behind the prefix; undefined where it is absent or blank. */
  find(key: string): SetAnnotation | undefined;
  isOn(key: string): boolean;
}

/** Undefined where another product serves the Ingress, or where ingress-nginx is known to leave it alone. */
export function nginxAnnotations({ ingress, controller }: IngressTrace): NginxAnnotations | undefined {
  const { profile, serving, instances } = controller;
  if (profile.product !== 'ingress-nginx') return undefined;
  if (serving === undefined && instances.ok && instances.value.length > 0) return undefined;
  const settings: Settings = serving?.settings ?? new Map();
  return {
    settings,
    policy: annotationPolicy(serving ?? { settings, controlPlanes: [] }),
    find: (key) => findAnnotation(ingress, 'ingress-nginx', key, settings),
    isOn: (key) => booleanAnnotation(ingress, 'ingress-nginx', key, settings) === true,
  };
}

/** The annotation with its value, as it stands on the object. */
export function annotationEvidence(object: ObjectReference, { name, value }: SetAnnotation): Evidence {
  return fieldEvidence(object, annotationField(name), value);
}

/** Sets an annotation, or takes it off where no value is given. */
export function annotate({ kind, namespace, name }: ObjectReference, key: string, value?: string): Command {
  const change = value === undefined ? [`${key}-`] : [`${key}=${value}`, '--overwrite'];
  return { run: kubectl(namespace, 'annotate', kind.toLowerCase(), name, ...change), effect: 'changes' };
}

/** Where a policy of the controller stands: its ConfigMap or argument, or what it follows from. */
export function policyEvidence(
  { config, controlPlanes, namespace }: ControllerInstance,
  setting: string,
  policy: Policy<string | boolean>,
): Evidence {
  const value = String(policy.value);
  const configMap = config.ok ? config.value : undefined;
  if (policy.known === 'set' && configMap?.data?.[setting] !== undefined) {
    return fieldEvidence(referenceTo(configMap), `data[${setting}]`, configMap.data[setting]);
  }
  const [workload] = controlPlanes;
  const object = workload === undefined ? { kind: 'Namespace', name: namespace } : referenceTo(workload);
  if (policy.known === 'set') return { object, source: `argument --${setting}`, value };
  const why = policy.known === 'by-release' ? 'default of its release' : 'default of present releases';
  return { object, source: setting, value: `${value} (${why})` };
}

/** How sure what follows from a policy can be. */
export function sureOf(policy: Policy<unknown>): Confidence {
  return policy.known === 'assumed' ? 'suspect' : 'certain';
}

/** Shows the controller's own words about the Ingress. */
export function controllerLog({ namespace, controlPlanes }: ControllerInstance): readonly Command[] {
  const [workload] = controlPlanes;
  if (workload === undefined) return [];
  const { kind, name } = referenceTo(workload);
  return [
    { run: kubectl(namespace, 'logs', `${kind.toLowerCase()}/${name}`, '--since=1h'), effect: 'looks' },
  ];
}

/** Whether the controller can never have loaded an earlier form: the object was not edited, or its Pods are younger. */
export function isUnknownToProxy(ingress: Ingress, pods: readonly Pod[]): boolean {
  const changed = lastChange(ingress);
  if (changed === undefined) return false;
  const created = madeAt(ingress);
  // `managedFields` tell edits; where they are left out nobody knows of any.
  const tellsEdits = (ingress.metadata?.managedFields?.length ?? 0) > 0;
  if (tellsEdits && created !== undefined && changed - created <= SAME_MOMENT) return true;
  const starts = pods.map(startOf);
  return starts.length > 0 && starts.every((start) => start !== undefined && start > changed);
}

/** What an admission webhook and a second write by the same tool take, in milliseconds. */
const SAME_MOMENT = 2000;

function madeAt({ metadata }: KubeObject): number | undefined {
  return timeOf(metadata?.creationTimestamp)?.getTime();
}
