import type { Pod } from '../../kubernetes/pod-types.ts';
import {
  type DeclaredPort,
  declaredPorts,
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
import { eventLine, eventsOf } from '../shared/log-events.ts';
import { patchObject } from '../shared/patch.ts';
import { isAuxiliaryPort, isProbed, ownerKey, portMeant, readyPods } from '../shared/service-pods.ts';
import { attemptsOn, lastEventOn } from '../shared/upstream-attempts.ts';

export const serviceTargetportUndeclared = defineRule({
  code: 'GD2106',
  name: 'service-targetport-undeclared',
  title: 'the Service targetPort is a number that the selected Pods do not declare',
  hop: 'service',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'connection-refused',
  explains: ['pod-ready-but-refusing'],
  visits: 'service',
  needs: ['pods'],
  uses: ['controllerLogs'],

  *check({ now, trace, backend, service, pods, controllerLogs }) {
    const port = backend.port?.port;
    if (port === undefined) return;
    const targetPort = targetPortOf(port);
    if (typeof targetPort !== 'number') return;

    const ready = readyPods(pods);
    const suspects = ready.filter(({ pod }) => isUndeclared(pod, targetPort));
    const [example] = suspects;
    if (example === undefined) return;
    // Where another workload declares the port, the selector is what is wrong.
    const declaring = ready.filter((each) => declares(each.pod, targetPort)).map(ownerKey);
    if (declaring.some((owner) => owner !== ownerKey(example))) return;
    // A port that is not declared may be served all the same, and the controller's log can prove it.
    const isAnswered = suspects.some(({ pod }) =>
      (controllerLogs ?? []).some((log) =>
        attemptsOn(trace, log, now, pod, targetPort).some(({ outcome }) => outcome === 'answered'),
      ),
    );
    if (isAnswered) return;

    const isDoubtful = suspects.every(({ pod }) => declaredPorts(pod.spec).every(isAuxiliary));
    const events = eventsOf(trace, controllerLogs, now);
    const refused = suspects
      .map(({ pod }) => lastEventOn(events, pod, targetPort, 'connection-refused'))
      .find((event) => event?.isExplicit === true);
    const object = referenceTo(service);
    const declared = declaredPorts(example.pod.spec);
    yield {
      object,
      message: `targetPort ${targetPort} is not among the ports that the selected Pods declare: ${showDeclaredPorts(declared)}`,
      evidence: [
        fieldEvidence(object, `${servicePortField(service, port)}.targetPort`, targetPort),
        fieldEvidence(example.reference, 'spec.containers[].ports', showDeclaredPorts(declared)),
        ...(refused === undefined ? [] : [eventLine(refused)]),
      ],
      fix: fixOf(service, port, targetPort, example),
      partial: suspects.length < ready.length,
      ...(refused !== undefined
        ? { confidence: 'certain' }
        : isDoubtful
          ? { confidence: 'suspect', severity: 'info' }
          : {}),
    };
  },
});

function isUndeclared(pod: Pod, port: number): boolean {
  // A Pod that declares nothing says nothing; a probe that passes on the port proves that something listens.
  return declaredPorts(pod.spec).length > 0 && !declares(pod, port) && !isProbed(pod, port);
}

function declares(pod: Pod, port: number): boolean {
  return declaredPorts(pod.spec).some(({ number, protocol }) => number === port && protocol === 'TCP');
}

/** A Pod that declares only ports for metrics and the like may leave the main one out. */
function isAuxiliary(port: DeclaredPort): boolean {
  return isAuxiliaryPort(port) || port.protocol !== 'TCP';
}

function fixOf(service: Service, port: ServicePort, targetPort: number, example: PodTrace): Fix {
  const meant = portMeant(targetPort, example.pod, port.protocol ?? 'TCP');
  const field = `${servicePortField(service, port)}.targetPort`;
  if (meant === undefined) {
    return { summary: 'set targetPort to the port on which the application listens', commands: [] };
  }
  return {
    summary: `set targetPort to \`${meant}\` if the application listens there`,
    commands: [patchObject(referenceTo(service), [{ op: 'replace', field, value: meant }])],
  };
}
