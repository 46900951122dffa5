import {
  type DeclaredPort,
  declaredPorts,
  resolveTargetPort,
  servicePortField,
  showDeclaredPorts,
  targetPortOf,
} from '../../kubernetes/ports.ts';
import type { Service, ServicePort } from '../../kubernetes/types.ts';
import type { Fix } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';
import { editOwner } from '../shared/pod-commands.ts';
import { livePods, ownerKey, portMeant } from '../shared/service-pods.ts';

export const serviceTargetportNameMissing = defineRule({
  code: 'GD2104',
  name: 'service-targetport-name-missing',
  title: 'the Service targetPort is a name that no selected Pod declares',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  explains: ['endpoints-without-ports'],
  visits: 'service',
  needs: ['pods'],

  *check({ backend, service, pods }) {
    const port = backend.port?.port;
    if (port === undefined) return;
    const targetPort = targetPortOf(port);
    if (typeof targetPort !== 'string') return;

    const live = livePods(pods);
    const without = live.filter(({ pod }) => resolveTargetPort(pod, port) === undefined);
    const [example] = without;
    if (example === undefined) return;
    const declared = declaredPorts(example.pod.spec);
    const isNowhere = without.length === live.length;
    const owners = new Set(live.filter((each) => !without.includes(each)).map(ownerKey));
    // Pods of another workload that lack the name take no requests, which may well be meant.
    if (!isNowhere && !without.some((each) => owners.has(ownerKey(each)))) return;

    const object = referenceTo(service);
    yield {
      object,
      message: isNowhere
        ? `targetPort \`${targetPort}\` is not a port name of any selected Pod${otherProtocol(declared, port)}`
        : `targetPort \`${targetPort}\` is not a port name of some of the selected Pods, which get no requests`,
      evidence: [
        fieldEvidence(object, `${servicePortField(service, port)}.targetPort`, targetPort),
        fieldEvidence(example.reference, 'spec.containers[].ports', showDeclaredPorts(declared)),
      ],
      fix: fixOf(service, port, targetPort, example),
      ...(isNowhere ? {} : { severity: 'medium', symptom: 'reduced-capacity' }),
    };
  },
});

function otherProtocol(
  declared: readonly DeclaredPort[],
  { protocol = 'TCP', targetPort }: ServicePort,
): string {
  const namesake = declared.find(({ name }) => name === targetPort);
  return namesake === undefined ? '' : `: it is declared as ${namesake.protocol}, not ${protocol}`;
}

function fixOf(service: Service, port: ServicePort, targetPort: string, example: PodTrace): Fix {
  const meant = portMeant(targetPort, example.pod, port.protocol ?? 'TCP');
  if (meant === undefined) {
    return {
      summary: `name the container port \`${targetPort}\` in the Pod template, or set targetPort to the number on which the application listens`,
      commands: editOwner(example.owner),
    };
  }
  const field = `${servicePortField(service, port)}.targetPort`;
  return {
    summary: `set targetPort to \`${meant}\`, or name the container port \`${targetPort}\``,
    commands: [patchObject(referenceTo(service), [{ op: 'replace', field, value: meant }])],
  };
}
