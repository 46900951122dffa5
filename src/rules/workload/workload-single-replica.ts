import { kubectl } from '../../kubernetes/command.ts';
import { isPodReady } from '../../kubernetes/pod.ts';
import { nodesFor } from '../../kubernetes/scheduling.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import type { Evidence, Fix } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import type { ObjectReference } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { editOwner } from '../shared/pod-commands.ts';
import { livePods } from '../shared/service-pods.ts';

export const workloadSingleReplica = defineRule({
  code: 'GD3112',
  name: 'workload-single-replica',
  title: 'all that serves the backend is one Pod, or stands on one Node',
  hop: 'workload',
  severity: 'info',
  confidence: 'certain',
  explains: [],
  visits: 'workload',
  needs: ['pods'],
  uses: ['nodes'],

  *check({ backend, workload, reference, pods, nodes }) {
    if (workload.kind === 'DaemonSet') return;
    const serving = livePods(valueOr(backend.pods, []));
    const [first, ...others] = serving;
    // While something is wrong with the Pods there is more to say than that; other workloads may serve as well.
    if (first === undefined || !serving.every(({ pod }) => isPodReady(pod))) return;
    if (pods.length < serving.length) return;
    const risk =
      others.length === 0 ? singlePod(workload.spec?.replicas, reference) : singleNode(serving, nodes ?? []);
    if (risk !== undefined) yield { object: reference, ...risk };
  },
});

interface Risk {
  readonly message: string;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly fix: Fix;
}

function singlePod(replicas: number | undefined, object: ObjectReference): Risk | undefined {
  if (replicas !== 1) return undefined;
  const { kind, namespace, name } = object;
  return {
    message: 'it runs a single Pod: nothing serves while that is restarted or moved',
    evidence: [fieldEvidence(object, 'spec.replicas', replicas)],
    fix: {
      summary: 'run two replicas or more, if the application can',
      commands: [
        {
          run: kubectl(namespace, 'scale', `${kind.toLowerCase()}/${name}`, '--replicas=2'),
          effect: 'changes',
        },
      ],
    },
  };
}

/** Where there are other Nodes to take some of them. */
function singleNode([first, ...others]: readonly PodTrace[], nodes: readonly Node[]): Risk | undefined {
  const node = first?.pod.spec?.nodeName;
  if (first === undefined || node === undefined) return undefined;
  if (others.some(({ pod }) => pod.spec?.nodeName !== node)) return undefined;
  const isAlone = nodesFor(first.pod, nodes).filter(({ spec }) => spec?.unschedulable !== true).length < 2;
  if (isAlone) return undefined;
  return {
    message: `all of its Pods run on Node \`${node}\`: nothing serves while that is down`,
    evidence: [fieldEvidence(first.reference, 'spec.nodeName', node)],
    fix: {
      summary: 'spread the Pods by topologySpreadConstraints on kubernetes.io/hostname',
      commands: first.owner === undefined ? [] : [...editOwner(first.owner)],
    },
  };
}
