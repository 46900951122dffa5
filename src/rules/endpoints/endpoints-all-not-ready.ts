import { kubectl } from '../../kubernetes/command.ts';
import { findCondition, isPodReady, isPodTerminating } from '../../kubernetes/pod.ts';
import { referenceTo } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { backendEndpoints, sliceEvidence } from '../shared/backend-endpoints.ts';

export const endpointsAllNotReady = defineRule({
  code: 'GD2202',
  name: 'endpoints-all-not-ready',
  title: 'the Service has endpoints, but none is ready',
  hop: 'endpoints',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-endpoints',
  explains: ['agic-backend-empty', 'gke-backend-unhealthy', 'service-upstream-clusterip'],
  visits: 'service',
  needs: ['slices'],
  uses: ['pods'],

  *check({ trace, backend, service, slices, pods }) {
    const endpoints = backendEndpoints(trace, backend, service, slices);
    if (endpoints === undefined || endpoints.used.length > 0) return;
    // Where no slice carries the port, the state of all endpoints still counts.
    const candidates = endpoints.forPort.length > 0 ? endpoints.forPort : endpoints.all;
    if (candidates.some((endpoint) => trace.controller.profile.usesEndpoint(endpoint))) return;
    if (candidates.every(({ terminating }) => terminating)) return;

    const object = referenceTo(service);
    const since = unreadySince(pods ?? []);
    yield {
      object,
      message: 'none of its endpoints is ready',
      evidence: sliceEvidence(service, slices),
      fix: {
        summary: 'see why the Pods behind the Service are not ready',
        commands: [
          { run: kubectl(object.namespace, 'describe', 'service', object.name), effect: 'looks' },
          { run: kubectl(object.namespace, 'get', 'pods', '-o', 'wide'), effect: 'looks' },
        ],
      },
      ...(since === undefined ? {} : { since }),
    };
  },
});

/** When the last Pod stopped being ready, where each tells. */
function unreadySince(pods: readonly PodTrace[]): string | undefined {
  const times = pods
    .filter(({ pod }) => !isPodTerminating(pod) && !isPodReady(pod))
    .map(({ pod }) => findCondition(pod.status?.conditions, 'Ready')?.lastTransitionTime);
  return times.includes(undefined) ? undefined : times.toSorted().at(-1);
}
