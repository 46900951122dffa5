import { kubectl } from '../../kubernetes/command.ts';
import { nameDistance } from '../../kubernetes/nearest.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Command, Evidence, Fix } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { backendService, nameEvidence, showPort } from '../shared/backend-reference.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const serviceInOtherNamespace = defineRule({
  code: 'GD2102',
  name: 'service-in-other-namespace',
  title: 'the backend Service exists in another namespace only',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  explains: ['service-missing'],
  visits: 'backend',
  needs: ['service', 'namesakes'],
  uses: ['services'],

  *check({ trace, backend, service, services, namesakes }) {
    const elsewhere = namesakes.filter(({ metadata }) => metadata?.namespace !== backend.namespace);
    const [first] = elsewhere;
    if (service !== undefined || first === undefined) return;
    // A name that is nearly right in the Ingress's own namespace is the better guess.
    const distances = (services ?? []).map(({ metadata }) =>
      nameDistance(backend.serviceName, metadata?.name ?? ''),
    );
    if (distances.some((distance) => distance !== undefined && distance <= 2)) return;

    const namespaces = elsewhere.map(({ metadata }) => metadata?.namespace ?? '');
    const found = elsewhere.slice(0, 5).map((each) => foundEvidence(each));
    const absent: Evidence = { object: backendService(backend), source: 'API server', value: 'not found' };
    yield {
      object: backendService(backend),
      message: `exists in namespace \`${namespaces.join('`, `')}\` only, and an Ingress reaches Services of its own namespace`,
      evidence: [absent, ...found, ...nameEvidence(trace, backend)],
      fix: fixOf(trace, backend, first),
      // With one copy per environment, that of this namespace may simply not be deployed yet.
      confidence: elsewhere.length === 1 ? 'certain' : 'likely',
    };
  },
});

function foundEvidence(service: Service): Evidence {
  return fieldEvidence(referenceTo(service), 'metadata.namespace', service.metadata?.namespace);
}

function fixOf({ controller }: IngressTrace, backend: BackendTrace, service: Service): Fix {
  const { name = '', namespace = '' } = service.metadata ?? {};
  const look: Command = { run: kubectl(namespace, 'get', 'service', name, '-o', 'wide'), effect: 'looks' };
  const move = `move the Ingress to namespace \`${namespace}\``;
  const settings = controller.serving?.settings ?? new Map<string, string>();
  const { number } = backend.portReference;
  if (number === undefined || !controller.profile.allowsExternalName(settings)) {
    return { summary: `${move}, or the Service to \`${backend.namespace}\``, commands: [look] };
  }
  const target = `${name}.${namespace}.svc.cluster.local`;
  const port = showPort(backend.portReference);
  const words = ['create', 'service', 'externalname', name, '--external-name', target, `--tcp=${port}`];
  return {
    summary: `${move}, or create a Service of type ExternalName here that leads there`,
    commands: [look, { run: kubectl(backend.namespace, ...words), effect: 'changes' }],
  };
}
