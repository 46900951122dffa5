import { kubectl } from '../../kubernetes/command.ts';
import { isPodFinished, isPodTerminating } from '../../kubernetes/pod.ts';
import type { HorizontalPodAutoscaler, Workload } from '../../kubernetes/workload-types.ts';
import type { Command, Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';

export const workloadZeroReplicas = defineRule({
  code: 'GD3101',
  name: 'workload-zero-replicas',
  title: 'the workload behind the Service is scaled to zero',
  hop: 'workload',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'workload',
  needs: [],
  uses: ['hpas'],

  *check({ backend, workload, reference, hpas }) {
    const zero = zeroField(workload);
    if (zero === undefined) return;
    // Another workload (blue and green, say) has the Pods.
    const living = valueOr(backend.pods, []).filter(
      ({ pod }) => !isPodTerminating(pod) && !isPodFinished(pod),
    );
    if (living.length > 0) return;
    const scaler = hpas?.find(({ spec }) => scales(spec?.scaleTargetRef, reference));
    const isKeda = scaler !== undefined && isMadeByKeda(scaler);
    // Where neither Pods nor EndpointSlices can be read, that all workloads are at zero tells as much.
    const isUnseen = !backend.pods.ok && !backend.slices.ok;
    const isAll = valueOr(backend.workloads, []).every((each) => zeroField(each.workload) !== undefined);
    yield {
      object: reference,
      ...(isUnseen && isAll && { symptom: 'no-endpoints' as const, confidence: 'likely' as const }),
      message:
        reference.kind === 'DaemonSet'
          ? 'it is wanted on no Node, so it has no Pods'
          : `it is scaled to 0 replicas${isKeda ? ' by KEDA' : ''}, so it has no Pods`,
      evidence: [fieldEvidence(reference, zero, 0), ...(scaler === undefined ? [] : scalerEvidence(scaler))],
      fix: { summary: summaryFor(reference, isKeda), commands: commandsFor(reference, scaler) },
    };
  },
});

function zeroField({ kind, spec, status }: Workload): string | undefined {
  if (kind === 'DaemonSet') {
    return status?.desiredNumberScheduled === 0 ? 'status.desiredNumberScheduled' : undefined;
  }
  return spec?.replicas === 0 ? 'spec.replicas' : undefined;
}

function scales(
  target: { readonly kind?: string; readonly name?: string } | undefined,
  { kind, name }: ObjectReference,
): boolean {
  return target?.kind === kind && target.name === name;
}

function isMadeByKeda({ metadata }: HorizontalPodAutoscaler): boolean {
  return metadata?.labels?.['app.kubernetes.io/managed-by'] === 'keda-operator';
}

function scalerEvidence(scaler: HorizontalPodAutoscaler): readonly Evidence[] {
  return [fieldEvidence(referenceTo(scaler), 'spec.minReplicas', scaler.spec?.minReplicas)];
}

function summaryFor({ kind }: ObjectReference, isKeda: boolean): string {
  if (kind === 'DaemonSet') return 'give a Node the labels that the node selector of the DaemonSet asks for';
  // A workload at zero is left alone by the HorizontalPodAutoscaler.
  return isKeda ? 'see why the ScaledObject is inactive, or scale up by hand' : 'scale it up';
}

function commandsFor(
  { kind, namespace, name }: ObjectReference,
  scaler: HorizontalPodAutoscaler | undefined,
): readonly Command[] {
  if (kind === 'DaemonSet') return [{ run: 'kubectl get nodes --show-labels', effect: 'looks' }];
  const replicas = Math.max(1, scaler?.spec?.minReplicas ?? 1);
  return [
    {
      run: kubectl(namespace, 'scale', `${kind.toLowerCase()}/${name}`, `--replicas=${replicas}`),
      effect: 'changes',
    },
  ];
}
