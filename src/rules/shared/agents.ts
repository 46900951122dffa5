import type { Workload } from '../../kubernetes/workload-types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';

/** Whether a DaemonSet's name says that it is the agent. */
export function namedAgent({ metadata }: Workload, name: RegExp): boolean {
  return name.test(metadata?.name ?? '');
}

/** The DaemonSets by which the usual CNI plugins give Nodes their network. */
export const CNI_AGENT =
  /^(?:calico-node|canal|cilium|aws-node|kube-flannel|weave-net|antrea-agent|kube-router|ovnkube-node|azure-cni|kube-ovn-cni)/;

/** Whether a DaemonSet has fewer ready Pods than Nodes to run on. */
export function isAgentDown({ status }: Workload): boolean {
  return (status?.numberReady ?? 0) < (status?.desiredNumberScheduled ?? 0);
}

/** How many of its Pods are ready. */
export function agentEvidence(agent: Workload): Evidence {
  const { numberReady = 0, desiredNumberScheduled = 0 } = agent.status ?? {};
  return {
    object: referenceTo(agent),
    source: 'ready Pods',
    value: `${numberReady} of ${desiredNumberScheduled}`,
  };
}
