import { type Crash, podCrashes } from '../../kubernetes/crash.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import { decisiveError, lastLine } from '../../kubernetes/log-lines.ts';
import { isPodFinished, isPodTerminating, type PodContainer, podContainers } from '../../kubernetes/pod.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { crashEvidence } from '../shared/crash-report.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { editOwner, showLog } from '../shared/pod-commands.ts';
import { hasReadyPods, MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';

/** Seconds that an init container may run: while nothing else serves, and beside ready Pods. */
const PATIENCE = { alone: 10, besideReadyPods: 600 };

/** Kinds of crash that have a rule for init containers too. */
const OTHER_RULES: readonly (string | undefined)[] = ['out of memory', 'cannot start'];

export const podInitStuck = defineRule({
  code: 'GD4114',
  name: 'pod-init-stuck',
  title: 'an init container fails or does not end',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events', 'logs'],

  *check({ now, backend, pod, owner, events, logs }) {
    if (isPodTerminating(pod) || isPodFinished(pod)) return;
    const current = podContainers(pod).find(({ role, status }) => role === 'init' && !hasDone(status));
    if (current === undefined || podHasBegun(podContainers(pod))) return;
    const crash = podCrashes(pod, events ?? [], now).find(({ container }) => container.name === current.name);
    const object = referenceTo(pod);
    const { name, status, statusField } = current;
    const fix = {
      summary: 'mend what the init container does or waits for; its log tells',
      commands: [showLog(pod, name, isBetweenRuns(crash)), ...editOwner(owner)],
    };
    if (crash !== undefined) {
      if (OTHER_RULES.includes(crash.kind)) return;
      yield {
        object,
        message: `init container \`${name}\` fails with exit code ${crash.ended?.exitCode ?? 'unknown'}, so the app is not started`,
        severity: missingPodSeverity(backend),
        evidence: crashEvidence(crash, pod, logs),
        fix,
      };
      return;
    }
    const age = secondsSince(status?.state?.running?.startedAt, now);
    const patience = hasReadyPods(backend) ? PATIENCE.besideReadyPods : PATIENCE.alone;
    if (age === undefined || age < patience) return;
    const log = logs?.find(({ container, previous }) => container === name && !previous);
    const line = log === undefined ? undefined : (decisiveError(log.text)?.line ?? lastLine(log.text));
    yield {
      object,
      message: `init container \`${name}\` does not end, so the app is not started`,
      severity: missingPodSeverity(backend),
      evidence: [
        fieldEvidence(object, `${statusField}.state.running.startedAt`, status?.state?.running?.startedAt),
        ...(log === undefined || line === undefined ? [] : [logEvidence(object, log, line)]),
      ],
      fix,
    };
  },
});

function hasDone(status: PodContainer['status']): boolean {
  return status?.state?.terminated?.exitCode === 0;
}

/** Status of init containers may be gone or stale once the app has been started. */
function podHasBegun(containers: readonly PodContainer[]): boolean {
  return containers.some(
    ({ role, status }) => role === 'app' && (status?.state?.running || status?.lastState?.terminated),
  );
}

function isBetweenRuns(crash: Crash | undefined): boolean {
  return crash !== undefined && crash.container.status?.state?.terminated === undefined;
}
