import { showDuration } from '../../kubernetes/duration.ts';
import { defineRule } from '../rule.ts';
import { annotate } from '../shared/annotations.ts';
import { backendLimit, limitEvidence, limitPlace, limitSeconds } from '../shared/limits.ts';
import { eventLine, podOf, type SeenEvent } from '../shared/log-events.ts';
import { backendEvents } from '../shared/log-share.ts';

/** One connection may end at that moment by chance. */
const SEVERAL = 2;

export const websocketIdleCut = defineRule({
  code: 'GD0510',
  name: 'websocket-idle-cut',
  title: 'open connections (WebSockets, event streams) are cut when nothing is sent for a while',
  hop: 'annotation',
  severity: 'low',
  confidence: 'likely',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, slices, controllerLogs }) {
    const limit = backendLimit(trace, 'read-timeout', service);
    const seconds = limitSeconds(limit);
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    const cut = events.filter((event) => isIdleCut(event, seconds));
    const newest = cut.at(-1);
    if (newest === undefined || cut.length < SEVERAL) return;
    const isNginx = trace.controller.profile.product === 'ingress-nginx';
    yield {
      object: trace.reference,
      message: `open connections to Service \`${backend.serviceName}\` are cut ${seconds === undefined ? 'when they are idle' : `after ${seconds}s without data`}`,
      evidence: [
        eventLine(newest),
        {
          object: podOf(newest.log),
          source: `connections cut in the log of the last ${showDuration(logSeconds)}`,
          value: `${cut.length}`,
        },
        ...limitEvidence(trace, limit, service),
      ],
      fix: {
        summary: `let either side send something before that time (pings), or raise ${limitPlace(limit)}`,
        commands: isNginx
          ? [annotate(trace.reference, 'nginx.ingress.kubernetes.io/proxy-read-timeout', '3600')]
          : [],
      },
    };
  },
});

/** An upgraded connection that lasted just as long as nothing may come, or a line that says so. */
function isIdleCut({ pattern, status, seconds }: SeenEvent, limit: number | undefined): boolean {
  if (pattern === 'stream-timeout') return true;
  if (status !== 101 || seconds === undefined || limit === undefined) return false;
  return seconds >= limit - 0.5 && seconds <= limit + 1.5;
}
