import { kubectl } from '../../kubernetes/command.ts';
import { podAddresses } from '../../kubernetes/pod.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import { proxyAttempts } from '../../kubernetes/proxy-log.ts';
import { reference } from '../../model/reference.ts';
import type { ContainerLog, PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { type FoundLine, findUpstreamLine, readyPods, TIMED_OUT } from '../shared/service-pods.ts';

export const crossNodeBlocked = defineRule({
  code: 'GD5122',
  name: 'cross-node-blocked',
  title: "Pods on other Nodes than the controller's time out, those on its own answer",
  hop: 'network',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'connect-timeout',
  explains: ['upstream-connect-timeout', 'netpol-vendor-policy'],
  visits: 'service',
  needs: ['pods', 'callers'],
  uses: ['controllerLogs'],

  *check({ trace, backend, pods, callers, controllerLogs }) {
    const port = backend.port?.port;
    if (port === undefined) return;
    const near: FoundLine[] = [];
    const far: { readonly pod: PodTrace; readonly caller: string; readonly found: FoundLine }[] = [];
    for (const caller of callers) {
      const logs = (controllerLogs ?? []).filter((log) => log.pod === caller.metadata?.name);
      for (const pod of readyPods(pods)) {
        const number = resolveTargetPort(pod.pod, port);
        if (number === undefined) continue;
        const isNear = pod.pod.spec?.nodeName === caller.spec?.nodeName;
        const timedOut = findUpstreamLine(logs, pod.pod, number, TIMED_OUT);
        // One Pod on the controller's own Node that times out, and the way between Nodes is not what is wrong.
        if (isNear && timedOut !== undefined) return;
        if (isNear) near.push(...answersOf(logs, pod, number));
        else if (timedOut !== undefined)
          far.push({ pod, caller: caller.spec?.nodeName ?? '', found: timedOut });
      }
    }
    const [timedOut] = far;
    const [answered] = near;
    if (timedOut === undefined || answered === undefined) return;
    const { pod, caller, found } = timedOut;
    const node = pod.pod.spec?.nodeName ?? '';
    yield {
      object: pod.reference,
      message: `it is on another Node than ${trace.controller.profile.title}, whose connections to it time out, while Pods on the controller's own Node answer`,
      partial: true,
      evidence: [
        fieldEvidence(pod.reference, 'spec.nodeName', node),
        { object: reference('Pod', found.log.namespace, found.log.pod), source: 'Node', value: caller },
        logEvidence(reference('Pod', found.log.namespace, found.log.pod), found.log, found.line),
        logEvidence(reference('Pod', answered.log.namespace, answered.log.pod), answered.log, answered.line),
      ],
      fix: {
        summary:
          "open what the CNI plugin needs between the Nodes (VXLAN is UDP 8472 or 4789, Geneve UDP 6081, BGP TCP 179) in firewalls and security groups, and check the tunnels' MTU",
        commands: [
          { run: kubectl(undefined, 'get', 'nodes', '-o', 'wide'), effect: 'looks' },
          { run: kubectl('kube-system', 'get', 'pods', '-o', 'wide'), effect: 'looks' },
        ],
      },
    };
  },
});

function answersOf(logs: readonly ContainerLog[], { pod }: PodTrace, port: number): readonly FoundLine[] {
  return logs.flatMap((log) =>
    podAddresses(pod)
      .flatMap((address) => proxyAttempts(log.text, address, port))
      .filter(({ outcome }) => outcome === 'answered')
      .map(({ line }) => ({ log, line })),
  );
}
