import { codeOf, messageOf } from './error-text.ts';

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be looked up: DNS does not answer',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'connecting timed out',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
};

const certificateWords: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another host',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is signed by an authority that is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it is signed by an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT: 'it is signed by an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'it is signed by an authority that is not known',
  CERT_SIGNATURE_FAILURE: 'it is signed by another authority of the same name',
};

/** A failed call in a user's words: `connection refused`, `the certificate is not trusted: it has expired`. */
export function describeTrouble(error: unknown): string {
  const code = codeOf(error);
  const certificate = certificateWords[code];
  if (certificate !== undefined) return `the server's certificate is not trusted: ${certificate}`;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('HPE_')) {
    return `the server does not speak the expected protocol (${code}): is it \`https\` where the kubeconfig says \`http\`, or the other way round?`;
  }
  const message = messageOf(error);
  // hpagent's words for the answer to CONNECT.
  const refusal = /^Bad response: (\d+)$/.exec(message);
  if (refusal !== null) return `the proxy refuses with status ${refusal[1]}`;
  return words[code] ?? (isHttp2(code) ? 'the connection was closed' : message);
}

/** Whether the connection broke off under way, so that a second try may well succeed. */
export function isBrokenOff(error: unknown): boolean {
  const code = codeOf(error);
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'Z_BUF_ERROR'].includes(code) || isHttp2(code);
}

/** Of a stream or a whole connection that the server, or something in between, ended. */
function isHttp2(code: string): boolean {
  return code.startsWith('ERR_HTTP2_');
}

/** What the user can do about the trouble, where the code tells. */
export function adviceFor(error: unknown): string {
  const code = codeOf(error);
  if (certificateWords[code] !== undefined)
    return 'check `certificate-authority` and `server` in the kubeconfig';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'check `server` in the kubeconfig, and the VPN';
  return 'check that the cluster runs and that this is the context you mean';
}
