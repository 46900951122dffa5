import { condition, object, type Shape } from '../shape-of.ts';
import type {
  Certificate,
  CertificateRequest,
  Challenge,
  Issuer,
  IssuerReference,
  Order,
} from './cert-manager.ts';

const issuerRef: Shape<IssuerReference> = { name: 'string', kind: 'string', group: 'string' };

export const certificate: Shape<Certificate> = {
  ...object,
  spec: { secretName: 'string', dnsNames: ['string'], issuerRef },
  status: {
    conditions: [condition],
    notAfter: 'string',
    lastFailureTime: 'string',
    failedIssuanceAttempts: 'number',
  },
};

export const certificateRequest: Shape<CertificateRequest> = {
  ...object,
  spec: { issuerRef },
  status: { conditions: [condition], failureTime: 'string' },
};

export const order: Shape<Order> = { ...object, status: { state: 'string', reason: 'string' } };

export const challenge: Shape<Challenge> = {
  ...object,
  spec: { dnsName: 'string', type: 'string' },
  status: { state: 'string', reason: 'string', presented: 'boolean' },
};

export const issuer: Shape<Issuer> = { ...object, status: { conditions: [condition] } };
