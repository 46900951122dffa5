import { kubectl } from '../../kubernetes/command.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { eventLine, eventsOf, podOf, type SeenEvent } from '../shared/log-events.ts';
import { readyPods } from '../shared/service-pods.ts';
import { attemptsOn, lastEventOn } from '../shared/upstream-attempts.ts';

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

  *check({ now, trace, backend, pods, callers, controllerLogs }) {
    const port = backend.port?.port;
    if (port === undefined) return;
    const near: SeenEvent[] = [];
    const far: { readonly pod: PodTrace; readonly caller: string; readonly found: SeenEvent }[] = [];
    for (const caller of callers) {
      const logs = (controllerLogs ?? []).filter((log) => log.pod === caller.metadata?.name);
      for (const pod of readyPods(pods)) {
        const number = resolveTargetPort(pod.pod, port);
        if (number === undefined) continue;
        const isNear = pod.pod.spec?.nodeName === caller.spec?.nodeName;
        const timedOut = lastEventOn(eventsOf(trace, logs, now), pod.pod, number, 'connect-timeout');
        // One Pod on the controller's own Node that times out, and the way between Nodes is not what is wrong.
        if (isNear && timedOut !== undefined) return;
        if (isNear) {
          const attempts = logs.flatMap((log) => attemptsOn(trace, log, now, pod.pod, number));
          near.push(...attempts.flatMap(({ outcome, event }) => (outcome === 'answered' ? [event] : [])));
        }
        if (!isNear && timedOut !== undefined)
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
        { object: podOf(found.log), source: 'Node', value: caller },
        eventLine(found),
        eventLine(answered),
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
