import { kubectl } from '../../kubernetes/command.ts';
import type { Fix } from '../../model/finding.ts';
import type { ObjectReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { editOwner } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { reportRejection } from '../shared/rejection-report.ts';

export const workloadPodsecurity = defineRule({
  code: 'GD3107',
  name: 'workload-podsecurity',
  title: 'Pod Security admission keeps the Pods from being created',
  hop: 'workload',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'workload',
  needs: [],
  uses: ['replicaSets', 'events'],

  check(facts) {
    return reportRejection(facts, 'pod security', { describe, fix: fixFor });
  },
});

function describe(message: string): string {
  const level = /violates PodSecurity "([^":]+)/.exec(message)?.[1];
  const fields = [
    ...message.matchAll(
      /([\w.]+ (?:!=|=) [^ ()]+|seccompProfile|hostPath volumes|host namespaces|privileged)(?= \()/g,
    ),
  ].map((match) => match[1]);
  const what =
    fields.length === 0 ? '' : `: ${[...new Set(fields)].map((field) => `\`${field}\``).join(', ')}`;
  return `its Pods violate Pod Security level \`${level ?? 'enforced'}\` of the namespace${what}`;
}

function fixFor(workload: ObjectReference): Fix {
  const { namespace } = workload;
  return {
    summary:
      'give the Pods the securityContext that the message names, or enforce a lower level on the namespace',
    commands: [
      ...(namespace === undefined
        ? []
        : [
            {
              run: kubectl(undefined, 'get', 'namespace', namespace, '--show-labels'),
              effect: 'looks',
            } as const,
          ]),
      ...editOwner(workload),
    ],
  };
}
