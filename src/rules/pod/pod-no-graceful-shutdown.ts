import { timeOf } from '../../kubernetes/duration.ts';
import { servingContainer } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { UpstreamTry } from '../../model/log-event.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { eventLine, eventsOf, isNamed, type SeenEvent, upstreamsOf } from '../shared/log-events.ts';
import { editOwner } from '../shared/pod-commands.ts';
import { servedPort } from '../shared/pod-consequences.ts';
import { readyPods } from '../shared/service-pods.ts';

/** Milliseconds around the start of a new Pod in which the old one goes. */
const AROUND = 120_000;

export const podNoGracefulShutdown = defineRule({
  code: 'GD4151',
  name: 'pod-no-graceful-shutdown',
  title: 'Pods that are replaced still get requests, and nothing delays their end',
  hop: 'pod',
  severity: 'low',
  confidence: 'suspect',
  symptom: 'connection-refused',
  explains: [],
  visits: 'service',
  needs: ['pods', 'slices'],
  uses: ['controllerLogs'],

  *check({ now, trace, backend, pods, slices, controllerLogs }) {
    const [example] = readyPods(pods);
    const serving = example === undefined ? undefined : servingContainer(example.pod, servedPort(backend));
    if (example === undefined || serving === undefined || serving.spec.lifecycle?.preStop !== undefined)
      return;
    const upstreams = upstreamsOf(backend, slices);
    const lost = eventsOf(trace, controllerLogs, now).flatMap((event) => {
      if (event.backend === undefined || !isNamed(event.backend, backend)) return [];
      const failed = (event.tries ?? []).find((each) => isLost(each, event) && !upstreams.has(each.address));
      const starter = failed === undefined ? undefined : startedAround(event, pods);
      return starter === undefined ? [] : [{ event, starter }];
    });
    const newest = lost.at(-1);
    if (newest === undefined) return;
    const { starter } = newest;
    const workload = valueOr(backend.workloads, []).find(
      ({ reference }) => reference.name === example.owner?.name,
    );
    yield {
      object: example.owner ?? referenceTo(example.pod),
      message:
        'while its Pods were replaced, requests went to Pods that had already ended; nothing delays the end until proxies know of it',
      partial: true,
      evidence: [
        eventLine(newest.event),
        fieldEvidence(
          starter.reference,
          'metadata.creationTimestamp',
          starter.pod.metadata?.creationTimestamp,
        ),
        fieldEvidence(example.reference, `${serving.specField}.lifecycle.preStop`, undefined),
        fieldEvidence(example.reference, 'spec.terminationGracePeriodSeconds', graceOf(example.pod)),
      ],
      fix: {
        summary: `give container \`${serving.name}\` a preStop hook that sleeps 5 to 15 seconds, with a longer terminationGracePeriodSeconds`,
        commands: editOwner(workload?.reference ?? example.owner),
      },
    };
  },
});

/** A try that came to nothing: nginx logs it as its own 502 or 504 without a body. */
function isLost({ status, bytes }: UpstreamTry, { pattern }: SeenEvent): boolean {
  const isOwn = (status === 502 || status === 504) && bytes === 0;
  return isOwn || pattern === 'connection-refused' || pattern === 'closed-early';
}

/** The Pod that began just then: Pods come and go together in a rollout. */
function startedAround({ time }: SeenEvent, pods: readonly PodTrace[]): PodTrace | undefined {
  return pods.find(({ pod }) => {
    const started = timeOf(pod.metadata?.creationTimestamp);
    return (
      started !== undefined && time !== undefined && Math.abs(time.getTime() - started.getTime()) <= AROUND
    );
  });
}

function graceOf({ spec }: Pod): number {
  return spec?.terminationGracePeriodSeconds ?? 30;
}
