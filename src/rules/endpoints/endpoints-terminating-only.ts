import { kubectl } from '../../kubernetes/command.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { backendEndpoints, sliceEvidence } from '../shared/backend-endpoints.ts';

export const endpointsTerminatingOnly = defineRule({
  code: 'GD2204',
  name: 'endpoints-terminating-only',
  title: 'only terminating endpoints are left',
  hop: 'endpoints',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-endpoints',
  explains: ['agic-backend-empty', 'gke-backend-unhealthy', 'service-upstream-clusterip'],
  visits: 'service',
  needs: ['slices'],

  *check({ trace, backend, service, slices }) {
    const endpoints = backendEndpoints(trace, backend, service, slices);
    if (endpoints === undefined || endpoints.used.length > 0) return;
    const candidates = endpoints.forPort.length > 0 ? endpoints.forPort : endpoints.all;
    if (candidates.length === 0 || !candidates.every(({ terminating }) => terminating)) return;
    // Some controllers keep sending to them while they serve.
    if (candidates.some((endpoint) => trace.controller.profile.usesEndpoint(endpoint))) return;

    const object = referenceTo(service);
    const { namespace } = object;
    yield {
      object,
      message: 'all of its endpoints are terminating, and none has replaced them',
      evidence: sliceEvidence(service, slices),
      fix: {
        summary:
          'see whether new Pods are on their way; roll out with maxUnavailable 0 and keep a PodDisruptionBudget, so that old Pods stay until new ones are ready',
        commands: [
          { run: kubectl(namespace, 'get', 'pods', '-o', 'wide'), effect: 'looks' },
          { run: kubectl(namespace, 'get', 'events', '--sort-by=.lastTimestamp'), effect: 'looks' },
        ],
      },
    };
  },
});
