import { kubectl } from '../../kubernetes/command.ts';
import { timeOf } from '../../kubernetes/duration.ts';
import { podContainers } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { defineRule } from '../rule.ts';
import { controllerLog } from '../shared/annotations.ts';
import { eventLine, eventsOf, podOf, type SeenEvent } from '../shared/log-events.ts';

/** Seconds after which a failure that is not repeated is over: it is tried again every few seconds. */
const REPEATED = 180;
/** Milliseconds in which the proxy may not listen yet. */
const START = 60_000;
/** Tries that fail in a row; one or two are made good by the next. */
const SEVERAL = 5;

export const controllerDynamicSyncFailing = defineRule({
  code: 'GD0151',
  name: 'controller-dynamic-sync-failing',
  title: 'the controller cannot tell its proxy the endpoints, which goes on with old ones',
  hop: 'class',
  severity: 'high',
  confidence: 'likely',
  symptom: 'stale-configuration',
  explains: [],
  visits: 'controller',
  needs: [],
  uses: ['logs', 'pods'],

  *check({ now, trace, instance, logs, pods = [] }) {
    for (const log of logs ?? []) {
      const since = startOf(pods.find(({ metadata }) => metadata?.name === log.pod));
      const failures = failuresSinceSuccess(eventsOf(trace, [log], now)).filter(
        ({ time }) => time !== undefined && time.getTime() >= since + START,
      );
      const last = failures.at(-1);
      const age = last?.time === undefined ? REPEATED : (now.getTime() - last.time.getTime()) / 1000;
      if (last === undefined || age >= REPEATED) continue;
      const isGivenUp = failures.some(({ line }) => GIVEN_UP.test(line));
      if (!isGivenUp && failures.length < SEVERAL) continue;
      yield {
        object: podOf(log),
        message:
          'its proxy is not told which Pods there are now, and goes on sending requests to those that it knew',
        confidence: isGivenUp ? 'certain' : 'likely',
        evidence: [
          eventLine(last),
          { object: podOf(log), source: 'such lines since it last succeeded', value: `${failures.length}` },
        ],
        fix: {
          summary: 'give the controller more CPU and memory, and restart its Pod',
          commands: [
            ...controllerLog(instance),
            { run: kubectl(log.namespace, 'delete', 'pod', log.pod), effect: 'changes' },
          ],
        },
      };
      return;
    }
  },
});

const GIVEN_UP = /Unexpected failure reconfiguring|could not parse backends data/i;

function failuresSinceSuccess(events: readonly SeenEvent[]): readonly SeenEvent[] {
  const done = events.findLastIndex(({ pattern }) => pattern === 'sync-done');
  return events.slice(done + 1).filter(({ pattern }) => pattern === 'sync-failed');
}

/** When the last of its containers was started; long ago where that is not known. */
function startOf(pod: Pod | undefined): number {
  const starts = pod === undefined ? [] : podContainers(pod);
  return Math.max(
    0,
    ...starts.map(({ status }) => timeOf(status?.state?.running?.startedAt)?.getTime() ?? 0),
  );
}
