import { kubectl } from '../../kubernetes/command.ts';
import { nearest } from '../../kubernetes/nearest.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Evidence, Fix } from '../../model/finding.ts';
import type { BackendTrace, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { backendFields, backendService, confidenceFor, nameEvidence } from '../shared/backend-reference.ts';
import { patchObject } from '../shared/patch.ts';

export const serviceMissing = defineRule({
  code: 'GD2101',
  name: 'service-missing',
  title: 'the backend Service does not exist',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'service-missing',
  explains: ['agic-backend-empty', 'aws-failed-build-model', 'gke-translate-error'],
  visits: 'backend',
  needs: ['service'],
  uses: ['services'],

  *check({ trace, backend, service, services }) {
    if (service !== undefined) return;
    const object = backendService(backend);
    const near = nearest(backend.serviceName, namesOf(services ?? []));
    const meant = near === undefined ? '' : `; Service \`${near}\` does`;
    const absent: Evidence = { object, source: 'API server', value: 'not found' };
    yield {
      object,
      message: `does not exist${meant}`,
      evidence: [absent, ...nameEvidence(trace, backend), ...servicesEvidence(services, backend)],
      fix: fixOf(trace, backend, near),
      confidence: confidenceFor(trace),
    };
  },
});

function namesOf(services: readonly Service[]): readonly string[] {
  return services.map(({ metadata }) => metadata?.name ?? '').filter((name) => name !== '');
}

function servicesEvidence(
  services: readonly Service[] | undefined,
  { namespace }: BackendTrace,
): readonly Evidence[] {
  if (services === undefined) return [];
  const value = namesOf(services).slice(0, 10).join(', ') || 'none';
  return [{ object: { kind: 'Namespace', name: namespace }, source: 'Services', value }];
}

function fixOf(trace: IngressTrace, backend: BackendTrace, near: string | undefined): Fix {
  const { namespace, serviceName } = backend;
  const look = { run: kubectl(namespace, 'get', 'services'), effect: 'looks' } as const;
  if (near === undefined) {
    return {
      summary: `create Service \`${serviceName}\`, or name an existing one in the Ingress`,
      commands: [look],
    };
  }
  const operations = backendFields(trace, backend).map(
    (field) => ({ op: 'replace', field: `${field}.name`, value: near }) as const,
  );
  return {
    summary: `create Service \`${serviceName}\`, or send the Ingress to \`${near}\` if that is meant`,
    commands: [look, patchObject(trace.reference, operations)],
  };
}
