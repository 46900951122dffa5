import { familiesOf, type IpFamily } from '../../kubernetes/addresses.ts';
import { isPodLive, podAddresses } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { EndpointSlice, Service } from '../../kubernetes/types.ts';
import type { Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { type BackendEndpoints, backendEndpoints } from '../shared/backend-endpoints.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { livePods } from '../shared/service-pods.ts';

export const ipFamilyMismatch = defineRule({
  code: 'GD2126',
  name: 'ip-family-mismatch',
  title: 'Service, Pods and controller have no IP family in common',
  hop: 'service',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'connection-refused',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'service',
  needs: ['slices'],
  uses: ['pods', 'callers'],

  *check({ trace, backend, service, slices, pods, callers }) {
    const endpoints = backendEndpoints(trace, backend, service, slices);
    if (endpoints === undefined) return;
    if (endpoints.used.length === 0) yield* reportPods(service, livePods(pods ?? []));
    else yield* reportCallers(endpoints, slices, callers ?? [], trace.controller.profile.title);
  },
});

/** No Pod has an address of the families that the Service wants, so that no slice can list one. */
function* reportPods(service: Service, pods: readonly PodTrace[]): Iterable<Report> {
  const { ipFamilies = [] } = service.spec ?? {};
  const addressed = pods.filter(({ pod }) => podAddresses(pod).length > 0);
  const [example] = addressed;
  if (example === undefined || ipFamilies.length === 0) return;
  const had = familiesOf(addressed.flatMap(({ pod }) => podAddresses(pod)));
  if (had.some((family) => ipFamilies.includes(family))) return;
  const object = referenceTo(service);
  yield {
    object,
    message: `is for ${ipFamilies.join(' and ')} only, of which its Pods have no address`,
    evidence: [
      fieldEvidence(object, 'spec.ipFamilies', ipFamilies.join(', ')),
      fieldEvidence(example.reference, 'status.podIPs', podAddresses(example.pod).join(', ')),
    ],
    fix: {
      summary: `make the Service anew with ipFamilies [${had.join(', ')}] (its first family cannot be changed), or give the Pods' network the other family`,
      commands: [],
    },
    confidence: 'certain',
    // The endpoints that are missing for it say what becomes of requests.
    symptom: null,
  };
}

/** The controller's Pods have no address of the family in which the endpoints are listed. */
function* reportCallers(
  { used }: BackendEndpoints,
  slices: readonly EndpointSlice[],
  callers: readonly Pod[],
  title: string,
): Iterable<Report> {
  const offered = familiesOf(used.map(({ address }) => address));
  const senders = callers.filter((pod) => isPodLive(pod) && podAddresses(pod).length > 0);
  const cutOff = senders.filter((pod) => lacks(pod, offered));
  const [example] = cutOff;
  const slice = slices.find(({ metadata }) => metadata?.name === used[0]?.slices[0]);
  if (example === undefined || slice === undefined || offered.length === 0) return;
  yield {
    object: referenceTo(slice),
    message: `lists ${offered.join(' and ')} addresses only, and ${title} has none of that family to reach them from`,
    evidence: [
      fieldEvidence(referenceTo(slice), 'addressType', slice.addressType ?? offered[0]),
      fieldEvidence(referenceTo(example), 'status.podIPs', podAddresses(example).join(', ')),
    ],
    fix: {
      summary: `give the controller's Pods that family too (dual stack), or the Service the one that they have`,
      commands: [],
    },
    partial: cutOff.length < senders.length,
  };
}

function lacks(pod: Pod, offered: readonly IpFamily[]): boolean {
  return !familiesOf(podAddresses(pod)).some((family) => offered.includes(family));
}
