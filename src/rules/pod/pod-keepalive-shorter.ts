import { secondsSince, showDuration } from '../../kubernetes/duration.ts';
import {
  isPodReady,
  isPodTerminating,
  lastTermination,
  podAddresses,
  podContainers,
} from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { backendLimit, limitEvidence } from '../shared/limits.ts';
import { eventLine, upstream } from '../shared/log-events.ts';
import { backendEvents } from '../shared/log-share.ts';
import { editOwner } from '../shared/pod-commands.ts';

/** A single reset may have any reason. */
const SEVERAL = 2;
/** Above this share of its requests it is not a race between two timers. */
const OFTEN = 0.1;

export const podKeepaliveShorter = defineRule({
  code: 'GD4150',
  name: 'pod-keepalive-shorter',
  title: 'now and then the application closes a connection that the controller is about to use again',
  hop: 'pod',
  severity: 'low',
  confidence: 'suspect',
  symptom: 'connection-reset',
  explains: [],
  visits: 'pod',
  needs: [],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, pod, owner, slices, controllerLogs }) {
    const port = backend.port === undefined ? undefined : resolveTargetPort(pod, backend.port.port);
    if (port === undefined || !isPodReady(pod) || isPodTerminating(pod)) return;
    if (hasEndedLately(pod, now, logSeconds)) return;
    const own = new Set(podAddresses(pod).map((address) => upstream(address, port)));
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs }).filter(
      ({ tries = [] }) => tries.some(({ address }) => own.has(address)),
    );
    const closed = events.filter(({ pattern }) => pattern === 'closed-early');
    const requests = events.filter(({ isRequest }) => isRequest);
    const newest = closed.at(-1);
    // Without the other requests nobody knows whether it happens now and then or always.
    if (newest === undefined || closed.length < SEVERAL || closed.length / requests.length >= OFTEN) return;
    const limit = backendLimit(trace, 'keep-alive', service);
    yield {
      object: referenceTo(pod),
      message: 'it closes some connections just as the controller sends the next request over them',
      partial: true,
      evidence: [
        eventLine(newest),
        {
          object: referenceTo(pod),
          source: `requests that it cut off in the last ${showDuration(logSeconds)}`,
          value: `${closed.length} of ${requests.length}`,
        },
        ...limitEvidence(trace, limit, service),
      ],
      fix: {
        summary: `let the application keep idle connections open for longer than the controller${limit === undefined ? '' : ` (\`${limit.name}\` is ${limit.value})`}: Node.js closes them after 5s, gunicorn after 2s`,
        commands: editOwner(owner),
      },
    };
  },
});

/** A container that ended cut its connections off for another reason. */
function hasEndedLately(pod: Pod, now: Date, seconds: number): boolean {
  return podContainers(pod).some(({ role, status }) => {
    const age = secondsSince(lastTermination(status)?.finishedAt, now);
    return role !== 'init' && age !== undefined && age <= seconds;
  });
}
