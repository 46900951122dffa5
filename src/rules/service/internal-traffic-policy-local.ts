import { isPodLive } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { backendEndpoints } from '../shared/backend-endpoints.ts';
import { clusterIpUse } from '../shared/cluster-ip-use.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';

export const internalTrafficPolicyLocal = defineRule({
  code: 'GD2125',
  name: 'internal-traffic-policy-local',
  title: 'internalTrafficPolicy Local drops requests from Nodes that host no Pod of the Service',
  hop: 'service',
  severity: 'high',
  confidence: 'likely',
  symptom: 'connect-timeout',
  explains: ['upstream-connect-timeout'],
  visits: 'service',
  needs: ['slices'],
  uses: ['callers'],

  *check({ trace, backend, service, slices, callers }) {
    const { internalTrafficPolicy, clusterIP } = service.spec ?? {};
    if (internalTrafficPolicy !== 'Local' || clusterIP === 'None') return;
    const use = clusterIpUse(trace, service);
    const used = backendEndpoints(trace, backend, service, slices)?.used ?? [];
    if (use === undefined || used.length === 0) return;
    if (callers === undefined) {
      yield { cannotTell: 'callers' };
      return;
    }
    const nodes = new Set(used.map(({ nodeName }) => nodeName));
    const senders = callers.filter(isPodLive);
    const cutOff = senders.filter(({ spec }) => spec?.nodeName !== undefined && !nodes.has(spec.nodeName));
    if (cutOff.length === 0) return;

    const object = referenceTo(service);
    const { title } = trace.controller.profile;
    yield {
      object,
      message: `lets requests to its ClusterIP reach Pods on the sender's Node only, and ${title} runs on Nodes without any`,
      evidence: [
        fieldEvidence(object, 'spec.internalTrafficPolicy', internalTrafficPolicy),
        use.evidence,
        ...cutOff.slice(0, 3).map(nodeOf),
        {
          object,
          source: 'Nodes of its endpoints',
          value: [...nodes].map((node) => node ?? 'unknown').join(', '),
        },
      ],
      fix: {
        summary: 'let the Service use Pods on every Node, or let the controller send to the Pods themselves',
        commands: [
          patchObject(object, [{ op: 'replace', field: 'spec.internalTrafficPolicy', value: 'Cluster' }]),
        ],
      },
      partial: cutOff.length < senders.length,
    };
  },
});

function nodeOf(pod: Pod) {
  const object: ObjectReference = referenceTo(pod);
  return fieldEvidence(object, 'spec.nodeName', pod.spec?.nodeName);
}
