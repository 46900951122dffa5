import { kubectl } from '../../kubernetes/command.ts';
import { isManagedSlice, type ServiceEndpoint } from '../../kubernetes/endpoints.ts';
import { newestEvent } from '../../kubernetes/events.ts';
import { isPodFinished, podAddresses } from '../../kubernetes/pod.ts';
import type { EndpointSlice } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { backendEndpoints } from '../shared/backend-endpoints.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { eventLine, eventsOf, type SeenEvent } from '../shared/log-events.ts';
import { isLagProven } from '../shared/slice-lag.ts';
import { lastEventAt } from '../shared/upstream-attempts.ts';

/** Seconds for which the control plane may lag behind a Pod that is gone. */
const LAG = 30;

export const endpointsStale = defineRule({
  code: 'GD2206',
  name: 'endpoints-stale',
  title: 'an EndpointSlice lists an address that no Pod has',
  hop: 'endpoints',
  severity: 'high',
  confidence: 'likely',
  symptom: 'connect-timeout',
  explains: ['upstream-connect-timeout'],
  visits: 'service',
  needs: ['slices', 'pods'],
  uses: ['events', 'controllerLogs'],

  *check({ now, trace, backend, service, slices, pods, events, controllerLogs }) {
    const endpoints = backendEndpoints(trace, backend, service, slices);
    if (endpoints === undefined) return;
    const stale = endpoints.used.flatMap((endpoint) => {
      const slice = slices.find(({ metadata }) => metadata?.name === endpoint.slices[0]);
      const fault = slice && staleness(endpoint, slice, pods);
      return slice === undefined || fault === undefined ? [] : [{ endpoint, slice, fault }];
    });
    const [first] = stale;
    if (first === undefined) return;

    const object = referenceTo(first.slice);
    const facts = { now, service, slices, pods, events: events ?? [] };
    const failure = longFailure(
      stale.map(({ endpoint }) => endpoint),
      eventsOf(trace, controllerLogs, now),
      now,
    );
    const isProven =
      failure !== undefined || stale.some(({ slice, endpoint }) => isLagProven(facts, slice, endpoint));
    if (!isProven && events === undefined) yield { cannotTell: 'events' };
    const about = (events ?? []).filter(
      ({ involvedObject }) =>
        involvedObject?.kind === 'Service' && involvedObject.name === service.metadata?.name,
    );
    const event = newestEvent(about, 'FailedToUpdateEndpointSlices');
    yield {
      object,
      message: `lists ready addresses that no Pod of Service \`${service.metadata?.name ?? ''}\` has`,
      evidence: [
        fieldEvidence(object, `endpoints[${first.endpoint.address}].targetRef`, first.fault),
        ...stale
          .slice(1, 5)
          .map(({ endpoint, slice, fault }) =>
            fieldEvidence(referenceTo(slice), `endpoints[${endpoint.address}].targetRef`, fault),
          ),
        ...(event === undefined ? [] : [eventEvidence(referenceTo(service), event)]),
        ...(failure === undefined ? [] : [eventLine(failure)]),
      ],
      fix: fixOf(first.slice),
      partial: stale.length < endpoints.used.length,
      // Pods that come and go while they are read look the same for a moment.
      ...(isProven ? {} : { severity: 'info', confidence: 'suspect' }),
    };
  },
});

/** A request that found nobody at one of the addresses, so long ago that the slice would have been put right since. */
function longFailure(
  stale: readonly ServiceEndpoint[],
  events: readonly SeenEvent[],
  now: Date,
): SeenEvent | undefined {
  const past = events.filter(({ time }) => time !== undefined && now.getTime() - time.getTime() > LAG * 1000);
  for (const { address, ports } of stale) {
    for (const { port = 0 } of ports) {
      const found = lastEventAt(
        past,
        [address],
        port,
        'host-unreachable',
        'connect-timeout',
        'connection-refused',
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** What is wrong with an endpoint's Pod, in words; undefined where nothing is or it cannot be told. */
function staleness(
  { address, targetRef }: ServiceEndpoint,
  slice: EndpointSlice,
  pods: readonly PodTrace[],
): string | undefined {
  if (targetRef?.kind !== 'Pod' || targetRef.name === undefined) return undefined;
  const pod = pods.find(({ reference }) => reference.name === targetRef.name)?.pod;
  if (pod === undefined) {
    // Of a slice that someone else writes the Pod may be any; a selector's slice lists selected Pods only.
    return isManagedSlice(slice) ? `no selected Pod is named ${targetRef.name}` : undefined;
  }
  if (isPodFinished(pod)) return `Pod ${targetRef.name} has ended (${pod.status?.phase ?? ''})`;
  const addresses = podAddresses(pod);
  if (addresses.length === 0 || addresses.includes(address)) return undefined;
  return `Pod ${targetRef.name} has address ${addresses.join(', ')}`;
}

function fixOf(slice: EndpointSlice) {
  const { namespace, name } = referenceTo(slice);
  const look = {
    run: kubectl('kube-system', 'get', 'pods', '-l', 'component=kube-controller-manager'),
    effect: 'looks',
  } as const;
  if (!isManagedSlice(slice)) {
    return {
      summary: 'correct the addresses where the EndpointSlice is written',
      commands: [{ run: kubectl(namespace, 'edit', 'endpointslice', name), effect: 'changes' }],
    } as const;
  }
  return {
    summary: 'see why kube-controller-manager does not update the EndpointSlice; it makes a deleted one anew',
    commands: [look, { run: kubectl(namespace, 'delete', 'endpointslice', name), effect: 'changes' }],
  } as const;
}
