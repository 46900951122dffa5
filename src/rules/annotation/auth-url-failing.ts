import type { SetAnnotation } from '../../controllers/annotations/read.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { endpointsOf } from '../../kubernetes/endpoints.ts';
import { hostMatches } from '../../kubernetes/hosts.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { NamedServiceObject } from '../../model/annotation-trace.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { annotationEvidence, type NginxAnnotations, nginxAnnotations } from '../shared/annotations.ts';
import { sliceEvidence } from '../shared/backend-endpoints.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { admittedOf } from '../shared/ingress-requests.ts';
import { eventLine, eventsOf, eventsSince, type SeenEvent } from '../shared/log-events.ts';
import { pathsOnHost, takerOf } from '../shared/path-taker.ts';
import { isSameIngress } from '../shared/same-class.ts';

export const authUrlFailing = defineRule({
  code: 'GD0527',
  name: 'auth-url-failing',
  title: 'the service that decides about requests cannot be asked',
  hop: 'annotation',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'auth-unavailable',
  explains: [],
  visits: 'ingress',
  needs: ['namedServices'],
  uses: ['allIngresses', 'controllerLogs'],

  *check({ trace, ingress, now, namedServices, allIngresses, controllerLogs }) {
    const nginx = nginxAnnotations(trace);
    if (nginx === undefined) return;
    const set = nginx.find('auth-url');
    const events = eventsSince(eventsOf(trace, controllerLogs, now), ingress);
    const lines = events.filter((event) => event.pattern === 'auth-unexpected' && isAsked(trace, event));
    const last = lines.at(-1);
    const approved = last === undefined ? [] : admittedOf(trace, events);
    const newest = last === undefined || isOver(last, approved) ? undefined : last;
    const named = namedServices.find(({ key }) => key === 'auth-url');
    const trouble =
      (named === undefined ? undefined : troubleWith(named)) ??
      (set === undefined ? undefined : loop(trace, nginx, set, allIngresses ?? [])) ??
      (newest === undefined ? undefined : ANSWERS);
    if (trouble === undefined) return;
    const object = trouble.isOfService === true ? (named?.reference ?? trace.reference) : trace.reference;
    const { namespace, name, kind } = object;
    const line = newest === undefined ? [] : [eventLine(newest)];
    const [first = line[0], ...rest] = [
      ...(set === undefined ? [] : [annotationEvidence(trace.reference, set)]),
      ...trouble.evidence,
    ];
    if (first === undefined) return;
    yield {
      object,
      message: trouble.message,
      ...(trouble.confidence !== undefined && newest === undefined && { confidence: trouble.confidence }),
      // Requests that got through in the same time were approved.
      ...(trouble === ANSWERS && approved.length > 0 && { partial: true }),
      evidence: [first, ...rest, ...line.filter((each) => each !== first)],
      fix: {
        summary: trouble.fix,
        commands: [
          ...(kind === 'Service'
            ? [{ run: kubectl(namespace, 'get', 'service,endpointslices,pods'), effect: 'looks' as const }]
            : []),
          { run: kubectl(namespace, 'describe', kind.toLowerCase(), name), effect: 'looks' },
        ],
      },
    };
  },
});

type Trouble = Pick<Report, 'message' | 'confidence'> & {
  readonly evidence: readonly Evidence[];
  readonly fix: string;
  readonly isOfService?: true;
};

const ANSWERS: Trouble = {
  message: 'the service that is to approve requests answers with neither approval nor refusal',
  evidence: [],
  fix: 'look at the authentication service: only 2xx approves, and only 401 and 403 refuse',
};

function isAsked({ routes }: IngressTrace, { host }: SeenEvent): boolean {
  return host === undefined || routes.some((route) => hostMatches(route.host, host));
}

/** Whether the requests after it were approved again. */
function isOver({ time }: SeenEvent, approved: readonly SeenEvent[]): boolean {
  if (time === undefined) return false;
  return approved.filter((event) => event.time !== undefined && event.time > time).length >= ENOUGH;
}

/** So many approvals in a row are no luck. */
const ENOUGH = 5;

function troubleWith({ object, reference, slices, port }: NamedServiceObject): Trouble | undefined {
  if (reference === undefined) return undefined;
  const what = 'and no request is served without its approval';
  if (object === undefined) {
    return {
      isOfService: true,
      message: `does not exist, ${what}`,
      evidence: [{ object: reference, source: 'API server', value: 'not found' }],
      fix: 'have the authentication service run under the name that `auth-url` uses',
    };
  }
  if (object.spec?.type === 'ExternalName') return undefined;
  const ports = (object.spec?.ports ?? []).map((each) => each.port);
  if (port !== undefined && ports.length > 0 && !ports.includes(port)) {
    return {
      isOfService: true,
      message: `has no port ${port}, ${what}`,
      evidence: [fieldEvidence(reference, 'spec.ports[*].port', ports.join(', '))],
      fix: 'use a port of the Service in `auth-url`',
    };
  }
  if (endpointsOf(slices).some(({ ready }) => ready)) return undefined;
  return {
    isOfService: true,
    message: `has no ready endpoint, ${what}`,
    evidence: sliceEvidence(object, slices),
    fix: 'get the Pods of the authentication service ready',
  };
}

/** A question under a path of this very Ingress has to be approved itself, by the same question. */
function loop(
  trace: IngressTrace,
  { settings }: NginxAnnotations,
  { value }: SetAnnotation,
  ingresses: readonly Ingress[],
): Trouble | undefined {
  const { ingress } = trace;
  const [, host = '', path = '/'] = /^https?:\/\/([^/?#]+)(\/[^?#]*)?/i.exec(value) ?? [];
  const open = (settings.get('no-auth-locations') ?? '').split(',').map((each) => each.trim());
  const hosts = new Set(trace.routes.map((route) => route.host).filter((each) => each !== ''));
  const asked = /^\$(?:host|http_host)$/.test(host) ? [...hosts] : [host.toLowerCase().replace(/:\d+$/, '')];
  const self = asked.find((each) => {
    const taker = hosts.has(each) ? takerOf(pathsOnHost(trace, ingresses, each), path) : undefined;
    if (taker === undefined || !isSameIngress(taker.ingress, ingress)) return false;
    return !open.some((prefix) => prefix !== '' && taker.path.startsWith(prefix));
  });
  if (self === undefined) return undefined;
  return {
    confidence: 'likely',
    message: `\`${path}\` of \`${self}\`, where requests are approved, is one of its own paths and needs approval itself`,
    evidence: [],
    fix: 'give the path of the authentication service an Ingress of its own, without `auth-url`',
  };
}
