import { kubectl } from '../../kubernetes/command.ts';
import { endpointsOf } from '../../kubernetes/endpoints.ts';
import type { WebhookTrace } from '../../model/class-trace.ts';
import type { Command, Evidence } from '../../model/finding.ts';
import { showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';

export const admissionWebhookUnreachable = defineRule({
  code: 'GD0116',
  name: 'admission-webhook-unreachable',
  title: 'a webhook that must agree to changes of Ingresses cannot be reached',
  hop: 'class',
  // What is served does not change by it: only the mending of an Ingress fails.
  severity: 'low',
  confidence: 'certain',
  explains: [],
  visits: 'ingress',
  needs: ['webhooks'],

  *check({ webhooks }) {
    for (const webhook of webhooks) {
      const evidence = webhook.refusesWrites ? lack(webhook) : undefined;
      if (evidence === undefined) continue;
      const { reference: object, name, serviceReference } = webhook;
      const isStale = webhook.service.ok && webhook.service.value === undefined;
      yield {
        object,
        message: `webhook \`${name}\` has ${isStale ? 'no Service' : 'no ready Pod'} behind it: every change of an Ingress is refused, so that the live Ingress may be older than the file`,
        evidence: [
          evidence,
          { object, field: `webhooks[${name}].clientConfig.service`, value: showReference(serviceReference) },
          { object, field: `webhooks[${name}].failurePolicy`, value: 'Fail' },
        ],
        fix: {
          summary: isStale
            ? 'take the webhook away if its controller was uninstalled, or install the controller again'
            : 'bring the Pods behind the webhook back; without them no Ingress can be changed',
          commands: commandsFor(webhook, isStale),
        },
      };
    }
  },
});

/** The proof that nothing answers the webhook; undefined where something does, or it is not known. */
function lack({ service, slices, serviceReference: object }: WebhookTrace): Evidence | undefined {
  if (!service.ok) return undefined;
  if (service.value === undefined) return { object, source: 'API server', value: 'not found' };
  if (!slices.ok || endpointsOf(slices.value).some(({ ready }) => ready)) return undefined;
  return { object, source: 'EndpointSlices', value: 'no ready endpoint' };
}

function commandsFor({ reference, serviceReference }: WebhookTrace, isStale: boolean): readonly Command[] {
  const show: Command = {
    run: kubectl(undefined, 'get', 'validatingwebhookconfiguration', reference.name, '-o', 'yaml'),
    effect: 'looks',
  };
  if (!isStale) {
    const { namespace, name } = serviceReference;
    return [
      show,
      {
        run: kubectl(namespace, 'get', 'endpointslices', '-l', `kubernetes.io/service-name=${name}`),
        effect: 'looks',
      },
    ];
  }
  return [
    show,
    {
      run: kubectl(undefined, 'delete', 'validatingwebhookconfiguration', reference.name),
      effect: 'changes',
    },
  ];
}
