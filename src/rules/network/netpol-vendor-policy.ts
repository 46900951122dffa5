import { kubectl } from '../../kubernetes/command.ts';
import type { CalicoPolicy, CiliumPolicy } from '../../kubernetes/custom/vendor-policies.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import { matchesLabelSelector } from '../../kubernetes/selector.ts';
import type { Namespace } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import type { VendorPolicy } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { eventLine, eventsOf } from '../shared/log-events.ts';
import { readyPods } from '../shared/service-pods.ts';
import { lastEventOn } from '../shared/upstream-attempts.ts';

export const netpolVendorPolicy = defineRule({
  code: 'GD5104',
  name: 'netpol-vendor-policy',
  title: "a policy in the CNI plugin's own kind selects Pods that time out",
  hop: 'network',
  severity: 'high',
  confidence: 'likely',
  symptom: 'connect-timeout',
  explains: ['upstream-connect-timeout'],
  visits: 'service',
  needs: ['pods'],
  uses: ['vendorPolicies', 'namespace', 'controllerLogs'],

  *check({ now, trace, backend, pods, vendorPolicies, namespace, controllerLogs }) {
    const port = backend.port?.port;
    const ready = readyPods(pods);
    if (port === undefined || vendorPolicies === undefined) return;
    const events = eventsOf(trace, controllerLogs, now);
    const timedOut = ready.flatMap((pod) => {
      const number = resolveTargetPort(pod.pod, port);
      const found =
        number === undefined ? undefined : lastEventOn(events, pod.pod, number, 'connect-timeout');
      return found === undefined ? [] : [{ pod, found }];
    });
    const [first] = timedOut;
    // That a policy selects the Pods is no trouble: what its rules say is not evaluated.
    if (first === undefined) return;
    const policy = vendorPolicies.find((each) => selects(each, first.pod.pod, namespace));
    if (policy === undefined) return;
    const object = referenceTo(policy);
    yield {
      object,
      message:
        'selects Pods that the controller cannot connect to; its rules are of a kind that is not evaluated here',
      partial: timedOut.length < ready.length,
      evidence: [fieldEvidence(object, ...selectorOf(policy)), eventLine(first.found)],
      fix: {
        summary:
          "see what the policy admits, with the CNI plugin's own tool, and admit the controller's namespace",
        commands: [
          {
            run: kubectl(object.namespace, 'get', object.kind.toLowerCase(), object.name, '-o', 'yaml'),
            effect: 'looks',
          },
        ],
      },
    };
  },
});

function selectorOf(policy: VendorPolicy): [field: string, value: string] {
  if (isCilium(policy)) return ['spec.endpointSelector', JSON.stringify(policy.spec?.endpointSelector ?? {})];
  if (isCalico(policy)) return ['spec.selector', policy.spec?.selector ?? ''];
  return ['spec.subject', 'by namespace'];
}

function selects(policy: VendorPolicy, pod: Pod, namespace: Namespace | undefined): boolean {
  const { labels } = pod.metadata ?? {};
  if (isCilium(policy)) return matchesLabelSelector(policy.spec?.endpointSelector ?? {}, labels);
  if (isCalico(policy)) {
    const { selector = '', types = ['Ingress'] } = policy.spec ?? {};
    // Of Calico's selector language only what is about everything is read.
    return types.includes('Ingress') && ['', 'all()'].includes(selector.trim());
  }
  const denies = policy.spec?.ingress?.some(({ action }) => action === 'Deny') === true;
  const selector = policy.spec?.subject?.namespaces;
  return denies && selector !== undefined && matchesLabelSelector(selector, namespace?.metadata?.labels);
}

function isCilium(policy: VendorPolicy): policy is CiliumPolicy {
  return policy.kind?.startsWith('Cilium') === true;
}

function isCalico(policy: VendorPolicy): policy is CalicoPolicy {
  return policy.kind === 'GlobalNetworkPolicy';
}
