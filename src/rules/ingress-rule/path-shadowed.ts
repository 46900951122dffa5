import { isCanary } from '../../controllers/annotations/canary.ts';
import { asksForExpressions } from '../../controllers/annotations/expressions.ts';
import { patternKind } from '../../controllers/path-pattern.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import {
  type HostPaths,
  isSameBackend,
  pathsOnHost,
  standsAt,
  takerOf,
  takes,
} from '../shared/path-taker.ts';
import type { PathOfIngress } from '../shared/same-class.ts';

export const pathShadowed = defineRule({
  code: 'GD0318',
  name: 'path-shadowed',
  title: 'another path takes the requests',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'wrong-backend',
  explains: [],
  visits: 'route',
  needs: ['allIngresses'],

  *check({ trace, ingress, route, requestedUrl, allIngresses }) {
    if (trace.controller.profile.product === 'unknown' || isCanary(ingress)) return;
    const host = pathsOnHost(trace, allIngresses, route.host);
    const own = host.paths.find((path) => standsAt(path, ingress, route.field));
    if (own === undefined || !host.paths.some((other) => canShadow(other, own))) return;
    const requests = requestedUrl === undefined ? requestsOf(host, own) : [requestedUrl.path];
    const takers = requests.map((request) => shadowOf(host, own, request));
    const [taker] = takers;
    // What a more specific path takes of a broader one is meant; that it leaves nothing is not.
    if (taker === undefined || !takers.every((each) => each !== undefined)) return;
    const other = referenceTo(taker.ingress);
    yield {
      object: trace.reference,
      message:
        requestedUrl === undefined
          ? `path \`${own.path}\` never gets a request: path \`${taker.path}\` of ${showReference(other)} takes them`
          : `\`${requestedUrl.path}\` goes to path \`${taker.path}\` of ${showReference(other)}, not to path \`${own.path}\``,
      evidence: [
        fieldEvidence(trace.reference, `${own.field}.path`, `${own.path} (${own.pathType})`),
        fieldEvidence(other, `${taker.field}.path`, `${taker.path} (${taker.pathType})`),
      ],
      // What becomes of one text under two types is the controller's own affair.
      ...(taker.path === own.path && { confidence: 'likely' }),
      fix: {
        summary: 'narrow the path that takes the requests, or make this one more specific',
        commands: [
          { run: kubectl(other.namespace, 'get', 'ingress', other.name, '-o', 'yaml'), effect: 'looks' },
        ],
      },
    };
  },
});

/** A quick look: of paths of plain text only a longer one, or one of another type, can come before. */
function canShadow(other: PathOfIngress, own: PathOfIngress): boolean {
  if (other === own || (other.path === own.path && other.pathType === own.pathType)) return false;
  const mayCome =
    other.path.length >= own.path.length ||
    patternKind(other.path) !== undefined ||
    hasPriority(other.ingress);
  return mayCome && !isSameBackend(other, own);
}

function hasPriority({ metadata }: PathOfIngress['ingress']): boolean {
  return Object.keys(metadata?.annotations ?? {}).some((name) => name.endsWith('/router.priority'));
}

/** Some of the requests that the path takes where nothing else does: itself, and what lies beneath and beside it. */
function requestsOf(host: HostPaths, own: PathOfIngress): readonly string[] {
  const plain = own.path.replace(/\/$/, '');
  const requests = [own.path, `${plain}/`, `${plain}/zz-9`, `${own.path}zz-9`];
  return requests.filter((request) => takes(host, own, request));
}

/**
 * The path that takes the request instead. A copy of the path, or one that leads to the same Service, is none; what
 * regular expressions of a neighbour do is told by nginx-regex-contagion.
 */
function shadowOf(host: HostPaths, own: PathOfIngress, request: string): PathOfIngress | undefined {
  const taker = takerOf(host, request);
  if (taker === undefined || taker === own || isSameBackend(taker, own)) return undefined;
  if (taker.path === own.path && taker.pathType === own.pathType) return undefined;
  const isInfected = !asksForExpressions(own.ingress) && host.neighbours.some(asksForExpressions);
  return isInfected && takerOf(host, request, 'alone') === own ? undefined : taker;
}
