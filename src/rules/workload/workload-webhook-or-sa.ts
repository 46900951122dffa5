import { kubectl } from '../../kubernetes/command.ts';
import type { Fix } from '../../model/finding.ts';
import type { ObjectReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { editOwner } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { reportRejection } from '../shared/rejection-report.ts';

export const workloadWebhookOrSa = defineRule({
  code: 'GD3108',
  name: 'workload-webhook-or-sa',
  title: 'a webhook, or a missing ServiceAccount or PriorityClass, keeps the Pods from being created',
  hop: 'workload',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'workload',
  needs: [],
  uses: ['replicaSets', 'events'],

  check(facts) {
    return reportRejection(facts, 'admission', { describe, fix: fixFor });
  },
});

/** What the API server names as missing or refusing. */
function culprit(message: string): { readonly kind: string; readonly name: string } | undefined {
  const account = /serviceaccount "([^"]+)" not found/i.exec(message)?.[1];
  if (account !== undefined) return { kind: 'ServiceAccount', name: account };
  const priority = /no PriorityClass with name (\S+) was found/i.exec(message)?.[1];
  if (priority !== undefined) return { kind: 'PriorityClass', name: priority };
  const webhook = /webhook "([^"]+)"/.exec(message)?.[1];
  return webhook === undefined ? undefined : { kind: 'webhook', name: webhook };
}

function describe(message: string): string {
  const found = culprit(message);
  if (found === undefined) return 'the API server refuses its Pods';
  if (found.kind !== 'webhook') return `its Pods name ${found.kind} \`${found.name}\`, which does not exist`;
  const does = /denied the request/.test(message)
    ? 'refuses its Pods'
    : 'cannot be called, so its Pods are refused';
  return `admission webhook \`${found.name}\` ${does}`;
}

function fixFor(workload: ObjectReference, message: string): Fix {
  const found = culprit(message);
  if (found?.kind === 'ServiceAccount') {
    return {
      summary: 'create the ServiceAccount, or correct spec.template.spec.serviceAccountName',
      commands: [
        { run: kubectl(workload.namespace, 'get', 'serviceaccounts'), effect: 'looks' },
        { run: kubectl(workload.namespace, 'create', 'serviceaccount', found.name), effect: 'changes' },
      ],
    };
  }
  if (found?.kind === 'PriorityClass') {
    return {
      summary: 'create the PriorityClass, or correct spec.template.spec.priorityClassName',
      commands: [{ run: 'kubectl get priorityclasses', effect: 'looks' }, ...editOwner(workload)],
    };
  }
  return {
    summary:
      found === undefined
        ? 'change what the message names in the Pod template'
        : 'bring the service behind the webhook up, or change what it refuses',
    commands: [
      {
        run: 'kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations',
        effect: 'looks',
      },
      ...editOwner(workload),
    ],
  };
}
