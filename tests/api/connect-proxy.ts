import http from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A forward proxy that knows CONNECT alone, as a company's for HTTPS. */
interface ConnectProxy {
  readonly port: number;
  /** `host:port` of each tunnel. */
  readonly tunnels: string[];
  /** The header Proxy-Authorization of each tunnel. */
  readonly credentials: (string | undefined)[];
  close(): void;
}

export async function startConnectProxy(): Promise<ConnectProxy> {
  const tunnels: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const proxy = http.createServer();
  proxy.on('connect', (request: http.IncomingMessage, client: Socket, head: Buffer) => {
    const target = request.url ?? '';
    tunnels.push(target);
    credentials.push(request.headers['proxy-authorization']);
    const { hostname, port } = new URL(`http://${target}`);
    const upstream = connect(Number(port || 80), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    port: (proxy.address() as AddressInfo).port,
    tunnels,
    credentials,
    close: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}
