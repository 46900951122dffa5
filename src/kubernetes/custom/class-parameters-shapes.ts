import { labelSelector, object, type Shape } from '../shape-of.ts';
import type { IngressClassParams } from './class-parameters.ts';

export const ingressClassParams: Shape<IngressClassParams> = {
  ...object,
  spec: {
    namespaceSelector: labelSelector,
    certificateArn: ['string'],
    targetType: 'string',
    group: { name: 'string' },
  },
};
