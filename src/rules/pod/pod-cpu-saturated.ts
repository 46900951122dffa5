import { newestFirst } from '../../kubernetes/events.ts';
import { isPodTerminating, podContainers } from '../../kubernetes/pod.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { Event } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { editOwner } from '../shared/pod-commands.ts';

/** The share of the limit from which on the kernel is bound to hold the container back. */
const SATURATED = 0.9;

export const podCpuSaturated = defineRule({
  code: 'GD4126',
  name: 'pod-cpu-saturated',
  title: 'a container uses all the CPU that its limit allows',
  hop: 'pod',
  severity: 'low',
  confidence: 'suspect',
  explains: [],
  visits: 'pod',
  needs: ['metrics'],
  uses: ['events'],

  *check({ pod, owner, metrics, events }) {
    if (metrics === undefined || isPodTerminating(pod)) return;
    const object = referenceTo(pod);
    const timeout = newestFirst(events ?? []).find(isProbeTimeout);
    for (const { name, spec, specField } of podContainers(pod)) {
      const limit = spec.resources?.limits?.['cpu'];
      const usage = metrics.containers?.find((container) => container.name === name)?.usage?.['cpu'];
      const share = (parseQuantity(usage) ?? 0) / (parseQuantity(limit) ?? Number.POSITIVE_INFINITY);
      if (share < SATURATED) continue;
      yield {
        object,
        message: `container \`${name}\` uses 90% or more of its CPU limit`,
        ...(timeout !== undefined && { severity: 'medium' }),
        evidence: [
          { object, source: `PodMetrics of container ${name}`, value: `cpu ${usage ?? ''}` },
          fieldEvidence(object, `${specField}.resources.limits.cpu`, limit),
          ...(timeout === undefined ? [] : [eventEvidence(object, timeout)]),
        ],
        fix: {
          summary: 'raise or remove the CPU limit, or run more replicas',
          commands: [...editOwner(owner)],
        },
      };
    }
  },
});

function isProbeTimeout({ reason, message = '' }: Event): boolean {
  return reason === 'Unhealthy' && /deadline exceeded|timed out|i\/o timeout/i.test(message);
}
