import { kubectl } from '../../kubernetes/command.ts';
import { isPodReady, lastTermination, podContainers } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { ContainerLog } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { lastLines } from '../shared/log-events.ts';

export const corednsConfigError = defineRule({
  code: 'GD5202',
  name: 'coredns-config-error',
  title: 'CoreDNS ends because of its Corefile, or because it forwards to itself',
  hop: 'dns',
  severity: 'critical',
  confidence: 'certain',
  explains: ['coredns-down'],
  visits: 'cluster',
  needs: ['dnsPods'],
  uses: ['dnsLogs', 'dnsConfig'],

  *check({ dnsPods, dnsLogs, dnsConfig }) {
    const failing = dnsPods.filter((pod) => !isPodReady(pod) && isCrashing(pod));
    for (const pod of failing) {
      const complaint = findComplaint(pod, dnsLogs ?? []);
      if (complaint === undefined) continue;
      const { evidence, isLoop } = complaint;
      const config = dnsConfig && referenceTo(dnsConfig);
      const corefile = dnsConfig?.data?.['Corefile'];
      const object = config ?? referenceTo(pod);
      const { namespace } = referenceTo(pod);
      yield {
        object,
        message: isLoop
          ? 'CoreDNS ends because its lookups come back to itself: it forwards to a resolver that asks CoreDNS'
          : 'CoreDNS ends because it cannot read its Corefile',
        evidence: [
          evidence,
          ...(config === undefined || corefile === undefined
            ? []
            : [fieldEvidence(config, 'data.Corefile', corefile)]),
        ],
        fix: {
          summary: isLoop
            ? 'forward to a resolver outside the cluster in the Corefile, or give the kubelet a resolv.conf without the local stub'
            : 'correct the Corefile, then restart CoreDNS',
          commands: [
            {
              run: kubectl(namespace, 'logs', pod.metadata?.name ?? '', '--previous', '--tail=20'),
              effect: 'looks',
            },
            ...(config === undefined
              ? []
              : [{ run: kubectl(namespace, 'edit', 'configmap', config.name), effect: 'changes' as const }]),
          ],
        },
      };
      return;
    }
  },
});

function isCrashing(pod: Pod): boolean {
  return podContainers(pod).some(
    ({ status }) =>
      status?.state?.waiting?.reason === 'CrashLoopBackOff' || (lastTermination(status)?.exitCode ?? 0) !== 0,
  );
}

const LOOP = /plugin\/loop: Loop .*detected/i;
/** What CoreDNS prints when it cannot read its Corefile: the parser's and the plugins' set-up errors. */
const COREFILE =
  /Corefile:\d+|Error during parsing|Unknown directive|plugin\/\w+: (?:.*(?:unknown property|wrong argument|not a valid|unable to|must be|error loading))|listen .*bind: |Could not parse/i;

function findComplaint(
  pod: Pod,
  logs: readonly ContainerLog[],
): { readonly evidence: Evidence; readonly isLoop: boolean } | undefined {
  const object = referenceTo(pod);
  for (const { status, statusField } of podContainers(pod)) {
    const message = lastTermination(status)?.message;
    if (message === undefined || !isComplaint(message)) continue;
    const evidence = fieldEvidence(object, `${statusField}.lastState.terminated.message`, message);
    return { evidence, isLoop: LOOP.test(message) };
  }
  const own = logs.filter((each) => each.pod === object.name);
  const [said] = lastLines(own, isComplaint);
  if (said === undefined) return undefined;
  return { evidence: logEvidence(object, said.log, said.line), isLoop: LOOP.test(said.line) };
}

function isComplaint(text: string): boolean {
  return LOOP.test(text) || COREFILE.test(text);
}
