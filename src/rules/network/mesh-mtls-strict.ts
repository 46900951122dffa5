import { kubectl } from '../../kubernetes/command.ts';
import { type EffectiveMutualTls, isCaptured, isMeshed, mutualTlsOf } from '../../kubernetes/mesh.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import type { Command } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { eventLine, eventsOf } from '../shared/log-events.ts';
import { patchObject } from '../shared/patch.ts';
import { readyPods } from '../shared/service-pods.ts';
import { lastEventOn } from '../shared/upstream-attempts.ts';

export const meshMtlsStrict = defineRule({
  code: 'GD5110',
  name: 'mesh-mtls-strict',
  title: 'the Pods take mutual TLS only, and the controller is outside the mesh',
  hop: 'network',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'connection-reset',
  explains: ['pod-ready-but-refusing', 'app-log-errors'],
  visits: 'service',
  needs: ['pods'],
  uses: ['peerAuthentications', 'callers', 'controllerLogs'],

  *check({ now, trace, backend, pods, peerAuthentications, callers, controllerLogs }) {
    const servicePort = backend.port?.port;
    const ready = readyPods(pods);
    // Of Istio's own gateway, and of callers that are in the mesh, the Pods take mutual TLS.
    const isOutside = callers?.length !== 0 && callers?.some((pod) => !isMeshed(pod));
    if (servicePort === undefined || trace.controller.profile.product === 'istio') return;
    const meshed = ready.flatMap((pod) => {
      const port = resolveTargetPort(pod.pod, servicePort);
      return port !== undefined && isMeshed(pod.pod) && isCaptured(pod.pod, port) ? [{ pod, port }] : [];
    });
    if (meshed.length === 0) return;
    if (peerAuthentications === undefined) {
      if (isOutside !== false) yield { cannotTell: 'peerAuthentications' };
      return;
    }
    const strict = meshed.flatMap(({ pod, port }): readonly StrictPod[] => {
      const effective = mutualTlsOf(pod.pod, port, peerAuthentications);
      return effective?.mode === 'STRICT' ? [{ pod, port, effective }] : [];
    });
    const [first] = strict;
    if (first === undefined) return;
    if (callers === undefined) {
      yield { cannotTell: 'callers' };
      return;
    }
    const caller = callers.find((pod) => !isMeshed(pod));
    if (caller === undefined) return;

    const object = referenceTo(first.effective.policy);
    const events = eventsOf(trace, controllerLogs, now);
    const cut = strict
      .map(({ pod, port }) => lastEventOn(events, pod.pod, port, 'closed-early'))
      .find((line) => line !== undefined);
    yield {
      object,
      message: `asks for mutual TLS on port ${first.port} of the Pods, and ${trace.controller.profile.title} has no sidecar to speak it`,
      confidence: cut === undefined ? 'likely' : 'certain',
      partial: strict.length < ready.length,
      evidence: [
        fieldEvidence(object, modeField(first), first.effective.mode),
        fieldEvidence(first.pod.reference, 'spec.containers[istio-proxy]', 'present'),
        fieldEvidence(referenceTo(caller), 'spec.containers[istio-proxy]', 'absent'),
        ...(cut === undefined ? [] : [eventLine(cut)]),
      ],
      fix: {
        summary: `let port ${first.port} of these Pods take plain connections as well (mode PERMISSIVE in a PeerAuthentication that selects them), or give the controller a sidecar`,
        commands: [
          {
            run: kubectl(object.namespace, 'get', 'peerauthentication', object.name, '-o', 'yaml'),
            effect: 'looks',
          },
          ...allowPlain(first),
        ],
      },
    };
  },
});

interface StrictPod {
  readonly pod: PodTrace;
  readonly port: number;
  readonly effective: EffectiveMutualTls;
}

function modeField({ port, effective: { policy } }: StrictPod): string {
  return policy.spec?.portLevelMtls?.[port] === undefined
    ? 'spec.mtls.mode'
    : `spec.portLevelMtls.${port}.mode`;
}

/** A policy for all of a namespace or mesh is not to be opened for the sake of one backend. */
function allowPlain({ port, effective: { policy } }: StrictPod): readonly Command[] {
  if (policy.spec?.selector?.matchLabels === undefined) return [];
  const value = { ...policy.spec.portLevelMtls, [port]: { mode: 'PERMISSIVE' } };
  return [patchObject(referenceTo(policy), [{ op: 'add', field: 'spec.portLevelMtls', value }])];
}
