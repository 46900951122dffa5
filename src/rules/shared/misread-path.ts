import { booleanAnnotation } from '../../controllers/annotations/read.ts';
import {
  isMeantFor,
  meantRequest,
  type PatternKind,
  patternKind,
  plainLength,
} from '../../controllers/path-pattern.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import type { IngressTrace, RequestedUrl, RouteTrace } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';
import { isSameBackend, pathsOnHost, standsAt, takerOf, takes } from './path-taker.ts';
import type { PathOfIngress } from './same-class.ts';
import { mismatchOf, routingConfidence } from './unmatched-url.ts';

/** A path that does not take a request that its pattern is meant for, and what takes it instead. */
interface MisreadPath {
  readonly path: PathOfIngress;
  readonly request: string;
  readonly taker?: PathOfIngress;
}

interface RouteFacts {
  readonly trace: IngressTrace;
  readonly ingress: Ingress;
  readonly route: RouteTrace;
  readonly requestedUrl?: RequestedUrl;
  readonly allIngresses: readonly Ingress[];
}

/**
 * Whether the controller reads the route's path as another kind of text than it was written as. With a URL, any path of
 * the host that is more telling than the one that took the URL: the requests that it was meant for go there.
 */
export function misreadPath(
  { trace, ingress, route, requestedUrl, allIngresses }: RouteFacts,
  kind: PatternKind,
): MisreadPath | undefined {
  if (route.field === '') {
    const mismatch = mismatchOf({
      trace,
      ingress,
      route,
      allIngresses,
      ...(requestedUrl !== undefined && { requestedUrl }),
    });
    if (mismatch?.why !== 'pattern' || patternKind(mismatch.near.path) !== kind) return undefined;
    return { path: mismatch.near, request: requestedUrl?.path ?? '' };
  }
  const { product } = trace.controller.profile;
  if (product === 'unknown') return undefined;
  // Newer releases of the AWS controller can be told to read paths as expressions.
  if (kind === 'expression' && booleanAnnotation(ingress, product, 'use-regex-path-match') === true)
    return undefined;
  const host = pathsOnHost(trace, allIngresses, route.host);
  if (requestedUrl === undefined) {
    const path = host.paths.find((each) => standsAt(each, ingress, route.field));
    const request =
      path === undefined || patternKind(path.path) !== kind ? undefined : meantRequest(path.path);
    if (path === undefined || request === undefined || takes(host, path, request)) return undefined;
    const taker = takerOf(host, request);
    return { path, request, ...(taker !== undefined && { taker }) };
  }
  const request = requestedUrl.path;
  const taker = takerOf(host, request);
  const [path] = host.paths
    .filter(
      (each) =>
        patternKind(each.path) === kind && isMeantFor(each.path, request) && !takes(host, each, request),
    )
    .filter((each) => headLength(each) >= (taker === undefined ? 0 : headLength(taker)))
    .sort((a, b) => headLength(b) - headLength(a));
  return path === undefined ? undefined : { path, request, ...(taker !== undefined && { taker }) };
}

function headLength({ path }: PathOfIngress): number {
  return plainLength(path);
}

/** What becomes of the requests that a misread path was meant for. */
export function misreadEffect(
  trace: IngressTrace,
  { path, taker }: MisreadPath,
): Pick<Report, 'symptom' | 'confidence' | 'severity'> {
  const confidence = routingConfidence(trace);
  if (taker === undefined) return { symptom: 'no-route', confidence };
  if (isSameBackend(path, taker)) return { symptom: null, severity: 'info', confidence };
  return { symptom: 'wrong-backend', confidence };
}

/** In words, to follow the path: what takes the requests instead. */
export function misreadWords({ request, taker }: MisreadPath): string {
  if (taker === undefined) return `no path takes \`${request}\``;
  return `\`${request}\` goes to path \`${taker.path}\` of ${showReference(referenceTo(taker.ingress))}`;
}

/** The path and, where another takes its requests, that one. */
export function misreadEvidence(
  { path, taker }: MisreadPath,
  requestedUrl: RequestedUrl | undefined,
): readonly [Evidence, ...Evidence[]] {
  const object = referenceTo(path.ingress);
  return [
    fieldEvidence(object, `${path.field}.path`, `${path.path} (${path.pathType})`),
    ...(taker === undefined
      ? []
      : [
          fieldEvidence(
            referenceTo(taker.ingress),
            `${taker.field}.path`,
            `${taker.path} (${taker.pathType})`,
          ),
        ]),
    ...(requestedUrl === undefined ? [] : [{ object, source: 'requested URL', value: requestedUrl.url }]),
  ];
}
