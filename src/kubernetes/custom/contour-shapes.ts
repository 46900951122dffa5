import { condition, object, type Shape } from '../shape-of.ts';
import type { HttpProxy, HttpProxyMatch, TlsCertificateDelegation } from './contour.ts';

const match: Shape<HttpProxyMatch> = {
  prefix: 'string',
  exact: 'string',
  regex: 'string',
  header: 'present',
  queryParameter: 'present',
};

export const httpProxy: Shape<HttpProxy> = {
  ...object,
  spec: {
    ingressClassName: 'string',
    virtualhost: { fqdn: 'string' },
    routes: [{ conditions: [match] }],
    includes: [{ name: 'string', namespace: 'string', conditions: [match] }],
  },
  status: {
    currentStatus: 'string',
    description: 'string',
    conditions: [{ ...condition, errors: [condition] }],
  },
};

export const tlsCertificateDelegation: Shape<TlsCertificateDelegation> = {
  ...object,
  spec: { delegations: [{ secretName: 'string', targetNamespaces: ['string'] }] },
};
