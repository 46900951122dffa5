import { isLoopbackAddress } from '../../kubernetes/addresses.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { isManagedSlice, type ServiceEndpoint } from '../../kubernetes/endpoints.ts';
import { isPodReady, podAddresses, podStateWord } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { EndpointSlice, Service } from '../../kubernetes/types.ts';
import type { Confidence, Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { Symptom } from '../../model/symptom.ts';
import { defineRule } from '../rule.ts';
import { backendEndpoints } from '../shared/backend-endpoints.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { eventLine, eventsOf, eventsSince, type SeenEvent, upstream } from '../shared/log-events.ts';
import { lastEventAt } from '../shared/upstream-attempts.ts';

export const manualEndpointAddressBad = defineRule({
  code: 'GD2121',
  name: 'manual-endpoint-address-bad',
  title: 'a hand-written EndpointSlice lists an address where nobody answers',
  hop: 'service',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'connect-timeout',
  explains: ['endpoints-duplicate-slices', 'upstream-connect-timeout'],
  visits: 'service',
  needs: ['slices'],
  uses: ['namespacePods', 'controllerLogs'],

  *check({ now, trace, backend, service, slices, namespacePods, controllerLogs }) {
    const used = backendEndpoints(trace, backend, service, slices)?.used ?? [];
    const bad = used.flatMap((endpoint) => {
      const slice = slices.find(({ metadata }) => metadata?.name === endpoint.slices[0]);
      // An address with a Pod is for endpoints-stale to judge.
      if (slice === undefined || isManagedSlice(slice) || endpoint.targetRef?.kind === 'Pod') return [];
      const events = eventsSince(eventsOf(trace, controllerLogs, now), slice);
      const fault = faultOf(endpoint, service, namespacePods ?? [], events);
      return fault === undefined ? [] : [{ endpoint, slice, fault }];
    });
    const [first] = bad;
    if (first === undefined) return;
    const object = referenceTo(first.slice);
    yield {
      object,
      message: `lists ${bad.length === 1 ? 'an address' : 'addresses'} at which nobody answers: ${first.fault.words}`,
      evidence: [
        addressEvidence(first.slice, first.endpoint),
        first.fault.evidence,
        ...bad
          .slice(1, 4)
          .flatMap(({ slice, endpoint, fault }) => [addressEvidence(slice, endpoint), fault.evidence]),
      ],
      fix: {
        summary: 'correct the addresses where the EndpointSlice is written',
        commands: [
          { run: kubectl(object.namespace, 'edit', 'endpointslice', object.name), effect: 'changes' },
        ],
      },
      symptom: first.fault.symptom,
      confidence: first.fault.confidence,
      partial: bad.length < used.length,
    };
  },
});

interface Fault {
  /** Without the address, so that like faults read alike. */
  readonly words: string;
  readonly symptom: Symptom;
  readonly confidence: Confidence;
  readonly evidence: Evidence;
}

/** What shows that nobody answers at the address; an address outside the cluster is as good as any until then. */
function faultOf(
  { address, ports }: ServiceEndpoint,
  service: Service,
  pods: readonly Pod[],
  events: readonly SeenEvent[],
): Fault | undefined {
  const object = referenceTo(service);
  if (isLoopbackAddress(address)) {
    return {
      words: 'a loopback address is the controller itself',
      symptom: 'connection-refused',
      confidence: 'certain',
      evidence: { object, source: `address ${address}`, value: 'loopback' },
    };
  }
  const { clusterIP, clusterIPs = [] } = service.spec ?? {};
  if ([clusterIP, ...clusterIPs].includes(address)) {
    return {
      words: 'it is the ClusterIP of the Service itself',
      symptom: 'connect-timeout',
      confidence: 'certain',
      evidence: fieldEvidence(object, 'spec.clusterIP', address),
    };
  }
  return (
    faultByLog(
      address,
      ports.map(({ port }) => port ?? 0),
      events,
    ) ?? faultByPod(address, pods)
  );
}

function faultByLog(
  address: string,
  ports: readonly number[],
  events: readonly SeenEvent[],
): Fault | undefined {
  const kinds = [
    { pattern: 'connection-refused', words: 'connections to it are refused', symptom: 'connection-refused' },
    // nginx answers it as it does a refusal.
    { pattern: 'host-unreachable', words: 'no route leads to it', symptom: 'connection-refused' },
    { pattern: 'connect-timeout', words: 'connections to it time out', symptom: 'connect-timeout' },
  ] as const;
  for (const { pattern, words, symptom } of kinds) {
    for (const port of ports) {
      const found = lastEventAt(events, [address], port, pattern);
      if (found === undefined || hasAnsweredSince(events, address, port, found)) continue;
      const confidence = found.isExplicit ? 'certain' : 'likely';
      return { words, symptom, confidence, evidence: eventLine(found) };
    }
  }
  return undefined;
}

/** Whether a later request got an answer from the address: then it is up again. */
function hasAnsweredSince(
  events: readonly SeenEvent[],
  address: string,
  port: number,
  failure: SeenEvent,
): boolean {
  return events.some(
    ({ isRequest, time, tries = [] }) =>
      isRequest &&
      time !== undefined &&
      failure.time !== undefined &&
      time > failure.time &&
      tries.some((each) => each.address === upstream(address, port) && (each.status ?? 502) < 500),
  );
}

/** The address of a Pod that does not serve, and of no other one. */
function faultByPod(address: string, pods: readonly Pod[]): Fault | undefined {
  const holders = pods.filter((pod) => podAddresses(pod).includes(address));
  const [holder] = holders;
  if (holder === undefined || holders.some(isPodReady)) return undefined;
  return {
    words: 'the Pod that has it is not ready',
    symptom: 'connection-refused',
    confidence: 'likely',
    evidence: fieldEvidence(referenceTo(holder), 'status.phase', podStateWord(holder)),
  };
}

function addressEvidence(slice: EndpointSlice, { address }: ServiceEndpoint): Evidence {
  return fieldEvidence(referenceTo(slice), 'endpoints[].addresses', address);
}
