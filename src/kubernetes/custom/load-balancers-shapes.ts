import { object, type Shape } from '../shape-of.ts';
import type { BackendConfig, IpAddressPool } from './load-balancers.ts';

export const ipAddressPool: Shape<IpAddressPool> = {
  ...object,
  spec: { addresses: ['string'], autoAssign: 'boolean' },
};

export const backendConfig: Shape<BackendConfig> = {
  ...object,
  spec: { healthCheck: { type: 'string', requestPath: 'string', port: 'number' } },
};
