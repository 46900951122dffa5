import { readFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';

/** What goes wrong with one request. `cut-short` and `stall` send half of the real server's answer first. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: http.OutgoingHttpHeaders;
      readonly body?: string | Buffer;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut-short' }
  | { readonly kind: 'stall' };

/** What clients speak to the proxy; the last offers both of the others over TLS. */
export type Protocol = 'http' | 'https' | 'h2';

/** A request as it came through. */
interface PassedRequest {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Content-Encoding of the real answer. */
  encoding?: string | undefined;
}

export interface FaultProxy {
  readonly url: string;
  readonly requests: PassedRequest[];
  /** Connections that clients opened. */
  connections(): number;
  /** How many requests there were at the same time, at most. */
  mostAtOnce(): number;
  /** Tells all clients that speak HTTP/2 to make no further request on their connections. */
  goAway(): void;
  close(): Promise<void>;
}

/**
 * Stands in front of the real API server and passes everything on except where `choose` asks for a fault.
 * `index` counts requests from 0. Over TLS its certificate is one that nobody trusts.
 */
export async function startFaultProxy(
  server: string,
  authority: string,
  choose: (url: string, index: number) => Fault | undefined,
  protocol: Protocol = 'http',
): Promise<FaultProxy> {
  const agent = new https.Agent({ keepAlive: true, ca: readFileSync(authority) });
  const requests: PassedRequest[] = [];
  const sockets = new Set<Socket>();
  const sessions = new Set<http2.ServerHttp2Session>();
  let connections = 0;
  let underWay = 0;
  let mostAtOnce = 0;
  const proxy = listenerFor(protocol, (incoming, outgoing) => {
    const breakOff = () => {
      if ('stream' in incoming) incoming.stream.session?.destroy();
      else incoming.socket.destroy();
    };
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    outgoing.once('close', () => {
      underWay -= 1;
    });
    const passed: PassedRequest = { url: incoming.url ?? '', headers: plainHeaders(incoming.headers) };
    const fault = choose(passed.url, requests.length);
    requests.push(passed);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') return void breakOff();
    if (fault?.kind === 'answer') {
      outgoing.writeHead(fault.status, { 'Content-Type': 'application/json', ...fault.headers });
      return void outgoing.end(fault.body ?? statusBody(fault.status));
    }
    const headers = { ...passed.headers, host: new URL(server).host };
    const real = https.get(`${server}${incoming.url}`, { agent, headers }, (answer) => {
      passed.encoding = answer.headers['content-encoding'];
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        const { 'transfer-encoding': _, connection: _connection, ...kept } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 500, { ...kept, 'content-length': body.length });
        if (fault === undefined) return outgoing.end(body);
        return outgoing.write(body.subarray(0, body.length / 2), () => {
          if (fault.kind === 'cut-short') breakOff();
        });
      });
    });
    real.on('error', breakOff);
  });
  proxy.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  proxy.on('session', (session: http2.ServerHttp2Session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const scheme = protocol === 'http' ? 'http' : 'https';
  return {
    url: `${scheme}://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    mostAtOnce: () => mostAtOnce,
    goAway: () => {
      for (const session of sessions) session.goaway();
    },
    close: () => {
      agent.destroy();
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => proxy.close(() => resolve()));
    },
  };
}

type Handler = (
  incoming: http.IncomingMessage | http2.Http2ServerRequest,
  outgoing: http.ServerResponse,
) => void;

function listenerFor(protocol: Protocol, handler: Handler): http.Server | http2.Http2SecureServer {
  if (protocol === 'http') return http.createServer(handler);
  const certificates = path.join(import.meta.dirname, '../fixtures/certificates');
  const tls = {
    cert: readFileSync(path.join(certificates, 'shop.crt')),
    key: readFileSync(path.join(certificates, 'shop.key')),
  };
  if (protocol === 'https') return https.createServer(tls, handler);
  // Of a response this uses only what both protocols' have.
  return http2.createSecureServer({ ...tls, allowHTTP1: true }, handler as never);
}

/** Without HTTP/2's own, such as `:path`. */
function plainHeaders(headers: http.IncomingHttpHeaders): http.IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
}

/** A metav1.Status such as the API server sends. */
function statusBody(code: number): string {
  const message = `${http.STATUS_CODES[code]}, as injected`;
  return JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code });
}
