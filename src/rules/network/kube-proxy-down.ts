import { kubectl } from '../../kubernetes/command.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { agentEvidence, isAgentDown, namedAgent } from '../shared/agents.ts';

export const kubeProxyDown = defineRule({
  code: 'GD5120',
  name: 'kube-proxy-down',
  title: 'kube-proxy does not run on every Node',
  hop: 'network',
  severity: 'low',
  confidence: 'certain',
  explains: [],
  visits: 'cluster',
  needs: ['agents'],

  *check({ agents }) {
    // None is normal where the CNI plugin takes its place.
    const proxy = agents.find((agent) => namedAgent(agent, /^kube-proxy/));
    if (proxy === undefined || !isAgentDown(proxy)) return;
    const object = referenceTo(proxy);
    yield {
      object,
      message:
        'some of its Pods are not ready: on their Nodes, Services (cluster DNS, NodePorts, load balancers) lead where they led before',
      evidence: [agentEvidence(proxy)],
      fix: {
        summary: 'see why the Pod of kube-proxy on that Node does not run, and restart it',
        commands: [
          {
            run: kubectl(object.namespace, 'get', 'pods', '-l', 'k8s-app=kube-proxy', '-o', 'wide'),
            effect: 'looks',
          },
          {
            run: kubectl(object.namespace, 'rollout', 'restart', `daemonset/${object.name}`),
            effect: 'changes',
          },
        ],
      },
    };
  },
});
