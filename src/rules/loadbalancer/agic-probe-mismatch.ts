import { kubectl } from '../../kubernetes/command.ts';
import { isPodReady, servingContainer } from '../../kubernetes/pod.ts';
import type { Container, Pod } from '../../kubernetes/pod-types.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import { probePort } from '../../kubernetes/probe.ts';
import type { Ingress, ServicePort } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { servedPort } from '../shared/pod-consequences.ts';

export const agicProbeMismatch = defineRule({
  code: 'GD0220',
  name: 'agic-probe-mismatch',
  title: "Application Gateway's health probe is not taken from the application's own",
  hop: 'loadbalancer',
  severity: 'info',
  confidence: 'suspect',
  symptom: 'targets-unhealthy',
  explains: [],
  visits: 'service',
  needs: ['pods'],

  *check({ trace, ingress, backend, service, pods }) {
    if (trace.controller.profile.product !== 'agic' || probeSettings(ingress).length > 0) return;
    const port = backend.port?.port;
    const pod = pods.find((each) => isPodReady(each.pod))?.pod;
    if (port === undefined || pod === undefined) return;
    const container = servingContainer(pod, servedPort(backend));
    if (container === undefined || hasProbe(pod, container.spec, port)) return;
    const object = referenceTo(service);
    const path = trace.routes.find(({ backendKey }) => backendKey === backend.key)?.path ?? '/';
    yield {
      object,
      message: `its Pods have no httpGet probe on the port: Application Gateway asks for \`${path}\` with host \`localhost\` instead, and takes Pods out that do not answer with 200 to 399`,
      evidence: [
        fieldEvidence(referenceTo(pod), `${container.specField}.readinessProbe.httpGet`, undefined),
        fieldEvidence(trace.reference, `metadata.annotations[${PREFIX}path]`, undefined),
      ],
      fix: {
        summary:
          'give the container an httpGet readiness probe on the port of the Service, or name a path that it answers in the annotation health-probe-path',
        commands: [{ run: kubectl(object.namespace, 'describe', 'service', object.name), effect: 'looks' }],
      },
    };
  },
});

const PREFIX = 'appgw.ingress.kubernetes.io/health-probe-';

function probeSettings({ metadata }: Ingress): readonly string[] {
  return Object.keys(metadata?.annotations ?? {}).filter(
    (name) => name === `${PREFIX}path` || name === `${PREFIX}hostname` || name === `${PREFIX}port`,
  );
}

/** The controller takes the readiness probe, else the liveness probe, where it asks by HTTP on the Service's port. */
function hasProbe(pod: Pod, container: Container, port: ServicePort): boolean {
  const wanted = resolveTargetPort(pod, port);
  return [container.readinessProbe, container.livenessProbe].some(
    (probe) => probe?.httpGet !== undefined && probePort(probe, container) === wanted,
  );
}
