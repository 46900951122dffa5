import { request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { authority } from './certificate.ts';

/** What came of one request: a status, or why there was none. */
export interface Answer {
  readonly status?: number;
  readonly error?: string;
  /** Why a client that verifies certificates would have refused. */
  readonly distrusted?: string;
}

export interface RequestLine {
  /** The address to connect to; `undefined` where there is none. */
  readonly address: string | undefined;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly path: string;
}

/** Longer than the longest time limit of a proxy between. */
const TIMEOUT = 65_000;

/** Sends one request on a connection of its own. Never rejects. */
export function send({ address, scheme, host, path }: RequestLine): Promise<Answer> {
  if (address === undefined) return Promise.resolve({ error: 'no address' });
  const options: RequestOptions = {
    host: address,
    path,
    headers: { host, connection: 'close' },
    timeout: TIMEOUT,
  };
  return new Promise((resolve) => {
    const request =
      scheme === 'http'
        ? httpRequest({ ...options, agent: false })
        : httpsRequest({
            ...options,
            servername: host,
            ca: authority.certificate,
            rejectUnauthorized: false,
            agent: new HttpsAgent({ maxCachedSessions: 0 }),
          });
    request.on('response', (response) => {
      const socket = response.socket as TLSSocket;
      const problem = scheme === 'https' && !socket.authorized ? socket.authorizationError : undefined;
      response.resume();
      resolve({
        ...(response.statusCode !== undefined && { status: response.statusCode }),
        ...(problem && { distrusted: String(problem) }),
      });
    });
    request.on('timeout', () => request.destroy(new Error('timed out')));
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ error: ERRORS[error.code ?? ''] ?? error.message }),
    );
    request.end();
  });
}

const ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'no route to the host',
  ETIMEDOUT: 'timed out',
};
