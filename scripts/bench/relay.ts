import net, { type AddressInfo, type Socket } from 'node:net';

/** A server on this machine that is as far away as the one behind it would be over a slow network. */
export interface Relay {
  /** `host:port` to connect to. */
  readonly address: string;
  close(): void;
}

/**
 * Passes TCP connections on to a port of this machine, each byte late by half the round trip, and what is sent first
 * by one round trip more: a connection takes that to be made, which a relay on the same machine does not show. It
 * needs no kernel module, as `tc netem` does, and slows down whoever connects to it alike.
 */
export function startRelay(port: number, roundTrip: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  const server = net.createServer({ noDelay: true }, (client) => {
    const upstream = net.connect({ port, host: '127.0.0.1', noDelay: true });
    passOn(client, upstream, roundTrip / 2, performance.now() + 1.5 * roundTrip);
    passOn(upstream, client, roundTrip / 2, 0);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => {
        client.destroy();
        upstream.destroy();
      });
    }
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      resolve({
        address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () => {
          for (const socket of sockets) socket.destroy();
          server.close();
        },
      });
    }),
  );
}

/** Writes what comes from one socket to the other after `delay` milliseconds, and not before `start`. */
function passOn(from: Socket, to: Socket, delay: number, start: number): void {
  const waiting: { readonly due: number; readonly chunk: Buffer | undefined }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function pass(): void {
    timer = undefined;
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      const wait = first.due - performance.now();
      if (wait > 0) {
        timer = setTimeout(pass, wait);
        return;
      }
      waiting.shift();
      if (first.chunk === undefined) to.end();
      else to.write(first.chunk);
    }
  }

  function take(chunk: Buffer | undefined): void {
    waiting.push({ due: Math.max(performance.now() + delay, start), chunk });
    if (timer === undefined) pass();
  }

  from.on('data', take);
  from.on('end', () => take(undefined));
}
