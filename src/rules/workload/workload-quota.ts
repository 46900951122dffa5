import { kubectl } from '../../kubernetes/command.ts';
import type { ResourceQuota } from '../../kubernetes/workload-types.ts';
import type { Evidence, Fix } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { editOwner } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { reportRejection } from '../shared/rejection-report.ts';

export const workloadQuota = defineRule({
  code: 'GD3105',
  name: 'workload-quota',
  title: 'a ResourceQuota keeps the Pods from being created',
  hop: 'workload',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'workload',
  needs: [],
  uses: ['replicaSets', 'events', 'quotas'],

  check(facts) {
    return reportRejection(facts, 'quota', {
      describe,
      fix: fixFor,
      evidence: (message) => quotaEvidence(facts.quotas ?? [], message),
    });
  },
});

function describe(message: string): string {
  const quota = quotaName(message);
  const which = quota === undefined ? 'a ResourceQuota' : `ResourceQuota \`${quota}\``;
  const missing = missingResources(message);
  if (missing.length > 0) {
    return `${which} wants every container to state ${missing.map((name) => `\`${name}\``).join(', ')}`;
  }
  const requested = /requested: (.+?), used: (.+?), limited: (.+)$/.exec(message);
  if (requested === null) return `${which} leaves no room for its Pods`;
  return `${which} leaves no room for its Pods: limited to \`${requested[3]}\``;
}

/** Of `must specify limits.cpu for: app; requests.cpu for: app`, or a plain list in older versions, the resources. */
function missingResources(message: string): readonly string[] {
  const list = /must specify (.+)$/.exec(message)?.[1] ?? '';
  return [...new Set(list.match(/\b(?:requests|limits)\.[\w./-]+|\b(?:cpu|memory)\b/g) ?? [])];
}

function quotaName(message: string): string | undefined {
  return /(?:exceeded|failed) quota: ([^,:]+)/.exec(message)?.[1];
}

/** What the quota that the message names allows and holds at present, of the resources that it is about. */
function quotaEvidence(quotas: readonly ResourceQuota[], message: string): readonly Evidence[] {
  const quota = quotas.find(({ metadata }) => metadata?.name === quotaName(message));
  if (quota === undefined) return [];
  const hard = Object.entries(quota.status?.hard ?? quota.spec?.hard ?? {});
  const about = hard.filter(([resource]) => limitedResources(message).includes(resource));
  return about.map(([resource, limit]) =>
    fieldEvidence(
      referenceTo(quota),
      `status.used[${resource}]`,
      `${quota.status?.used?.[resource] ?? 'unknown'} of ${limit}`,
    ),
  );
}

/** Of `limited: pods=2,requests.cpu=1`, the resources. */
function limitedResources(message: string): readonly string[] {
  const list = /limited: (.+)$/.exec(message)?.[1] ?? '';
  return list.split(',').map((pair) => pair.split('=')[0]?.trim() ?? '');
}

function fixFor(workload: ObjectReference, message: string): Fix {
  const quota = quotaName(message);
  const name = quota === undefined ? [] : [quota];
  return {
    summary: /must specify/.test(message)
      ? 'state the requests and limits that the quota asks for'
      : 'raise the quota, free what others use of it, or lower the requests of the Pods',
    commands: [
      { run: kubectl(workload.namespace, 'describe', 'resourcequota', ...name), effect: 'looks' },
      ...editOwner(workload),
    ],
  };
}
