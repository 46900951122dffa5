import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Agent } from 'node:http';
import type { RequestOptions } from 'node:https';
import tls from 'node:tls';
import { isRecord } from '../../kubernetes/record.ts';
import { trustedAuthorities } from './authorities.ts';
import { ConnectionError } from './connection-error.ts';
import { messageOf } from './error-text.ts';
import { mostAtOnce } from './http.ts';
import type { Target } from './target.ts';

/**
 * Makes client-node's agent, which closes each connection after one request and parses certificates for each,
 * keep its connections and parse once. Throws a ConnectionError for certificates and keys that cannot be used.
 */
export function prepareAgent(agent: Agent, options: RequestOptions, target: Target): void {
  agent.maxSockets = mostAtOnce;
  Object.assign(agent, { keepAlive: true });
  if (!('options' in agent) || !isRecord(agent.options)) return;
  agent.options['keepAlive'] = true;
  // These would make up the name under which connections are pooled, anew for each request.
  for (const name of ['ca', 'cert', 'key']) delete agent.options[name];
  agent.options['secureContext'] = secureContext(options, target);
}

function secureContext(
  { ca, cert, key, rejectUnauthorized, headers }: RequestOptions,
  { cluster, user }: Target,
): tls.SecureContext {
  const client = isPem(cert) && isPem(key) ? { cert, key } : undefined;
  if (client !== undefined) {
    const hasToken = isRecord(headers) && headers['Authorization'] !== undefined;
    checkCertificate(client.cert, client.key, user.name, hasToken);
  } else if (isPem(cert)) {
    throw new ConnectionError(`the client certificate of user \`${user.name}\` has no key`);
  }
  const authorities = isPem(ca) ? ca : rejectUnauthorized === false ? undefined : trustedAuthorities();
  try {
    return tls.createSecureContext({ ...(authorities ? { ca: authorities } : {}), ...client });
  } catch (error) {
    throw new ConnectionError(
      `the certificates of cluster \`${cluster.name}\` or user \`${user.name}\` cannot be used: ${messageOf(error)}`,
      error,
    );
  }
}

/** What client-node hands out: file contents, or text of a plugin. */
function isPem(value: unknown): value is string | Buffer {
  return typeof value === 'string' || Buffer.isBuffer(value);
}

function checkCertificate(
  cert: string | Buffer,
  key: string | Buffer,
  user: string,
  hasToken: boolean,
): void {
  const what = `the client certificate of user \`${user}\``;
  let certificate: X509Certificate;
  let belongs: boolean;
  try {
    certificate = new X509Certificate(cert);
    belongs = certificate.checkPrivateKey(createPrivateKey(key));
  } catch (error) {
    throw new ConnectionError(`${what} or its key is not in PEM: ${messageOf(error)}`, error);
  }
  const expiry = certificate.validToDate;
  // Beside a token the API server passes over a certificate that it does not accept.
  if (!hasToken && expiry.getTime() < Date.now()) {
    throw new ConnectionError(`${what} expired at ${expiry.toISOString()}: get a new one`);
  }
  if (!belongs) throw new ConnectionError(`${what} and its key do not belong together`);
}
