import { labelSelector, object, type Shape } from '../shape-of.ts';
import type {
  AuthorizationPolicy,
  DestinationRule,
  MutualTls,
  PeerAuthentication,
  VirtualService,
  WorkloadSelector,
} from './istio.ts';
import type { AdminNetworkPolicy, CalicoPolicy, CiliumPolicy } from './vendor-policies.ts';

const selector: Shape<WorkloadSelector> = { matchLabels: 'strings' };
const mtls: Shape<MutualTls> = { mode: 'string' };

export const peerAuthentication: Shape<PeerAuthentication> = {
  ...object,
  spec: { selector, mtls, portLevelMtls: { '*': mtls } },
};

export const authorizationPolicy: Shape<AuthorizationPolicy> = {
  ...object,
  spec: {
    selector,
    action: 'string',
    rules: [
      {
        from: [
          {
            source: {
              principals: ['string'],
              namespaces: ['string'],
              ipBlocks: ['string'],
              remoteIpBlocks: ['string'],
              requestPrincipals: ['string'],
            },
          },
        ],
        to: [{ operation: { ports: ['string'] } }],
        when: [{ key: 'string' }],
      },
    ],
  },
};

export const virtualService: Shape<VirtualService> = {
  ...object,
  spec: {
    hosts: ['string'],
    gateways: ['string'],
    http: [{ route: [{ destination: { host: 'string', subset: 'string' } }] }],
  },
};

export const destinationRule: Shape<DestinationRule> = {
  ...object,
  spec: { host: 'string', subsets: [{ name: 'string' }] },
};

export const ciliumPolicy: Shape<CiliumPolicy> = { ...object, spec: { endpointSelector: labelSelector } };

export const calicoPolicy: Shape<CalicoPolicy> = {
  ...object,
  spec: { selector: 'string', types: ['string'] },
};

export const adminNetworkPolicy: Shape<AdminNetworkPolicy> = {
  ...object,
  spec: { subject: { namespaces: labelSelector }, ingress: [{ action: 'string' }] },
};
