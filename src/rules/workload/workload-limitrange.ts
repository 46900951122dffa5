import { kubectl } from '../../kubernetes/command.ts';
import type { Fix } from '../../model/finding.ts';
import type { ObjectReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { editOwner } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { reportRejection } from '../shared/rejection-report.ts';

export const workloadLimitrange = defineRule({
  code: 'GD3106',
  name: 'workload-limitrange',
  title: 'a LimitRange keeps the Pods from being created',
  hop: 'workload',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'workload',
  needs: [],
  uses: ['replicaSets', 'events'],

  check(facts) {
    return reportRejection(facts, 'limit range', { describe, fix: fixFor });
  },
});

function describe(message: string): string {
  const rule =
    /((?:maximum|minimum) \S+ usage per \S+ is [^,\]]+|\S+ max limit to request ratio per \S+ is [^,\]]+)/i.exec(
      message,
    )?.[1];
  return `a LimitRange refuses its Pods${rule === undefined ? '' : `: ${rule.replace(/\.$/, '')}`}`;
}

function fixFor(workload: ObjectReference): Fix {
  return {
    summary: 'bring the requests and limits of the containers within the LimitRange, or change it',
    commands: [
      { run: kubectl(workload.namespace, 'describe', 'limitranges'), effect: 'looks' },
      ...editOwner(workload),
    ],
  };
}
