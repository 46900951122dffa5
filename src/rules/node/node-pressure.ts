import { kubectl } from '../../kubernetes/command.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

const RESOURCES: Readonly<Record<string, string>> = {
  MemoryPressure: 'memory',
  DiskPressure: 'disk space',
  PIDPressure: 'process ids',
};

export const nodePressure = defineRule({
  code: 'GD4202',
  name: 'node-pressure',
  title: 'a Node that hosts Pods of the backend runs out of memory, disk or process ids',
  hop: 'node',
  severity: 'medium',
  confidence: 'certain',
  // Its taint also keeps away the Pods that would replace those that are gone from it.
  explains: ['pod-evicted', 'pod-unschedulable-resources', 'pod-unschedulable-constraints'],
  visits: 'node',
  needs: [],

  *check({ node }) {
    const object = referenceTo(node);
    for (const { type = '', status, message, lastTransitionTime } of node.status?.conditions ?? []) {
      const resource = RESOURCES[type];
      if (resource === undefined || status !== 'True') continue;
      yield {
        object,
        message: `it is short of ${resource}, so Pods on it may be evicted`,
        ...(lastTransitionTime !== undefined && { since: lastTransitionTime }),
        evidence: [
          fieldEvidence(object, `status.conditions[${type}].status`, status),
          ...(message === undefined
            ? []
            : [fieldEvidence(object, `status.conditions[${type}].message`, message)]),
        ],
        fix: {
          summary: `free ${resource} on the Node, or move Pods away`,
          commands: [
            { run: kubectl(undefined, 'describe', 'node', object.name), effect: 'looks' },
            { run: kubectl(undefined, 'cordon', object.name), effect: 'changes' },
          ],
        },
      };
    }
  },
});
