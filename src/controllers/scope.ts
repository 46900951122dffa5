import { parseLabelSelector } from '../kubernetes/selector.ts';
import type { StringMap } from '../kubernetes/types.ts';
import type { ControllerProfile, Settings } from './profile.ts';

/** The flags by which a product is told to look at a part of the cluster only. */
export interface ScopeFlags {
  /** Names of namespaces, joined by commas. */
  readonly namespaces?: string;
  /** A selector for the labels of namespaces. */
  readonly namespaceSelector?: string;
  /** A selector for the labels of Ingresses. */
  readonly ingressSelector?: string;
}

/** An installation as far as its scope goes. */
export interface Watcher {
  readonly profile: ControllerProfile;
  readonly namespace: string;
  readonly settings: Settings;
}

/** Where an Ingress stands. Labels of the namespace are absent where they are not known. */
export interface Place {
  readonly namespace: string;
  readonly namespaceLabels?: StringMap;
  readonly ingressLabels?: StringMap;
}

/** The setting that keeps an installation from looking at an Ingress; what cannot be told keeps it from nothing. */
export interface OutOfScope {
  readonly flag: string;
  readonly value: string;
}

/** Why the installation does not look at an Ingress there; undefined where it does. */
export function outOfScope({ profile, namespace, settings }: Watcher, place: Place): OutOfScope | undefined {
  const { scopeFlags: flags = {} } = profile;
  const names = flagOf(settings, flags.namespaces);
  if (names !== undefined && !mayHold(names.value, namespace, place.namespace)) return names;
  const byNamespace = flagOf(settings, flags.namespaceSelector);
  if (byNamespace !== undefined && !maySelect(byNamespace.value, place.namespaceLabels)) return byNamespace;
  const byIngress = flagOf(settings, flags.ingressSelector);
  if (byIngress !== undefined && !maySelect(byIngress.value, place.ingressLabels)) return byIngress;
  return undefined;
}

/** Whether it chooses namespaces by label, so that theirs matter. */
export function selectsNamespaces({ profile, settings }: Watcher): boolean {
  return flagOf(settings, profile.scopeFlags?.namespaceSelector) !== undefined;
}

function flagOf(settings: Settings, flag: string | undefined): OutOfScope | undefined {
  const value = flag === undefined ? '' : (settings.get(flag) ?? '').trim();
  return flag === undefined || value === '' ? undefined : { flag, value };
}

/** Kubernetes fills in `$(POD_NAMESPACE)` from the environment, which by every chart is the controller's own namespace. */
function mayHold(list: string, own: string, wanted: string): boolean {
  const names = list.split(',').map((name) => name.trim().replace(/^\$\((?:POD_)?NAMESPACE\)$/, own));
  return names.includes(wanted) || names.includes('') || names.some((name) => name.includes('$('));
}

function maySelect(selector: string, labels: StringMap | undefined): boolean {
  if (labels === undefined) return true;
  return parseLabelSelector(selector)?.(labels) ?? true;
}
