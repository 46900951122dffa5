import { findAnnotation, type SetAnnotation } from '../../controllers/annotations/read.ts';
import { captureGroups, plainLength } from '../../controllers/path-pattern.ts';
import type { Fix, Report } from '../../model/finding.ts';
import type { ObjectReference } from '../../model/reference.ts';
import type { IngressTrace, RequestedUrl, RouteTrace } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';
import { annotateObject, patchObject } from './patch.ts';

/** A path whose requests ingress-nginx rewrites to `target`. */
interface Rewrite {
  readonly target: string;
  readonly annotation: SetAnnotation;
  /** The highest `$1` ... `$9` in the target; 0 for none. */
  readonly highest: number;
  /** How many groups the path captures. */
  readonly groups: number;
}

/** Undefined where nothing is rewritten: another product, no annotation, or a path that equals its target. */
export function rewriteOf(
  { ingress, controller }: IngressTrace,
  { path, field }: RouteTrace,
): Rewrite | undefined {
  const { profile, serving } = controller;
  if (profile.product !== 'ingress-nginx' || field === '' || field === 'spec.defaultBackend')
    return undefined;
  const found = findAnnotation(ingress, 'ingress-nginx', 'rewrite-target', serving?.settings);
  if (found === undefined || found.value === path) return undefined;
  const numbers = [...found.value.matchAll(/\$([1-9])/g)].map(([, number]) => Number(number));
  return {
    target: found.value,
    annotation: found,
    highest: Math.max(0, ...numbers),
    groups: captureGroups(path),
  };
}

/**
 * What the loss of all that follows the path does: nothing to a request for the path itself, which only the URL tells;
 * the application is asked for something else than the others want.
 */
export function lossEffect(
  { path }: RouteTrace,
  requestedUrl: RequestedUrl | undefined,
): Pick<Report, 'partial' | 'symptom' | 'severity'> {
  if (requestedUrl === undefined) return { partial: true };
  const head = path.slice(0, plainLength(path));
  const rest = requestedUrl.path.toLowerCase().startsWith(head.toLowerCase())
    ? requestedUrl.path.slice(head.length)
    : requestedUrl.path;
  return rest.replaceAll('/', '') === '' ? { symptom: null, severity: 'info' } : {};
}

/** The annotation and the path. */
export function rewriteEvidence(
  object: ObjectReference,
  { path, pathType, field }: RouteTrace,
  { annotation }: Rewrite,
) {
  return [
    fieldEvidence(object, `metadata.annotations[${annotation.name}]`, annotation.value),
    fieldEvidence(object, `${field}.path`, `${path} (${pathType})`),
  ] as const;
}

/** Captures what follows the path and hands it on. */
export function captureFix(
  object: ObjectReference,
  { path, field }: RouteTrace,
  { annotation }: Rewrite,
): Fix {
  const plain = path.slice(0, plainLength(path)).replace(/\/$/, '');
  return {
    summary: 'capture what follows the path, and name that group in the target',
    commands: [
      patchObject(object, [
        { op: 'replace', field: `${field}.path`, value: `${plain}(/|$)(.*)` },
        { op: 'replace', field: `${field}.pathType`, value: 'ImplementationSpecific' },
      ]),
      annotateObject(object, annotation.name, '/$2'),
    ],
  };
}
