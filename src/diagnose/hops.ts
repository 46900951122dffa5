import { isPodFinished, isPodReady } from '../kubernetes/pod.ts';
import type { Pod } from '../kubernetes/pod-types.ts';
import type { Health, Hop } from '../model/diagnosis.ts';
import type { Evidence, HopName } from '../model/finding.ts';
import { type Read, valueOr } from '../model/read.ts';
import { type ObjectReference, reference, referenceTo } from '../model/reference.ts';
import { SYMPTOM_FACTS } from '../model/symptom.ts';
import type { BackendTrace, IngressTrace, PodTrace, RouteTrace } from '../model/trace.ts';
import { readiness } from './predict.ts';
import { isBearing, type RawFinding } from './run.ts';

/** A finding with what follows from it, as far as a hop's health depends on it. */
export interface Weighed {
  readonly finding: RawFinding;
  /** It bears on requests, by itself or through what it explains. */
  readonly bears: boolean;
  /** It bears on all of them, and not only on how many can be served. */
  readonly fails: boolean;
}

/** The objects on a route's path, in the order in which a request meets them. */
export function hopsOf(
  trace: IngressTrace,
  route: RouteTrace,
  weighed: readonly Weighed[],
  now: Date,
): readonly Hop[] {
  const backend = trace.backends.find(({ key }) => key === route.backendKey);
  const here = weighed.filter(({ finding }) => finding.routes.includes(route.id));
  const at = (...hops: readonly HopName[]) => here.filter(({ finding }) => hops.includes(placeOf(finding)));
  return [
    hop(trace.reference, at('ingress-rule', 'annotation'), ingressSummary(trace, route, now)),
    classHop(trace, at('class', 'loadbalancer')),
    ...secretHops(trace, route, at('tls'), now),
    ...(backend === undefined ? [] : backendHops(trace, backend, at)),
  ];
}

/** The hop that a finding is shown at: what annotations make of one Service or Pod, at that. */
function placeOf({ hop, object }: RawFinding): HopName {
  if (hop !== 'annotation') return hop;
  return object.kind === 'Service' ? 'service' : object.kind === 'Pod' ? 'pod' : hop;
}

/** A hop whose health is the worst that its findings say; `read` failing makes it unknown. */
function hop(
  object: ObjectReference,
  findings: readonly Weighed[],
  summary: string,
  read?: Read<unknown>,
): Hop {
  const [worst] = [...findings].sort((a, b) => weight(b) - weight(a));
  const health: Health =
    worst !== undefined && weight(worst) > 0
      ? weight(worst) > 1
        ? 'failing'
        : 'warning'
      : read !== undefined && !read.ok
        ? 'unknown'
        : 'ok';
  const evidence: readonly Evidence[] = health === 'ok' ? [] : (worst?.finding.evidence ?? []);
  const unread = read !== undefined && !read.ok ? `could not be read (${read.failure.reason})` : undefined;
  return {
    object,
    health,
    summary: health === 'ok' || worst === undefined ? (unread ?? summary) : worst.finding.message,
    evidence,
  };
}

/** 2 for what fails requests, 1 for what weakens or might, 0 for remarks. */
function weight({ finding, bears, fails }: Weighed): number {
  if (bears) return fails && !finding.partial ? 2 : 1;
  return finding.severity === 'info' || finding.severity === 'low' ? 0 : 1;
}

function ingressSummary({ tls }: IngressTrace, route: RouteTrace, now: Date): string {
  const path = route.pathType === '' ? 'no rule matches' : `${route.pathType} ${route.path}`;
  const entry = tls.find(({ routes }) => routes.includes(route.id));
  const secret = entry?.secret === undefined ? undefined : valueOr(entry.secret, undefined);
  const leaf = secret?.certificates?.[0];
  if (entry?.entry.secretName === undefined || leaf === undefined) return path;
  return `${path}; TLS Secret ${entry.entry.secretName}, ${timeLeft(leaf.notAfter, now)}`;
}

/** `62 days left`; `expired` once the time is over. */
function timeLeft(notAfter: string, now: Date): string {
  const days = Math.floor((Date.parse(notAfter) - now.getTime()) / 86_400_000);
  return days < 0 ? 'expired' : `${days} ${days === 1 ? 'day' : 'days'} left`;
}

function classHop(trace: IngressTrace, findings: readonly Weighed[]): Hop {
  const { controller, binding, ingressClasses } = trace;
  const name = binding.field ?? binding.annotation;
  const object = reference('IngressClass', undefined, name ?? '(none)');
  const pods = controllerPods(controller);
  const ready = pods === undefined ? '' : `, ${pods.filter(isPodReady).length} of ${pods.length} Pods ready`;
  const read = controller.instances.ok ? ingressClasses : controller.instances;
  return hop(object, findings, `${controller.profile.title}${ready}`, read);
}

/** The Pods to count: those that take requests or, where that is done outside the cluster, those that direct it. */
export function controllerPods({ serving }: IngressTrace['controller']): readonly Pod[] | undefined {
  if (serving === undefined) return undefined;
  return valueOr(serving.proxies.length > 0 ? serving.pods : serving.controlPods, undefined);
}

function secretHops(
  trace: IngressTrace,
  route: RouteTrace,
  findings: readonly Weighed[],
  now: Date,
): readonly Hop[] {
  return trace.tls
    .filter(({ routes, secret }) => secret !== undefined && routes.includes(route.id))
    .map(({ entry, secret }) => {
      const object = reference('Secret', trace.reference.namespace, entry.secretName ?? '');
      const leaf = secret === undefined ? undefined : valueOr(secret, undefined)?.certificates?.[0];
      const summary =
        leaf === undefined ? 'no certificate' : `${leaf.names.join(', ')}, ${timeLeft(leaf.notAfter, now)}`;
      return hop(object, findings, summary, secret);
    });
}

function backendHops(
  trace: IngressTrace,
  backend: BackendTrace,
  at: (...hops: readonly HopName[]) => readonly Weighed[],
): readonly Hop[] {
  const { namespace, serviceName, service, slices, pods } = backend;
  const serviceHop = hop(
    reference('Service', namespace, serviceName),
    at('service'),
    serviceSummary(backend),
    service,
  );
  if (service.ok && service.value === undefined) return [serviceHop];
  if (valueOr(service, undefined)?.spec?.type === 'ExternalName') return [serviceHop];
  const [slice] = valueOr(slices, []);
  const sliceHop = hop(
    slice === undefined ? reference('EndpointSlice', namespace, serviceName) : referenceTo(slice),
    at('endpoints'),
    valueOr(slices, []).length === 0 ? 'none' : readiness(trace, backend),
    slices,
  );
  const podFindings = at('workload', 'pod', 'node', 'network');
  return [serviceHop, sliceHop, ...podHops(backend, podFindings, pods)];
}

function serviceSummary({ service, port, portReference }: BackendTrace): string {
  const type = valueOr(service, undefined)?.spec;
  if (type?.type === 'ExternalName') return `ExternalName ${type.externalName ?? ''}`;
  if (port === undefined) return `no port ${portReference.name ?? portReference.number ?? ''}`;
  const { name, port: number, targetPort } = port.port;
  const shown = name === undefined || name === '' ? `${number}` : `${name} (${number})`;
  return `port ${shown} → targetPort ${targetPort ?? number}`;
}

/** One hop for the Pods of each owner: a report names a group of like Pods once. */
function podHops(
  { namespace }: BackendTrace,
  findings: readonly Weighed[],
  read: Read<readonly PodTrace[]>,
): readonly Hop[] {
  if (!read.ok) return [hop(reference('Pod', namespace, '*'), findings, '', read)];
  const groups = new Map<string, PodTrace[]>();
  for (const pod of read.value) {
    if (isPodFinished(pod.pod)) continue;
    const key = pod.owner?.name ?? pod.reference.name;
    groups.set(key, [...(groups.get(key) ?? []), pod]);
  }
  if (groups.size === 0 && findings.length > 0)
    return [hop(reference('Pod', namespace, '(none)'), findings, '')];
  return [...groups].map(([owner, pods]) => {
    const names = new Set(pods.map(({ reference: { name } }) => name));
    const concerning = findings.filter(
      ({ finding }) =>
        finding.visit === 'service' ||
        finding.subjects.some((subject) => [...names].some((name) => subject === `Pod ${namespace}/${name}`)),
    );
    const ready = pods.filter(({ pod }) => isPodReady(pod)).length;
    const [only] = pods;
    const name =
      pods.length === 1 && only !== undefined ? only.reference.name : `${owner}-* (${pods.length})`;
    return hop(reference('Pod', namespace, name), concerning, `${ready} of ${pods.length} ready`);
  });
}

/** Whether a finding bears on requests by itself or through its consequences. */
export function weigh(finding: RawFinding, consequences: readonly RawFinding[]): Weighed {
  const bearing =
    finding.confidence === 'suspect'
      ? []
      : [finding, ...consequences]
          .filter(isBearing)
          .filter(({ symptom }) => SYMPTOM_FACTS[symptom].effect !== 'answers');
  return {
    finding,
    bears: bearing.length > 0,
    fails: bearing.some(({ partial, symptom }) => !partial && SYMPTOM_FACTS[symptom].effect !== 'weakens'),
  };
}
