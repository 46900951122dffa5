import { kubectl } from '../../kubernetes/command.ts';
import { filledSlices } from '../../kubernetes/endpoints.ts';
import { servicePortField, showServicePort, targetPortOf } from '../../kubernetes/ports.ts';
import type { EndpointSlice } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { backendEndpoints } from '../shared/backend-endpoints.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const endpointsWithoutPorts = defineRule({
  code: 'GD2205',
  name: 'endpoints-without-ports',
  title: 'the Service has endpoints, but none with the port',
  hop: 'endpoints',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-endpoints',
  explains: ['agic-backend-empty', 'gke-backend-unhealthy', 'service-upstream-clusterip'],
  visits: 'service',
  needs: ['slices'],

  *check({ trace, backend, service, slices }) {
    const port = backend.port?.port;
    const endpoints = backendEndpoints(trace, backend, service, slices);
    if (port === undefined || endpoints === undefined) return;
    if (endpoints.all.length === 0 || endpoints.forPort.length > 0) return;

    const object = referenceTo(service);
    yield {
      object,
      message: `its EndpointSlices list addresses, but none with port ${showServicePort(port)}`,
      evidence: [
        fieldEvidence(object, `${servicePortField(service, port)}.targetPort`, targetPortOf(port)),
        ...filledSlices(slices)
          .slice(0, 5)
          .map((slice) => fieldEvidence(referenceTo(slice), 'ports', showPorts(slice))),
      ],
      fix: {
        summary: 'compare the targetPort with the ports that the containers declare',
        commands: [
          { run: kubectl(object.namespace, 'describe', 'service', object.name), effect: 'looks' },
          {
            run: kubectl(
              object.namespace,
              'get',
              'pods',
              '-o',
              'custom-columns=NAME:.metadata.name,PORTS:.spec.containers[*].ports',
            ),
            effect: 'looks',
          },
        ],
      },
    };
  },
});

function showPorts({ ports }: EndpointSlice): string {
  return (ports ?? []).map(({ name = '', port }) => `${name || '""'} ${port ?? ''}`).join(', ') || '[]';
}
