import { secondsSince } from '../../kubernetes/duration.ts';
import { eventLastTime, newestEvent } from '../../kubernetes/events.ts';
import { findCondition, lastTermination, podContainers } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { editOwner } from '../shared/pod-commands.ts';
import { isShortOfPods, MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';

/** Seconds after which a Pod that was evicted is history, kept until its owner clears it away. */
const HISTORY = 3600;

export const podEvicted = defineRule({
  code: 'GD4124',
  name: 'pod-evicted',
  title: 'the Pod was evicted from its Node, and replacements are missing',
  hop: 'pod',
  severity: 'high',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events', 'node'],

  *check({ now, backend, pod, owner, events, node }) {
    if (pod.status?.phase !== 'Failed' || pod.status.reason !== 'Evicted') return;
    const event = newestEvent(events ?? [], 'Evicted');
    const age = evictionAge(pod, event, now);
    if ((age !== undefined && age > HISTORY) || !isShortOfPods(backend, owner)) return;
    const resource = /low on resource: (\S+?)[.,]?(?:\s|$)/.exec(pod.status.message ?? '')?.[1];
    const object = referenceTo(pod);
    const pressure: Evidence[] = (node?.status?.conditions ?? [])
      .filter(({ type = '', status }) => type.endsWith('Pressure') && status === 'True')
      .map(({ type = '', status }) =>
        fieldEvidence(
          { kind: 'Node', name: node?.metadata?.name ?? '' },
          `status.conditions[${type}].status`,
          status,
        ),
      );
    yield {
      object,
      message:
        resource === undefined
          ? 'it was evicted from its Node'
          : `it was evicted: its Node was low on \`${resource}\``,
      severity: missingPodSeverity(backend),
      evidence: [
        fieldEvidence(object, 'status.reason', pod.status.reason),
        ...(pod.status.message === undefined
          ? []
          : [fieldEvidence(object, 'status.message', pod.status.message)]),
        ...(event === undefined ? [] : [eventEvidence(object, event)]),
        ...pressure,
      ],
      fix: {
        summary: 'free the resource on the Node, or give the container requests and limits that fit it',
        commands: [
          ...(pod.spec?.nodeName === undefined
            ? []
            : [{ run: `kubectl describe node ${pod.spec.nodeName}`, effect: 'looks' } as const]),
          ...editOwner(owner),
        ],
      },
    };
  },
});

function evictionAge(pod: Pod, event: Event | undefined, now: Date): number | undefined {
  const ends = podContainers(pod).map(({ status }) => secondsSince(lastTermination(status)?.finishedAt, now));
  const disruption = findCondition(pod.status?.conditions, 'DisruptionTarget')?.lastTransitionTime;
  const evicted = event === undefined ? undefined : eventLastTime(event)?.toISOString();
  return [secondsSince(disruption, now), secondsSince(evicted, now), ...ends].find(
    (age) => age !== undefined,
  );
}
