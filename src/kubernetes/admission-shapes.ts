import type { ValidatingWebhookConfiguration } from './admission.ts';
import { object, type Shape } from './shape-of.ts';

export const validatingWebhookConfiguration: Shape<ValidatingWebhookConfiguration> = {
  ...object,
  webhooks: [
    {
      name: 'string',
      failurePolicy: 'string',
      clientConfig: {
        url: 'string',
        service: { namespace: 'string', name: 'string', port: 'number' },
      },
      rules: [{ apiGroups: ['string'], resources: ['string'], operations: ['string'] }],
    },
  ],
};
