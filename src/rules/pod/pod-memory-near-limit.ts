import { isPodTerminating, lastTermination, podContainers } from '../../kubernetes/pod.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { editOwner } from '../shared/pod-commands.ts';

/** The share of the limit from which on the next peak may kill the container. */
const NEAR = 0.9;

export const podMemoryNearLimit = defineRule({
  code: 'GD4125',
  name: 'pod-memory-near-limit',
  title: 'a container uses nearly all the memory that its limit allows',
  hop: 'pod',
  severity: 'low',
  confidence: 'suspect',
  explains: [],
  visits: 'pod',
  needs: ['metrics'],

  *check({ pod, owner, metrics }) {
    if (metrics === undefined || isPodTerminating(pod)) return;
    const object = referenceTo(pod);
    for (const { name, spec, status, specField } of podContainers(pod)) {
      const limit = spec.resources?.limits?.['memory'];
      const usage = metrics.containers?.find((container) => container.name === name)?.usage?.['memory'];
      const share = (parseQuantity(usage) ?? 0) / (parseQuantity(limit) ?? Number.POSITIVE_INFINITY);
      if (share <= NEAR) continue;
      const wasKilled = lastTermination(status)?.reason === 'OOMKilled';
      yield {
        object,
        message: `container \`${name}\` uses more than 90% of its memory limit`,
        ...(wasKilled && { severity: 'medium' }),
        evidence: [
          { object, source: `PodMetrics of container ${name}`, value: `memory ${usage ?? ''}` },
          fieldEvidence(object, `${specField}.resources.limits.memory`, limit),
        ],
        fix: {
          summary: 'raise the memory limit, or make the program need less',
          commands: [...editOwner(owner)],
        },
      };
    }
  },
});
