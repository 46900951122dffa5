import type { Rule } from '../rule.ts';
import { tlsCertManagerPending } from './tls-cert-manager-pending.ts';
import { tlsChainOrder } from './tls-chain-order.ts';
import { tlsClientAuth } from './tls-client-auth.ts';
import { tlsConflictingSecrets } from './tls-conflicting-secrets.ts';
import { tlsExpired } from './tls-expired.ts';
import { tlsHostNotListed } from './tls-host-not-listed.ts';
import { tlsKeyMismatch } from './tls-key-mismatch.ts';
import { tlsNoHttpsListener } from './tls-no-https-listener.ts';
import { tlsNotYetValid } from './tls-not-yet-valid.ts';
import { tlsPassthroughDisabled } from './tls-passthrough-disabled.ts';
import { tlsSanMismatch } from './tls-san-mismatch.ts';
import { tlsSecretMalformed } from './tls-secret-malformed.ts';
import { tlsSecretMissing } from './tls-secret-missing.ts';
import { tlsSecretOtherNamespace } from './tls-secret-other-namespace.ts';
import { tlsSecretnameEmpty } from './tls-secretname-empty.ts';
import { tlsTraefikRouterNotTls } from './tls-traefik-router-not-tls.ts';

/** In the order of their codes. */
export const TLS_RULES: readonly Rule[] = [
  tlsSecretMissing,
  tlsSecretMalformed,
  tlsKeyMismatch,
  tlsExpired,
  tlsNotYetValid,
  tlsSanMismatch,
  tlsHostNotListed,
  tlsChainOrder,
  tlsSecretnameEmpty,
  tlsSecretOtherNamespace,
  tlsConflictingSecrets,
  tlsCertManagerPending,
  tlsNoHttpsListener,
  tlsClientAuth,
  tlsPassthroughDisabled,
  tlsTraefikRouterNotTls,
];
