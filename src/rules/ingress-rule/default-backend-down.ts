import { kubectl } from '../../kubernetes/command.ts';
import { endpointsForPort } from '../../kubernetes/endpoints.ts';
import { reference } from '../../model/reference.ts';
import type { BackendTrace, ControllerTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { portEvidence } from '../shared/backend-reference.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const defaultBackendDown = defineRule({
  code: 'GD0306',
  name: 'default-backend-down',
  title: 'the default backend of the Ingress does not work',
  hop: 'ingress-rule',
  severity: 'medium',
  confidence: 'certain',
  explains: [],
  visits: 'route',
  needs: [],

  *check({ trace, route }) {
    if (route.field !== 'spec.defaultBackend') return;
    const backend = trace.backends.find(({ key }) => key === route.backendKey);
    const fault = backend === undefined ? undefined : faultOf(backend, trace.controller);
    if (backend === undefined || fault === undefined) return;
    const { namespace, serviceName } = backend;
    const isCatchAll = trace.routes.every(({ field }) => field === 'spec.defaultBackend');
    yield {
      object: reference('Service', namespace, serviceName),
      message: `${fault}: requests that no rule takes fail${isCatchAll ? ', and the Ingress has no other rule' : ''}`,
      evidence: [
        fieldEvidence(trace.reference, 'spec.defaultBackend.service.name', serviceName),
        ...portEvidence(trace, backend),
      ],
      fix: {
        summary: 'mend the Service, or let the default backend name another one',
        commands: [{ run: kubectl(namespace, 'get', 'services', '-o', 'wide'), effect: 'looks' }],
      },
    };
  },
});

/** What is wrong with the backend as a whole; why it is so is for the rules of the further path. */
function faultOf({ service, port, slices }: BackendTrace, { profile }: ControllerTrace): string | undefined {
  if (!service.ok) return undefined;
  if (service.value === undefined) return 'the default backend does not exist';
  if (port === undefined) return 'the default backend has no such port';
  if (service.value.spec?.type === 'ExternalName' || !slices.ok) return undefined;
  const endpoints = endpointsForPort(slices.value, port.port, profile.fallsBackToTargetPort(port.port));
  return endpoints.some(profile.usesEndpoint) ? undefined : 'the default backend has no ready endpoint';
}
