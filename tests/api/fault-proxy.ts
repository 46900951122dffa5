import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

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
  close(): Promise<void>;
}

/**
 * Stands in front of the real API server, on plain HTTP, and passes everything on except where
 * `choose` asks for a fault. `index` counts requests from 0.
 */
export async function startFaultProxy(
  server: string,
  authority: string,
  choose: (url: string, index: number) => Fault | undefined,
): Promise<FaultProxy> {
  const agent = new https.Agent({ keepAlive: true, ca: readFileSync(authority) });
  const requests: PassedRequest[] = [];
  let connections = 0;
  const proxy = http.createServer((incoming, outgoing) => {
    const passed: PassedRequest = { url: incoming.url ?? '', headers: incoming.headers };
    const fault = choose(passed.url, requests.length);
    requests.push(passed);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') return void incoming.socket.destroy();
    if (fault?.kind === 'answer') {
      outgoing.writeHead(fault.status, { 'Content-Type': 'application/json', ...fault.headers });
      return void outgoing.end(fault.body ?? statusBody(fault.status));
    }
    const headers = { ...incoming.headers, host: new URL(server).host };
    const real = https.get(`${server}${incoming.url}`, { agent, headers }, (answer) => {
      passed.encoding = answer.headers['content-encoding'];
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        const { 'transfer-encoding': _, ...kept } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 500, { ...kept, 'content-length': body.length });
        if (fault === undefined) return outgoing.end(body);
        return outgoing.write(body.subarray(0, body.length / 2), () => {
          if (fault.kind === 'cut-short') incoming.socket.destroy();
        });
      });
    });
    real.on('error', () => incoming.socket.destroy());
  });
  proxy.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    close: () => {
      agent.destroy();
      proxy.closeAllConnections();
      return new Promise((resolve) => proxy.close(() => resolve()));
    },
  };
}

/** A metav1.Status such as the API server sends. */
function statusBody(code: number): string {
  const message = `${http.STATUS_CODES[code]}, as injected`;
  return JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code });
}
