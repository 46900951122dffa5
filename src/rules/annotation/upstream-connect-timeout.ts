import { kubectl } from '../../kubernetes/command.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { backendLimit, limitEvidence, waitEvidence } from '../shared/limits.ts';
import { upstreamsOf } from '../shared/log-events.ts';
import { backendEvents, failuresIn } from '../shared/log-share.ts';

export const upstreamConnectTimeout = defineRule({
  code: 'GD0502',
  name: 'upstream-connect-timeout',
  title: "the controller's connections to the Pods get no answer at all",
  hop: 'annotation',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'connect-timeout',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, slices, controllerLogs }) {
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    const failures = failuresIn(
      events,
      {
        tells: ({ pattern }) => pattern === 'connect-timeout',
        failed: ({ status, tries = [] }) => (status === 504 || status === 503) && tries.length > 0,
      },
      logSeconds,
    );
    if (failures === undefined) return;
    const limit = backendLimit(trace, 'connect-timeout', service);
    const silent = new Set(failures.lines.flatMap(({ tries = [] }) => tries.map(({ address }) => address)));
    const upstreams = [...upstreamsOf(backend, slices ?? [])];
    const isEvery = upstreams.length > 0 && upstreams.every((address) => silent.has(address));
    const object = referenceTo(service);
    const [first, ...rest] = failures.evidence;
    yield {
      object,
      message: `connections to ${isEvery ? 'every' : 'some'} endpoint time out: packets to it are dropped, not refused`,
      confidence: failures.lines.some(({ isExplicit }) => isExplicit) ? 'certain' : 'likely',
      evidence: [
        first,
        ...rest,
        ...limitEvidence(trace, limit, service),
        ...waitEvidence(trace, limit, service),
      ],
      ...failures.weight,
      // Without a line for each request the addresses tell whether there is another way.
      ...(isEvery && !events.some(({ isRequest }) => isRequest) ? { partial: false } : {}),
      fix: {
        summary:
          'find what drops the packets: a NetworkPolicy, the CNI plugin, a firewall between Nodes, a dead Node',
        commands: [
          { run: kubectl(object.namespace, 'get', 'networkpolicy'), effect: 'looks' },
          { run: kubectl(object.namespace, 'get', 'pods', '-o', 'wide'), effect: 'looks' },
        ],
      },
    };
  },
});
