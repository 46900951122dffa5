import { endpointsForPort } from '../../kubernetes/endpoints.ts';
import { isPodReady, isPodStarting, servingContainer } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { targetPortOf } from '../../kubernetes/ports.ts';
import type { Event, ServicePort } from '../../kubernetes/types.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { Symptom } from '../../model/symptom.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';

export const publishNotReady = defineRule({
  code: 'GD2113',
  name: 'publish-not-ready',
  title: 'publishNotReadyAddresses sends requests to Pods that are not ready',
  hop: 'service',
  severity: 'high',
  confidence: 'likely',
  symptom: 'connection-refused',
  explains: [],
  visits: 'service',
  needs: ['slices', 'pods'],

  *check({ now, trace, backend, service, slices, pods }) {
    const port = backend.port?.port;
    if (service.spec?.publishNotReadyAddresses !== true || port === undefined) return;
    const { profile } = trace.controller;
    const used = endpointsForPort(slices, port, profile.fallsBackToTargetPort(port)).filter((endpoint) =>
      profile.usesEndpoint(endpoint),
    );
    const unready = used.flatMap(({ targetRef }) => {
      const found = pods.find(({ reference }) => reference.name === targetRef?.name);
      return found === undefined || isPodReady(found.pod) ? [] : found;
    });
    const [example] = unready;
    if (example === undefined) return;

    const object = referenceTo(service);
    const isStarting = unready.every(({ pod }) => isPodStarting(pod, now));
    yield {
      object,
      message: 'publishes Pods that are not ready, and the controller sends them requests',
      evidence: [
        fieldEvidence(object, 'spec.publishNotReadyAddresses', true),
        ...unready
          .slice(0, 3)
          .map(({ reference }) => fieldEvidence(reference, 'status.conditions[Ready].status', 'False')),
      ],
      fix: {
        summary: `publish ready Pods only; where peers must find each other before that, give them a Service of their own`,
        commands: [
          patchObject(object, [{ op: 'replace', field: 'spec.publishNotReadyAddresses', value: false }]),
        ],
      },
      symptom: symptomOf(example, port),
      partial: unready.length < used.length,
      // Pods that merely start will be fine in a moment.
      ...(isStarting ? { severity: 'info', confidence: 'suspect' } : {}),
    };
  },
});

/** A container that runs but fails its probe with an HTTP status answers requests, too, in its own way. */
function symptomOf({ pod, events }: PodTrace, port: ServicePort): Symptom {
  return isRunning(pod, port) && valueOr(events, []).some(isBadStatus)
    ? 'application-error'
    : 'connection-refused';
}

function isRunning(pod: Pod, port: ServicePort): boolean {
  return servingContainer(pod, targetPortOf(port))?.status?.state?.running !== undefined;
}

function isBadStatus({ reason, message = '' }: Event): boolean {
  return reason === 'Unhealthy' && /Readiness probe failed: HTTP probe failed with statuscode/.test(message);
}
