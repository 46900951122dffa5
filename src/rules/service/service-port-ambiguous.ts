import { findDeclaredPort } from '../../controllers/ports.ts';
import {
  declaredPorts,
  resolveTargetPort,
  servicePortField,
  showServicePort,
  targetPortOf,
} from '../../kubernetes/ports.ts';
import type { ServicePort } from '../../kubernetes/types.ts';
import type { Confidence, Severity } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { Symptom } from '../../model/symptom.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { backendFields, portEvidence, portsEvidence, showPort } from '../shared/backend-reference.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';
import { isAuxiliaryPort, readyPods } from '../shared/service-pods.ts';

export const servicePortAmbiguous = defineRule({
  code: 'GD2120',
  name: 'service-port-ambiguous',
  title:
    "the Ingress port is one Service port's own and the targetPort of another, which the controller takes",
  hop: 'service',
  severity: 'info',
  confidence: 'certain',
  symptom: 'wrong-backend',
  explains: ['service-targetport-undeclared', 'service-targetport-name-missing', 'endpoints-without-ports'],
  visits: 'service',
  needs: [],
  uses: ['pods'],

  *check({ trace, backend, service, pods }) {
    const taken = backend.port;
    const own = findDeclaredPort(service, backend.portReference)?.port;
    if (taken?.by !== 'targetPort' || own === undefined) return;
    // Both lead to the same port of the Pods.
    if (`${targetPortOf(own)}` === `${targetPortOf(taken.port)}`) return;

    const object = referenceTo(service);
    const wanted = showPort(backend.portReference);
    yield {
      object: trace.reference,
      message: `port \`${wanted}\` is port ${showServicePort(own)} of Service \`${object.name}\`, but ${trace.controller.profile.title} takes port ${showServicePort(taken.port)}, whose targetPort it is too`,
      evidence: [
        fieldEvidence(
          object,
          `${servicePortField(service, taken.port)}.targetPort`,
          targetPortOf(taken.port),
        ),
        fieldEvidence(object, `${servicePortField(service, own)}.port`, own.port),
        portsEvidence(service),
        ...portEvidence(trace, backend),
      ],
      fix: {
        summary: 'name the port that is meant by its name in the Ingress',
        commands: [
          patchObject(
            trace.reference,
            backendFields(trace, backend).map((field) => ({
              op: 'replace',
              field: `${field}.port`,
              value: { name: own.name },
            })),
          ),
        ],
      },
      ...weightOf(readyPods(pods ?? []), taken.port, own),
    };
  },
});

/**
 * Either port may be the one that is meant: many people write a container's port into an Ingress. It is taken for a
 * fault only where the Pods tell that the other one serves users.
 */
function weightOf(
  pods: readonly PodTrace[],
  taken: ServicePort,
  own: ServicePort,
): {
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly symptom?: Symptom | null;
} {
  const [takenPort, ownPort] = [taken, own].map((port) => declaredBy(pods, port));
  const isForOthers =
    [takenPort, taken].some((port) => isAuxiliary(port)) && ![ownPort, own].some(isAuxiliary);
  if (isForOthers) return { severity: 'high', confidence: 'likely' };
  const isClosed = pods.length > 0 && takenPort === undefined && ownPort !== undefined;
  if (isClosed) return { severity: 'high', confidence: 'likely', symptom: 'connection-refused' };
  return { symptom: null };
}

/** The port of the Pods, as the first that declares it does, at which requests to a Service port arrive. */
function declaredBy(pods: readonly PodTrace[], port: ServicePort) {
  return pods
    .flatMap(({ pod }) =>
      declaredPorts(pod.spec).filter(({ number }) => number === resolveTargetPort(pod, port)),
    )
    .at(0);
}

function isAuxiliary(port: { readonly name?: string } | undefined): boolean {
  return port?.name !== undefined && isAuxiliaryPort({ ...port, name: port.name });
}
