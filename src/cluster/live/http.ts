import http from 'node:http';
import https from 'node:https';
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

/** More requests at once than this do not make a diagnosis faster, but may make a busy server refuse some. */
export const mostAtOnce = 50;

/** Megabytes of JSON are normal, hundreds are an attack or a mistake. */
const maxBody = 256 * 1024 * 1024;

/** Fewer turns for large answers than zlib's 16 KiB. */
const chunkSize = 256 * 1024;

/** One GET over HTTP/1.1, no second try. Rejects with Node's error; `signal` ends it at any point. */
export async function getOnce(access: Access, path: string, signal: AbortSignal): Promise<Answer> {
  const response = await send(access, path, signal);
  return readAnswer(response.statusCode ?? 0, response.headers, response);
}

/** The path below the server's own, which proxies such as Rancher's have. */
export function urlOf(access: Access, path: string): string {
  return `${access.server.protocol}//${access.server.host}${pathOf(access, path)}`;
}

/** The same without the server. */
export function pathOf(access: Access, path: string): string {
  return `${access.server.pathname.replace(/\/$/, '')}${path}`;
}

/** The server's name or address, without the brackets that an IPv6 address has in a URL. */
export function hostOf({ server }: Access): string {
  return server.hostname.replace(/^\[|\]$/g, '');
}

/** Reads an answer to its end. Rejects for one that breaks off, and for one that is too large. */
export async function readAnswer(
  status: number,
  headers: http.IncomingHttpHeaders,
  stream: NodeJS.ReadableStream,
): Promise<Answer> {
  const body = await readBody(stream, headers['content-encoding'] === 'gzip');
  return {
    status,
    contentType: headers['content-type'] ?? '',
    retryAfter: secondsOf(headers['retry-after']),
    location: headers.location,
    body,
  };
}

function send(access: Access, path: string, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { server, agent, headers, basic } = access;
  const { get } = server.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const request = get({
      protocol: server.protocol,
      hostname: hostOf(access),
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

async function readBody(stream: NodeJS.ReadableStream, isCompressed: boolean): Promise<Buffer> {
  const source = isCompressed ? await unzipped(stream) : stream;
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

/** Only large answers come compressed: most runs need not load what unpacks them. */
async function unzipped(stream: NodeJS.ReadableStream): Promise<NodeJS.ReadableStream> {
  const { pipeline } = await import('node:stream');
  const { createGunzip } = await import('node:zlib');
  return pipeline(stream, createGunzip({ chunkSize }), () => undefined);
}

/** Seconds or a date (RFC 9110, 10.2.3); the API server sends seconds. */
function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
