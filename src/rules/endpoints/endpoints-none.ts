import { kubectl } from '../../kubernetes/command.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { backendEndpoints, sliceEvidence } from '../shared/backend-endpoints.ts';

export const endpointsNone = defineRule({
  code: 'GD2201',
  name: 'endpoints-none',
  title: 'the Service has no endpoint at all',
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
    if (endpoints === undefined || endpoints.all.length > 0) return;
    const object = referenceTo(service);
    const { namespace, name } = object;
    const states = pods?.map(({ pod }) => pod.status?.phase ?? 'Unknown') ?? [];
    yield {
      object,
      message: 'has no endpoint: no Pod with an address is behind it',
      evidence: [
        ...sliceEvidence(service, slices),
        ...(pods === undefined
          ? []
          : [{ object, source: 'selected Pods', value: states.slice(0, 5).join(', ') || 'none' }]),
      ],
      fix: {
        summary:
          'get Pods behind the Service: compare its selector with the Pods, and see why they do not run',
        commands: [
          { run: kubectl(namespace, 'describe', 'service', name), effect: 'looks' },
          { run: kubectl(namespace, 'get', 'pods', '--show-labels'), effect: 'looks' },
        ],
      },
    };
  },
});
