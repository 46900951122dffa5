import { kubectl } from '../../kubernetes/command.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import type { Workload } from '../../kubernetes/workload-types.ts';
import type { Fix } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { editOwner } from '../shared/pod-commands.ts';

/** Seconds that a new autoscaler, or new Pods, may be without metrics. */
const START = 180;

export const hpaNoMetrics = defineRule({
  code: 'GD3111',
  name: 'hpa-no-metrics',
  title: 'the HorizontalPodAutoscaler cannot read its metrics, and does not scale',
  hop: 'workload',
  severity: 'info',
  confidence: 'certain',
  explains: [],
  visits: 'workload',
  needs: ['hpas'],

  *check({ now, workload, reference, hpas }) {
    for (const hpa of hpas) {
      const active = findCondition(hpa.status?.conditions, 'ScalingActive');
      const { reason = '', message = '', lastTransitionTime } = active ?? {};
      if (active?.status !== 'False' || !/^(?:FailedGet\w*Metric|InvalidMetricSourceType)$/.test(reason))
        continue;
      if ((secondsSince(lastTransitionTime, now) ?? START) < START) continue;
      const object = referenceTo(hpa);
      const lacking = missingRequest(workload, message);
      yield {
        object,
        message:
          lacking === undefined
            ? 'it cannot read its metrics, and does not scale under load'
            : `it does not scale under load: a container requests no \`${lacking}\`, of which it takes a share`,
        ...(lastTransitionTime !== undefined && { since: lastTransitionTime }),
        evidence: [
          fieldEvidence(object, 'status.conditions[ScalingActive].reason', reason),
          ...(message === ''
            ? []
            : [fieldEvidence(object, 'status.conditions[ScalingActive].message', message)]),
        ],
        fix: fixOf(object, reference, lacking, reason),
      };
    }
  },
});

/** The resource of which a request is missing: the message names it, and the template shows it. */
function missingRequest({ spec }: Workload, message: string): string | undefined {
  const told = /missing request for (\w+)/.exec(message)?.[1];
  if (told !== undefined) return told;
  const resource = /failed to get (\w+) utilization|resource (\w+)/.exec(message);
  const name = resource?.[1] ?? resource?.[2];
  const containers = spec?.template?.spec?.containers ?? [];
  const isLacking = containers.some(({ resources }) => resources?.requests?.[name ?? ''] === undefined);
  return name !== undefined && containers.length > 0 && isLacking ? name : undefined;
}

function fixOf(
  { namespace, name }: ObjectReference,
  workload: ObjectReference,
  lacking: string | undefined,
  reason: string,
): Fix {
  const look = {
    run: kubectl(namespace, 'describe', 'horizontalpodautoscaler', name),
    effect: 'looks',
  } as const;
  if (lacking !== undefined) {
    return { summary: `request ${lacking} in every container`, commands: [look, ...editOwner(workload)] };
  }
  const api = /External/.test(reason)
    ? 'v1beta1.external.metrics.k8s.io'
    : /Object|Pods/.test(reason)
      ? 'v1beta1.custom.metrics.k8s.io'
      : 'v1beta1.metrics.k8s.io';
  return {
    summary: 'install, or mend, what serves the metrics: metrics-server, or the adapter of the metric',
    commands: [look, { run: kubectl(undefined, 'get', 'apiservice', api), effect: 'looks' }],
  };
}
