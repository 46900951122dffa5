/**
 * What the client or the data plane runs into, in the order in which a request meets it.
 * Rules state symptoms; a controller profile's `answer` turns them into an HTTP status.
 */
export const SYMPTOMS = [
  'no-address',
  'controller-down',
  'connection-dropped',
  'unreadable-request',
  'tls-handshake-failure',
  'not-served',
  'stale-configuration',
  'client-certificate-refused',
  'request-header-too-large',
  'redirected',
  'redirect-loop',
  'no-route',
  'access-denied',
  'forbidden',
  'rate-limited',
  'auth-unavailable',
  'body-too-large',
  'resource-backend',
  'service-missing',
  'service-port-missing',
  'externalname-refused',
  'name-unresolved',
  'targets-unhealthy',
  'no-endpoints',
  'connect-timeout',
  'connection-refused',
  'connection-reset',
  'tls-to-plain-backend',
  'plain-to-tls-backend',
  'backend-certificate-untrusted',
  'protocol-mismatch',
  'response-header-too-large',
  'response-timeout',
  'application-error',
  'wrong-backend',
  'untrusted-certificate',
  'reduced-capacity',
  'dns-down',
] as const;

export type Symptom = (typeof SYMPTOMS)[number];

/**
 * What a symptom does to requests:
 * `fails` them; `distrusts`: the HTTP status is unaffected, but clients that verify certificates refuse;
 * `weakens`: requests succeed, with less behind them than wanted; `answers`: they get another status by design.
 */
export type Effect = 'fails' | 'distrusts' | 'weakens' | 'answers';

/** A symptom in words, and what it does to requests. */
export const SYMPTOM_FACTS: Readonly<Record<Symptom, { readonly words: string; readonly effect: Effect }>> = {
  'no-address': { words: 'no load balancer address to connect to', effect: 'fails' },
  'controller-down': { words: 'no controller Pod takes the connection', effect: 'fails' },
  'connection-dropped': {
    words: 'the controller closes the connection before any HTTP',
    effect: 'fails',
  },
  'unreadable-request': {
    words: 'the controller cannot read what the load balancer sends it',
    effect: 'fails',
  },
  'tls-handshake-failure': { words: 'the TLS handshake fails', effect: 'fails' },
  'not-served': { words: 'no controller serves this Ingress', effect: 'fails' },
  'stale-configuration': { words: 'changes do not reach the proxy', effect: 'weakens' },
  'client-certificate-refused': { words: 'the client must show a certificate', effect: 'fails' },
  'request-header-too-large': {
    words: 'the request headers are larger than the proxy takes',
    effect: 'fails',
  },
  redirected: { words: 'the controller redirects the request', effect: 'answers' },
  'redirect-loop': { words: 'every redirect leads to the next one', effect: 'fails' },
  'no-route': { words: 'no rule matches the request', effect: 'fails' },
  'access-denied': { words: 'the controller denies the location', effect: 'fails' },
  forbidden: { words: 'the client is not allowed in', effect: 'fails' },
  'rate-limited': { words: 'the client exceeds a rate limit', effect: 'fails' },
  'auth-unavailable': { words: 'the external authentication cannot be asked', effect: 'fails' },
  'body-too-large': { words: 'the request body is larger than the proxy takes', effect: 'fails' },
  'resource-backend': { words: 'the backend is a resource, not a Service', effect: 'fails' },
  'service-missing': { words: 'the backend Service does not exist', effect: 'fails' },
  'service-port-missing': { words: 'the backend Service has no such port', effect: 'fails' },
  'externalname-refused': { words: 'the controller refuses ExternalName Services', effect: 'fails' },
  'name-unresolved': { words: 'the external name does not resolve', effect: 'fails' },
  'targets-unhealthy': { words: 'the load balancer takes its targets for unhealthy', effect: 'fails' },
  'no-endpoints': { words: 'no ready endpoint', effect: 'fails' },
  'connect-timeout': { words: 'connections to the Pod time out', effect: 'fails' },
  'connection-refused': { words: 'the Pod refuses connections', effect: 'fails' },
  'connection-reset': { words: 'the Pod resets the connection', effect: 'fails' },
  'tls-to-plain-backend': { words: 'TLS is spoken to a plain HTTP port', effect: 'fails' },
  'plain-to-tls-backend': { words: 'plain HTTP is spoken to a TLS port', effect: 'fails' },
  'backend-certificate-untrusted': { words: "the controller rejects the Pod's certificate", effect: 'fails' },
  'protocol-mismatch': { words: 'controller and Pod speak different protocols', effect: 'fails' },
  'response-header-too-large': {
    words: 'the response headers are larger than the proxy takes',
    effect: 'fails',
  },
  'response-timeout': { words: 'the response takes too long', effect: 'fails' },
  'application-error': { words: 'the application itself answers with an error', effect: 'fails' },
  'wrong-backend': { words: 'another backend answers', effect: 'fails' },
  'untrusted-certificate': { words: 'clients reject the certificate', effect: 'distrusts' },
  'reduced-capacity': { words: 'some endpoints are out of service', effect: 'weakens' },
  'dns-down': { words: 'cluster DNS is down, and what needs a name fails', effect: 'weakens' },
};
