import { kubectl } from '../../kubernetes/command.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { unschedulable } from '../../kubernetes/scheduling.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { describePod } from '../shared/pod-commands.ts';
import {
  MISSING_POD_CONSEQUENCES,
  mayYetBeScheduled,
  missingPodSeverity,
} from '../shared/pod-consequences.ts';
import { schedulingEvidence } from '../shared/scheduling-evidence.ts';

export const podUnschedulableVolume = defineRule({
  code: 'GD4103',
  name: 'pod-unschedulable-volume',
  title: 'the Pod waits for a volume that is not there or not where a Node is',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events'],

  *check({ now, backend, pod, events }) {
    const reason = unschedulable(pod, events ?? []);
    if (reason?.problem !== 'volume' || mayYetBeScheduled(backend, pod, now)) return;
    const namespace = pod.metadata?.namespace;
    yield {
      object: referenceTo(pod),
      message: describe(reason.message),
      severity: missingPodSeverity(backend),
      evidence: [...schedulingEvidence(pod, reason), ...claimEvidence(pod)],
      fix: {
        summary:
          'create the PersistentVolumeClaim, or give it a StorageClass and a zone that can provide the volume',
        commands: [
          {
            run: kubectl(namespace, 'describe', 'persistentvolumeclaims', ...claimNames(pod)),
            effect: 'looks',
          },
          { run: 'kubectl get storageclasses', effect: 'looks' },
          describePod(pod),
        ],
      },
    };
  },
});

function describe(message: string): string {
  const missing = /persistentvolumeclaim "([^"]+)" not found/i.exec(message)?.[1];
  if (missing !== undefined) return `PersistentVolumeClaim \`${missing}\` does not exist`;
  if (/unbound immediate/i.test(message)) return 'its PersistentVolumeClaim is not bound to a volume';
  if (/node affinity conflict|available volume zone/i.test(message)) {
    return 'its volume is tied to Nodes or a zone where it cannot run';
  }
  if (/max volume count/i.test(message)) return 'no Node can attach one more volume';
  return 'no Node can give it its volume';
}

function claimNames(pod: Pod): readonly string[] {
  return (pod.spec?.volumes ?? []).flatMap(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
  );
}

function claimEvidence(pod: Pod): readonly Evidence[] {
  return (pod.spec?.volumes ?? []).flatMap(({ name, persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined
      ? []
      : [
          fieldEvidence(
            referenceTo(pod),
            `spec.volumes[${name}].persistentVolumeClaim.claimName`,
            persistentVolumeClaim.claimName,
          ),
        ],
  );
}
