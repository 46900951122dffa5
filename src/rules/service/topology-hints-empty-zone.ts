import { isOn } from '../../controllers/settings.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { isPodLive } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { EndpointSlice, Service } from '../../kubernetes/types.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { backendEndpoints } from '../shared/backend-endpoints.ts';
import { fieldEvidence } from '../shared/evidence.ts';

const MODE = 'service.kubernetes.io/topology-mode';
const ZONE = 'topology.kubernetes.io/zone';
/** The flag of ingress-nginx, the one controller that follows the hints itself. */
const FLAG = 'enable-topology-aware-routing';

export const topologyHintsEmptyZone = defineRule({
  code: 'GD2127',
  name: 'topology-hints-empty-zone',
  title: "topology hints leave the controller's zone without endpoints",
  hop: 'service',
  severity: 'high',
  confidence: 'certain',
  symptom: 'no-endpoints',
  explains: [],
  visits: 'service',
  needs: ['slices'],
  uses: ['callers', 'nodes'],

  *check({ trace, backend, service, slices, callers, nodes }) {
    const { profile, serving } = trace.controller;
    const mode = service.metadata?.annotations?.[MODE];
    if (profile.product !== 'ingress-nginx' || mode?.toLowerCase() !== 'auto') return;
    if (serving === undefined || !isOn(serving.settings, FLAG)) return;
    if ((backendEndpoints(trace, backend, service, slices)?.used ?? []).length === 0) return;
    if (callers === undefined || nodes === undefined) {
      yield { cannotTell: callers === undefined ? 'callers' : 'nodes' };
      return;
    }
    const senders = callers.filter(isPodLive);
    const cutOff = senders.filter((pod) => {
      const zone = zoneOf(pod, nodes);
      return zone !== undefined && !slices.some((slice) => hasEndpointFor(slice, zone));
    });
    const [example] = cutOff;
    if (example === undefined) return;

    const object = referenceTo(service);
    const zones = [...new Set(cutOff.map((pod) => zoneOf(pod, nodes)))].join(', ');
    const node = { kind: 'Node', name: example.spec?.nodeName ?? '' };
    yield {
      object,
      message: `its endpoints are all meant for other zones than \`${zones}\`, where ${profile.title} runs and follows these hints`,
      evidence: [
        fieldEvidence(object, `metadata.annotations[${MODE}]`, mode),
        ...slices
          .slice(0, 2)
          .map((slice) => fieldEvidence(referenceTo(slice), 'endpoints[].hints.forZones', showZones(slice))),
        fieldEvidence(node, `metadata.labels[${ZONE}]`, zoneOf(example, nodes)),
        ...serving.controlPlanes.slice(0, 1).map((workload) => ({
          object: referenceTo(workload),
          source: `argument --${FLAG}`,
          value: 'true',
        })),
      ],
      fix: fixOf(service),
      partial: cutOff.length < senders.length,
    };
  },
});

function zoneOf(pod: Pod, nodes: readonly Node[]): string | undefined {
  return nodes.find(({ metadata }) => metadata?.name === pod.spec?.nodeName)?.metadata?.labels?.[ZONE];
}

/** Hints count only where every endpoint of the slice has some. */
function hasEndpointFor({ endpoints }: EndpointSlice, zone: string): boolean {
  const all = endpoints ?? [];
  const isHinted = all.every(({ hints }) => (hints?.forZones ?? []).length > 0);
  return all.some(
    ({ conditions, hints }) =>
      (conditions?.ready ?? true) && (!isHinted || hints?.forZones?.some(({ name }) => name === zone)),
  );
}

function showZones({ endpoints }: EndpointSlice): string {
  const zones = (endpoints ?? []).flatMap(({ hints }) => hints?.forZones ?? []).map(({ name = '' }) => name);
  return [...new Set(zones)].sort().join(', ');
}

function fixOf(service: Service) {
  const { namespace, name } = referenceTo(service);
  return {
    summary: 'spread the Pods over the zones of the controller, or turn the hints off for the Service',
    commands: [
      {
        run: kubectl(namespace, 'annotate', 'service', name, `${MODE}-`),
        effect: 'changes',
      } as const,
    ],
  };
}
