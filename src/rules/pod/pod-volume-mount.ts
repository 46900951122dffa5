import { kubectl } from '../../kubernetes/command.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import { eventLastTime, eventsWithReason } from '../../kubernetes/events.ts';
import { isPodFinished, isPodTerminating, podContainers } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Event } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { describePod, editOwner } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';

/** Seconds in which a mount that fails at first may still be a matter of start-up order. */
const START = 30;
/** Seconds between two tries of the kubelet at most, doubled. */
const RETRY = 300;

export const podVolumeMount = defineRule({
  code: 'GD4108',
  name: 'pod-volume-mount',
  title: 'a volume of the Pod cannot be mounted',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: ['events'],

  *check({ now, backend, pod, owner, events }) {
    if (isPodTerminating(pod) || isPodFinished(pod) || !isWaitingForVolumes(pod)) return;
    const failures = eventsWithReason(events, 'FailedMount', 'FailedAttachVolume').filter((event) => {
      const last = eventLastTime(event);
      return last === undefined || now.getTime() - last.getTime() <= RETRY * 1000;
    });
    const event = failures.find(({ message }) => !/unmounted volumes=/i.test(message ?? '')) ?? failures[0];
    if (event === undefined) return;
    const object = referenceTo(pod);
    const missing = missingObject(event);
    const isYoung = (secondsSince(pod.metadata?.creationTimestamp, now) ?? START) < START;
    if (missing === undefined && isYoung) return;
    yield {
      object,
      message: describe(event),
      severity: missingPodSeverity(backend),
      evidence: [eventEvidence(object, event), fieldEvidence(object, 'status.phase', pod.status?.phase)],
      fix: {
        summary:
          missing === undefined
            ? 'mend what the message names: the storage, its driver, or the Pod that still holds the volume'
            : 'create the object, correct its name, or mark the volume as optional',
        commands: [
          missing === undefined
            ? describePod(pod)
            : {
                run: kubectl(pod.metadata?.namespace, 'get', `${missing.kind.toLowerCase()}s`),
                effect: 'looks',
              },
          ...editOwner(owner),
        ],
      },
    };
  },
});

/** Volumes are mounted before the first container starts. */
function isWaitingForVolumes(pod: Pod): boolean {
  if (pod.spec?.nodeName === undefined) return false;
  return podContainers(pod).every(({ status }) => {
    const reason = status?.state?.waiting?.reason;
    return status?.state === undefined || reason === 'ContainerCreating' || reason === 'PodInitializing';
  });
}

function missingObject({
  message = '',
}: Event): { readonly kind: string; readonly name: string } | undefined {
  const match = /\b(secret|configmap|persistentvolumeclaim) "([^"]+)" not found/i.exec(message);
  if (match === null) return undefined;
  const kinds: Record<string, string> = {
    secret: 'Secret',
    configmap: 'ConfigMap',
    persistentvolumeclaim: 'PersistentVolumeClaim',
  };
  return { kind: kinds[match[1]?.toLowerCase() ?? ''] ?? 'Secret', name: match[2] ?? '' };
}

function describe(event: Event): string {
  const message = event.message ?? '';
  const volume = /volume "([^"]+)"/.exec(message)?.[1];
  const which = volume === undefined ? 'a volume' : `volume \`${volume}\``;
  const missing = missingObject(event);
  if (missing !== undefined) {
    return `${which} cannot be mounted: ${missing.kind} \`${missing.name}\` does not exist`;
  }
  const key = /non-existent (secret|config) key: (\S+)/i.exec(message)?.[2];
  if (key !== undefined) return `${which} cannot be mounted: its object has no key \`${key}\``;
  if (/Multi-Attach/i.test(message)) return `${which} is still attached to another Node`;
  if (event.reason === 'FailedAttachVolume') return `${which} cannot be attached to the Node`;
  return `${which} cannot be mounted`;
}
