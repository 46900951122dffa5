import http from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Access } from './credentials.ts';

/** An HTTP answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  /** Seconds, of the header Retry-After. */
  readonly retryAfter: number | undefined;
  readonly location: string | undefined;
  readonly body: Buffer;
}

/** Megabytes of JSON are normal, hundreds are an attack or a mistake. */
const maxBody = 256 * 1024 * 1024;

/** Fewer turns for large answers than zlib's 16 KiB. */
const chunkSize = 256 * 1024;

/** One GET, no second try. Rejects with Node's error; `signal` ends it at any point. */
export async function getOnce(access: Access, path: string, signal: AbortSignal): Promise<Answer> {
  const response = await send(access, path, signal);
  const body = await readBody(response);
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    retryAfter: secondsOf(response.headers['retry-after']),
    location: response.headers.location,
    body,
  };
}

/** The path below the server's own, which proxies such as Rancher's have. */
export function urlOf(access: Access, path: string): string {
  return `${access.server.protocol}//${access.server.host}${pathOf(access, path)}`;
}

function pathOf(access: Access, path: string): string {
  return `${access.server.pathname.replace(/\/$/, '')}${path}`;
}

function send(access: Access, path: string, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { server, agent, headers, basic } = access;
  const { get } = server.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const request = get({
      protocol: server.protocol,
      hostname: server.hostname.replace(/^\[|\]$/g, ''),
      ...(server.port === '' ? {} : { port: server.port }),
      path: pathOf(access, path),
      headers: { ...headers, 'Accept-Encoding': 'gzip' },
      ...(basic === undefined ? {} : { auth: basic }),
      agent,
      signal,
    });
    request.on('response', resolve);
    request.on('error', reject);
  });
}

async function readBody(response: http.IncomingMessage): Promise<Buffer> {
  const isCompressed = response.headers['content-encoding'] === 'gzip';
  const source: Readable = isCompressed
    ? pipeline(response, createGunzip({ chunkSize }), () => undefined)
    : response;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += (chunk as Buffer).length;
    // Leaving the loop by an exception destroys the stream and its connection.
    if (size > maxBody) throw new Error(`the answer is larger than ${maxBody / 1024 / 1024} MiB`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Seconds or a date (RFC 9110, 10.2.3); the API server sends seconds. */
function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
