import { kubectl } from '../../kubernetes/command.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Service } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { isPending, otherWayIn } from '../shared/controller-address.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const lbKlipperHostportClash = defineRule({
  code: 'GD0223',
  name: 'lb-klipper-hostport-clash',
  title: "ServiceLB cannot open the Service's ports on any Node, because they are taken",
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-address',
  explains: ['lb-service-pending', 'lb-no-implementation', 'ingress-status-empty'],
  visits: 'controller',
  needs: ['services', 'pods'],
  uses: ['balancerPods'],

  *check({ trace, services, pods, balancerPods }) {
    const wayIn = otherWayIn(trace, services, pods);
    for (const service of services.filter(isPending)) {
      const clashing = (balancerPods ?? []).filter(
        (pod) => serves(pod, service) && clashOf(pod) !== undefined,
      );
      const [first] = clashing;
      if (first === undefined) continue;
      const object = referenceTo(service);
      const pod = referenceTo(first);
      const ports = hostPorts(first).join(' and ');
      yield {
        object,
        message: `it gets no address: something else holds port ${ports || 'of it'} on every Node that ServiceLB could use`,
        evidence: [
          fieldEvidence(object, 'status.loadBalancer.ingress', undefined),
          ...clashing
            .slice(0, 3)
            .map((each) =>
              fieldEvidence(referenceTo(each), 'status.conditions[PodScheduled].message', clashOf(each)),
            ),
          ...(wayIn === undefined ? [] : [wayIn]),
        ],
        ...(wayIn !== undefined && ({ severity: 'info', symptom: null } as const)),
        fix: {
          summary:
            'free the ports (another Service of type LoadBalancer, or Pods with a hostPort), or make this Service use others',
          commands: [
            { run: kubectl(pod.namespace, 'describe', 'pod', pod.name), effect: 'looks' },
            {
              run: 'kubectl get services --all-namespaces --field-selector spec.type=LoadBalancer',
              effect: 'looks',
            },
          ],
        },
      };
    }
  },
});

/** Whether ServiceLB made the Pod for this Service (https://docs.k3s.io/networking/networking-services). */
function serves({ metadata }: Pod, service: Service): boolean {
  const labels = metadata?.labels ?? {};
  const namespace = labels['svccontroller.k3s.cattle.io/svcnamespace'];
  return (
    labels['svccontroller.k3s.cattle.io/svcname'] === service.metadata?.name &&
    (namespace === undefined || namespace === service.metadata?.namespace)
  );
}

/** The scheduler's words where a Pod waits for ports of a Node. */
function clashOf({ status }: Pod): string | undefined {
  const condition = findCondition(status?.conditions, 'PodScheduled');
  const { message = '' } = condition ?? {};
  return condition?.status === 'False' && message.includes("didn't have free ports") ? message : undefined;
}

function hostPorts({ spec }: Pod): readonly number[] {
  return (spec?.containers ?? []).flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort }) => hostPort ?? []),
  );
}
