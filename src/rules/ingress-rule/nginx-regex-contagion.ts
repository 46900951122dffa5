import { asksForExpressions } from '../../controllers/annotations/expressions.ts';
import { annotation } from '../../controllers/annotations/read.ts';
import { kubectl } from '../../kubernetes/command.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { Evidence, Fix, Report } from '../../model/finding.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { type HostPaths, isSameBackend, pathsOnHost, standsAt, takerOf } from '../shared/path-taker.ts';
import { isSameIngress, type PathOfIngress } from '../shared/same-class.ts';

export const nginxRegexContagion = defineRule({
  code: 'GD0314',
  name: 'nginx-regex-contagion',
  title: 'regular expressions of one Ingress change what the other paths of its host mean',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'likely',
  symptom: 'wrong-backend',
  explains: [],
  visits: 'route',
  needs: ['allIngresses'],

  *check({ trace, ingress, route, requestedUrl, allIngresses }) {
    if (trace.controller.profile.product !== 'ingress-nginx') return;
    const host = pathsOnHost(trace, allIngresses, route.host);
    const culprit = host.neighbours.find(asksForExpressions);
    if (culprit === undefined || host.neighbours.length < 2) return;
    if (requestedUrl !== undefined) {
      const taken = takenAway(host, requestedUrl.path);
      if (taken !== undefined) yield reportOf(culprit, requestedUrl.path, taken);
      return;
    }
    const own = host.paths.find((path) => standsAt(path, ingress, route.field));
    if (own === undefined || asksForExpressions(ingress)) return;
    const requests = requestsOf(own);
    const losses = requests.flatMap((request) => {
      const taken = takenAway(host, request);
      return taken?.meant === own ? [{ request, taken }] : [];
    });
    const [loss] = losses;
    if (loss !== undefined) {
      yield { ...reportOf(culprit, loss.request, loss.taken), partial: losses.length < requests.length };
      return;
    }
    const beyond = `${own.path}x`;
    const meant = takerOf(host, beyond, 'alone');
    if (own.pathType !== 'Exact' || takerOf(host, beyond) !== own || meant === undefined) return;
    yield {
      object: referenceTo(culprit),
      message: `turns all paths of the host into regular expressions: \`Exact\` path \`${own.path}\` takes \`${beyond}\` too, which was for path \`${meant.path}\``,
      evidence: evidenceOf(culprit, [own]),
      severity: 'info',
      symptom: null,
      fix: fixOf(culprit),
    };
  },
});

/** The path that a request was meant for, and the one that it goes to. */
interface Taken {
  readonly meant: PathOfIngress;
  readonly taker: PathOfIngress;
}

/** Undefined where a request goes to the same Service whether or not the Ingresses are read together. */
function takenAway(host: HostPaths, request: string): Taken | undefined {
  const meant = takerOf(host, request, 'alone');
  const taker = takerOf(host, request);
  if (meant === undefined || taker === undefined || meant === taker) return undefined;
  return isSameBackend(meant, taker) || isSameIngress(meant.ingress, taker.ingress)
    ? undefined
    : { meant, taker };
}

/** The path itself and, where it takes that, what lies beneath it. */
function requestsOf({ path, pathType }: PathOfIngress): readonly string[] {
  const plain = path.replace(/(?<=.)\/$/, '');
  return pathType === 'Exact' ? [path] : [plain, `${plain.replace(/\/$/, '')}/x`];
}

function reportOf(culprit: Ingress, request: string, { meant, taker }: Taken): Report {
  const of = (path: PathOfIngress) => `path \`${path.path}\` of ${showReference(referenceTo(path.ingress))}`;
  return {
    object: referenceTo(culprit),
    message: `turns all paths of the host into regular expressions: \`${request}\` goes to ${of(taker)} instead of ${of(meant)}`,
    evidence: evidenceOf(culprit, [meant, taker]),
    fix: fixOf(culprit),
  };
}

function evidenceOf(culprit: Ingress, paths: readonly PathOfIngress[]): readonly [Evidence, ...Evidence[]] {
  const object = referenceTo(culprit);
  const [first, ...more] = ['use-regex', 'rewrite-target'].flatMap((key) => {
    const value = annotation(culprit, 'ingress-nginx', key);
    if (value === undefined) return [];
    return [fieldEvidence(object, `metadata.annotations[nginx.ingress.kubernetes.io/${key}]`, value)];
  });
  const pathsRead = paths.map(({ ingress, field, path, pathType }) =>
    fieldEvidence(referenceTo(ingress), `${field}.path`, `${path} (${pathType})`),
  );
  return [first ?? fieldEvidence(object, 'metadata.name', object.name), ...more, ...pathsRead];
}

function fixOf(culprit: Ingress): Fix {
  const { namespace, name } = referenceTo(culprit);
  return {
    summary:
      'give the regular expressions a host of their own, or close them so that they match their own requests only, as in `/app(/|$)(.*)`',
    commands: [{ run: kubectl(namespace, 'get', 'ingress', name, '-o', 'yaml'), effect: 'looks' }],
  };
}
