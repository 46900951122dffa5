import { type Crash, podCrashes } from '../../kubernetes/crash.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Event } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import type { ContainerLog } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { isDown } from '../shared/controller-pods.ts';
import { crashEvidence, crashLog } from '../shared/crash-report.ts';
import { describePod, showLog } from '../shared/pod-commands.ts';

export const controllerCrashlooping = defineRule({
  code: 'GD0108',
  name: 'controller-crashlooping',
  title: 'a container of the ingress controller ends again and again',
  hop: 'class',
  severity: 'critical',
  confidence: 'certain',
  explains: ['controller-not-ready', 'ingress-status-empty', 'admission-webhook-unreachable'],
  visits: 'controller',
  needs: ['pods'],
  uses: ['controlPods', 'events', 'logs'],

  *check({ now, instance, pods, controlPods, events, logs }) {
    const all = [...pods, ...(controlPods ?? [])];
    for (const { pod, crash, count } of crashesOf(all, events ?? [], now)) {
      const ownLogs = logsOf(pod, logs);
      const line = crashLog(crash, ownLogs)?.line;
      const isOfProxy = pods.includes(pod);
      yield {
        object: referenceTo(pod),
        message: `container \`${crash.container.name}\` of the controller ${END[crash.kind]}${count > 1 ? `, in ${count} Pods` : ''}`,
        evidence: crashEvidence(crash, pod, ownLogs),
        severity: isOfProxy && isDown(instance.proxies, pods) ? 'critical' : 'medium',
        fix: {
          summary:
            line === undefined
              ? 'read the log of the run that ended, and mend what it names: an argument, permissions, a port, memory'
              : 'mend what the last lines of the log name: an argument, permissions, a port, memory',
          commands: [
            showLog(pod, crash.container.name, crash.container.status?.state?.terminated === undefined),
            describePod(pod),
          ],
        },
      };
    }
  },
});

const END: Readonly<Record<Crash['kind'], string>> = {
  'out of memory': 'is killed for memory',
  'liveness probe': 'is restarted by its liveness probe',
  'startup probe': 'is restarted by its startup probe',
  'cannot start': 'cannot be started',
  'exits with 0': 'ends without an error, again and again',
  killed: 'is killed again and again',
  stopped: 'is stopped again and again',
  'ended by a signal': 'is ended by a fault of its program, again and again',
  'exits with an error': 'ends with an error again and again',
};

interface ControllerCrash {
  readonly pod: Pod;
  readonly crash: Crash;
  /** In how many Pods the same container ends in the same way. */
  readonly count: number;
}

/** One crash for each container and kind: the Pods of a controller are alike. */
function crashesOf(pods: readonly Pod[], events: readonly Event[], now: Date): readonly ControllerCrash[] {
  const found = new Map<string, ControllerCrash>();
  for (const pod of pods) {
    const about = events.filter(({ involvedObject }) => involvedObject?.name === pod.metadata?.name);
    for (const crash of podCrashes(pod, about, now)) {
      const key = `${crash.container.name} ${crash.kind}`;
      const known = found.get(key);
      found.set(key, known === undefined ? { pod, crash, count: 1 } : { ...known, count: known.count + 1 });
    }
  }
  return [...found.values()];
}

function logsOf(
  { metadata }: Pod,
  logs: readonly ContainerLog[] | undefined,
): readonly ContainerLog[] | undefined {
  return logs?.filter(({ pod }) => pod === metadata?.name);
}
