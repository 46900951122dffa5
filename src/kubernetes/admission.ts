import type { KubeObject } from './types.ts';

/**
 * admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration
 * (https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/validating-webhook-configuration-v1/).
 */
export interface ValidatingWebhookConfiguration extends KubeObject {
  readonly webhooks?: readonly ValidatingWebhook[];
}

export interface ValidatingWebhook {
  readonly name?: string;
  /** `Fail` (the default) refuses the request when the webhook cannot be reached, `Ignore` lets it pass. */
  readonly failurePolicy?: string;
  readonly clientConfig?: {
    readonly url?: string;
    readonly service?: { readonly namespace?: string; readonly name?: string; readonly port?: number };
  };
  readonly rules?: readonly {
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
    readonly operations?: readonly string[];
  }[];
}

/** Whether the webhook is asked about Ingresses. */
export function concernsIngresses({ rules = [] }: ValidatingWebhook): boolean {
  return rules.some(
    ({ apiGroups = [], resources = [] }) =>
      apiGroups.some((group) => ['*', 'networking.k8s.io', 'extensions'].includes(group)) &&
      resources.some((resource) => ['*', '*/*', 'ingresses'].includes(resource)),
  );
}
