import type { ClassBinding, ControllerProfile } from '../controllers/profile.ts';
import { concernsIngresses } from '../kubernetes/admission.ts';
import type { IngressClassParams } from '../kubernetes/custom/class-parameters.ts';
import { isPodReady } from '../kubernetes/pod.ts';
import type { ConfigMap, Ingress } from '../kubernetes/types.ts';
import type { ClassParameters, WebhookTrace } from '../model/class-trace.ts';
import { found, mapRead, type Read, valueOr } from '../model/read.ts';
import { reference, referenceTo } from '../model/reference.ts';
import type { ControllerTrace } from '../model/trace.ts';
import type { Lookup } from './lookup.ts';

/** What `spec.parameters` of the IngressClass refers to, where its controller reads objects of that kind. */
export function traceParameters(
  lookup: Lookup,
  { metadata }: Ingress,
  { ingressClass }: ClassBinding,
  profile: ControllerProfile,
): Read<ClassParameters | undefined> {
  const { kind, name, apiGroup = '', namespace, scope } = ingressClass?.spec?.parameters ?? {};
  const wanted = profile.parametersKind;
  // GKE's and EKS' own controllers are not the ones whose kinds are known.
  if (name === undefined || wanted === undefined || profile.isInvisible) return found(undefined);
  if (kind !== wanted.kind || apiGroup !== wanted.apiGroup) return found(undefined);
  const place = scope === 'Namespace' ? namespace : undefined;
  const what = reference(wanted.kind, place, name);
  const read = readParameters(lookup, wanted.kind, place, name);
  if (!read.ok) return read;
  const object = read.value;
  if (object === undefined) return found({ reference: what });
  if (!('spec' in object) || object.spec?.namespaceSelector === undefined)
    return found({ reference: what, object });
  return mapRead(lookup.get('Namespace', undefined, metadata?.namespace ?? ''), (own) => ({
    reference: what,
    object,
    ...(own !== undefined && { namespace: own }),
  }));
}

function readParameters(
  lookup: Lookup,
  kind: NonNullable<ControllerProfile['parametersKind']>['kind'],
  namespace: string | undefined,
  name: string,
): Read<IngressClassParams | ConfigMap | undefined> {
  if (kind === 'ConfigMap') return lookup.get('ConfigMap', namespace, name);
  return lookup.get('IngressClassParams', undefined, name);
}

/** The webhooks that judge Ingresses, where the controller that answers most of them is absent or has no ready Pod. */
export function traceWebhooks(
  lookup: Lookup,
  { profile, serving }: ControllerTrace,
): Read<readonly WebhookTrace[]> {
  const isAbsent = serving === undefined && !profile.isInvisible;
  const pods = serving === undefined ? undefined : [serving.pods, serving.controlPods];
  const isDown =
    pods?.every((read) => read.ok) === true && !pods.some((read) => valueOr(read, []).some(isPodReady));
  if (!isAbsent && !isDown) return found([]);
  return mapRead(lookup.list('ValidatingWebhookConfiguration', {}), (configurations) =>
    configurations.flatMap((configuration) =>
      (configuration.webhooks ?? []).filter(concernsIngresses).flatMap((webhook): WebhookTrace[] => {
        const { namespace, name: serviceName } = webhook.clientConfig?.service ?? {};
        if (namespace === undefined || serviceName === undefined) return [];
        return [
          {
            reference: referenceTo(configuration),
            name: webhook.name ?? '',
            refusesWrites: (webhook.failurePolicy ?? 'Fail') === 'Fail',
            serviceReference: reference('Service', namespace, serviceName),
            service: lookup.get('Service', namespace, serviceName),
            slices: lookup.list('EndpointSlice', {
              namespace,
              labelSelector: `kubernetes.io/service-name=${serviceName}`,
            }),
          },
        ];
      }),
    ),
  );
}
