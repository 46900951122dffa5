import http2, { type ClientHttp2Session, type ClientHttp2Stream, type OutgoingHttpHeaders } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Access } from './credentials.ts';
import { type Answer, mostAtOnce, pathOf, readAnswer } from './http.ts';

/** A connection over which any number of requests go at the same time. */
export interface SharedConnection {
  /** Whether it takes further requests: a server that is about to end lets those under way finish, and takes no more. */
  isUsable(): boolean;
  /** One GET, no second try. Rejects with Node's error; `signal` ends it at any point. */
  get(path: string, signal: AbortSignal): Promise<Answer>;
  /** Ends it when the requests under way have ended. */
  retire(): void;
  destroy(): void;
}

/**
 * Bytes that may be under way in one answer, and in all together: with HTTP/2's own 64 KiB a large list would come
 * in as many round trips.
 */
const streamWindow = 4 * 1024 * 1024;
const connectionWindow = 64 * 1024 * 1024;

/** Speaks HTTP/2 over a connection on which that was agreed. `onEnd` is called once, when nothing more can come. */
export function shareConnection(access: Access, socket: TLSSocket, onEnd: () => void): SharedConnection {
  const session = http2.connect(access.server.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: streamWindow },
  });
  // Each request reports its own end.
  session.on('error', () => undefined);
  session.once('connect', () => session.setLocalWindowSize(connectionWindow));
  session.once('close', onEnd);
  let underWay = 0;
  const waiting: (() => void)[] = [];

  async function get(path: string, signal: AbortSignal): Promise<Answer> {
    while (underWay >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    // As with connections of HTTP/1.1, an idle one keeps no process from ending.
    if (underWay++ === 0) session.ref();
    try {
      return await getOver(session, access, path, signal);
    } finally {
      if (--underWay === 0 && !session.destroyed) session.unref();
      waiting.shift()?.();
    }
  }

  return {
    isUsable: () => !session.closed && !session.destroyed,
    get,
    retire: () => session.close(),
    destroy: () => session.destroy(),
  };
}

async function getOver(
  session: ClientHttp2Session,
  access: Access,
  path: string,
  signal: AbortSignal,
): Promise<Answer> {
  const stream = session.request(headersOf(access, path), { endStream: true, signal });
  const headers = await responseTo(stream);
  const answer = await readAnswer(Number(headers[':status']), headers, stream);
  // A connection that ends under way ends its streams like a cancellation, which Node takes for no error.
  if (stream.aborted || stream.rstCode !== http2.constants.NGHTTP2_NO_ERROR) throw brokenOff();
  return answer;
}

function headersOf(access: Access, path: string): OutgoingHttpHeaders {
  const { headers, basic } = access;
  return {
    ':path': pathOf(access, path),
    ...headers,
    'Accept-Encoding': 'gzip',
    ...(basic !== undefined && { Authorization: `Basic ${Buffer.from(basic).toString('base64')}` }),
  };
}

function responseTo(stream: ClientHttp2Stream): Promise<http2.IncomingHttpHeaders> {
  return new Promise((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('error', reject);
    stream.once('close', () => reject(brokenOff()));
  });
}

function brokenOff(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}
