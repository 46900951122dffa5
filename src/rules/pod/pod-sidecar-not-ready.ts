import { podCrashes } from '../../kubernetes/crash.ts';
import {
  isPodFinished,
  isPodTerminating,
  type PodContainer,
  podContainers,
  servingContainer,
} from '../../kubernetes/pod.ts';
import { describeProbe } from '../../kubernetes/probe.ts';
import { isOverdue, readinessEvent } from '../../kubernetes/readiness.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { showLog } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity, servedPort } from '../shared/pod-consequences.ts';
import { describeFailure, patience } from '../shared/readiness-report.ts';

export const podSidecarNotReady = defineRule({
  code: 'GD4121',
  name: 'pod-sidecar-not-ready',
  title: 'the app is ready, but a container beside it keeps the Pod out of service',
  hop: 'pod',
  severity: 'high',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events'],

  *check({ now, backend, pod, events }) {
    if (isPodTerminating(pod) || isPodFinished(pod)) return;
    const serving = servingContainer(pod, servedPort(backend));
    if (serving === undefined) return;
    const crashing = new Set(podCrashes(pod, events ?? [], now).map(({ container }) => container.name));
    for (const container of podContainers(pod)) {
      if (container.name === serving.name || container.role === 'init') continue;
      if (!blocks(container, serving) || crashing.has(container.name)) continue;
      const probe = container.spec.readinessProbe ?? container.spec.startupProbe;
      const event = readinessEvent(events ?? [], container);
      if (!isOverdue(container, now, event, patience(backend, probe ?? {}))) continue;
      const how =
        event === undefined || probe === undefined ? '' : ` ${describeFailure(event.message ?? '', probe)}`;
      const what = probe === undefined || how === '' ? '' : `: ${describeProbe(probe, container.spec)}${how}`;
      const object = referenceTo(pod);
      yield {
        object,
        message: `container \`${container.name}\` beside the app is not ready${what}`,
        severity: missingPodSeverity(backend),
        evidence: [
          fieldEvidence(object, `${container.statusField}.ready`, false),
          fieldEvidence(object, `${serving.statusField}.ready`, serving.status?.ready),
          ...(event === undefined ? [] : [eventEvidence(object, event)]),
        ],
        fix: {
          summary: `find out why ${container.name} is not ready; a mesh proxy waits for its control plane`,
          commands: [showLog(pod, container.name)],
        },
      };
    }
  },
});

/** A container beside a ready app, or a sidecar that has to be up before the app is started. */
function blocks({ role, status }: PodContainer, serving: PodContainer): boolean {
  if (status?.state?.running === undefined || status.ready !== false) return false;
  const isAppReady = serving.status?.ready === true;
  return isAppReady || (role === 'sidecar' && status.started === false && !serving.status?.state?.running);
}
