import { load } from 'js-yaml';
import type { ClassBinding, ControllerProfile, PathRule, Settings } from '../../src/controllers/profile.ts';
import type { Ingress, Service } from '../../src/kubernetes/types.ts';
import type { Workload } from '../../src/kubernetes/workload-types.ts';

/** A workload from YAML, as users have it. */
export function workload(yaml: string): Workload {
  return load(yaml) as Workload;
}

/** A Service from YAML. */
export function service(yaml: string): Service {
  return load(yaml) as Service;
}

/** A Deployment of one container with this image and command line. */
export function deployment(image: string, args: readonly string[] = []): Workload {
  return {
    kind: 'Deployment',
    spec: { template: { spec: { containers: [{ name: 'main', image, args }] } } },
  };
}

/** Settings as flags would give them. */
export function settings(values: Readonly<Record<string, string>> = {}): Settings {
  return new Map(Object.entries(values));
}

/** A binding by `spec.ingressClassName` to an IngressClass with this controller; without one it does not exist. */
export function byField(field: string, controller?: string): ClassBinding {
  if (controller === undefined) return { field };
  return { field, ingressClass: { metadata: { name: field }, spec: { controller } } };
}

/** A path of an Ingress with these annotations. */
export function rule(path: string, pathType: string, annotations: Ingress['metadata'] = {}): PathRule {
  const http = { paths: [{ path, pathType }] };
  return { path, pathType, ingress: { metadata: annotations, spec: { rules: [{ http }] } } };
}

/** The path that wins among those that match, as `type path`; undefined when none does. */
export function winner(
  profile: ControllerProfile,
  rules: readonly PathRule[],
  requestPath: string,
): string | undefined {
  const matching = rules.filter((candidate) => profile.pathMatches(candidate, requestPath));
  const [first] = matching.toSorted((a, b) => profile.comparePaths(a, b));
  return first === undefined ? undefined : `${first.pathType} ${first.path}`;
}
