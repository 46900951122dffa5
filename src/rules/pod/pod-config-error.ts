import { kubectl } from '../../kubernetes/command.ts';
import { newestEvent } from '../../kubernetes/events.ts';
import { isPodTerminating, podContainers } from '../../kubernetes/pod.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { describePod, editOwner } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import { unreadySince } from '../shared/readiness-report.ts';

export const podConfigError = defineRule({
  code: 'GD4106',
  name: 'pod-config-error',
  title: 'the configuration of a container names something that does not exist or is not allowed',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events'],

  *check({ now, backend, pod, owner, events }) {
    if (isPodTerminating(pod)) return;
    for (const { name, status, statusField } of podContainers(pod)) {
      const waiting = status?.state?.waiting;
      if (waiting?.reason !== 'CreateContainerConfigError') continue;
      const event = newestEvent(events ?? [], 'Failed');
      const text = waiting.message ?? event?.message ?? '';
      const object = referenceTo(pod);
      const kind = /\b(configmap|secret)\b/i.exec(text)?.[1]?.toLowerCase();
      yield {
        object,
        message: `container \`${name}\` cannot be created: ${describe(text)}`,
        severity: missingPodSeverity(backend),
        ...unreadySince(pod, now),
        evidence: [
          fieldEvidence(object, `${statusField}.state.waiting.reason`, waiting.reason),
          ...(waiting.message === undefined
            ? []
            : [fieldEvidence(object, `${statusField}.state.waiting.message`, waiting.message)]),
          ...(event === undefined ? [] : [eventEvidence(object, event)]),
        ],
        fix: {
          summary:
            kind === undefined
              ? 'correct the configuration of the container'
              : 'create the object or the key, correct its name, or mark the reference as optional',
          commands: [
            kind === undefined
              ? describePod(pod)
              : { run: kubectl(pod.metadata?.namespace, 'get', `${kind}s`), effect: 'looks' },
            ...editOwner(owner),
          ],
        },
      };
    }
  },
});

/** The kubelet's words, the object in backticks. */
function describe(text: string): string {
  const missing = /\b(configmap|secret) "([^"]+)" not found/i.exec(text);
  if (missing !== null) return `${missing[1]?.toLowerCase()} \`${missing[2]}\` not found`;
  const key = /couldn't find key (\S+) in (ConfigMap|Secret) (\S+)/i.exec(text);
  if (key !== null) return `${key[2]} \`${key[3]}\` has no key \`${key[1]}\``;
  if (/runAsNonRoot/.test(text)) return 'it must not run as root, but its image does';
  return text === '' ? 'its configuration is wrong' : text.replace(/\s+/g, ' ').slice(0, 160);
}
