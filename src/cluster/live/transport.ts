import https from 'node:https';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Access } from './credentials.ts';
import { type Answer, getOnce, hostOf } from './http.ts';
import type { SharedConnection } from './http2.ts';

/** Sends requests to one server as one user. */
export interface Transport {
  /** Begins to connect, so that the first request need not wait for it from the start. Its trouble is the request's. */
  open(): void;
  /** One GET, no second try. Rejects with Node's error; `signal` ends it at any point. */
  get(path: string, signal: AbortSignal): Promise<Answer>;
  /** Makes the next request connect anew: this connection may be dead without anybody having said so. */
  forget(): void;
  close(): void;
}

/**
 * All requests go over one HTTP/2 connection where the server speaks that, as API servers do and kubectl does: one
 * handshake, and no request waits for another. Else, and through a SOCKS proxy, they go over connections of HTTP/1.1.
 */
export function transportTo(access: Access): Transport {
  const { agent } = access;
  if (access.allowsHttp2 && agent instanceof https.Agent && access.server.protocol === 'https:') {
    return overSharedConnection(access, agent);
  }
  return {
    open: () => undefined,
    get: (path, signal) => getOnce(access, path, signal),
    forget: () => undefined,
    close: () => agent.destroy(),
  };
}

function overSharedConnection(access: Access, agent: https.Agent): Transport {
  /** The connection, or `undefined` where the server speaks HTTP/1.1 alone. */
  let connection: Promise<SharedConnection | undefined> | undefined;
  const open = new Set<SharedConnection>();
  let isClosed = false;

  function connect(): Promise<SharedConnection | undefined> {
    if (connection !== undefined) return connection;
    const made = start(() => drop(made));
    made.catch(() => drop(made));
    connection = made;
    return made;
  }

  async function start(onEnd: () => void): Promise<SharedConnection | undefined> {
    const connecting = connectTls(access, agent);
    // Most servers will want it: loaded while the connection is being made.
    const [socket, { shareConnection }] = await Promise.all([connecting, import('./http2.ts')]);
    if (isClosed) socket.destroy();
    if (socket.alpnProtocol !== 'h2') {
      handOver(agent, socket);
      return undefined;
    }
    const shared = shareConnection(access, socket, () => {
      open.delete(shared);
      onEnd();
    });
    open.add(shared);
    return shared;
  }

  function drop(made: typeof connection): void {
    if (connection === made) connection = undefined;
  }

  async function get(path: string, signal: AbortSignal): Promise<Answer> {
    const made = connect();
    let shared = await orAbort(made, signal);
    if (shared?.isUsable() === false) {
      drop(made);
      shared = await orAbort(connect(), signal);
    }
    return shared === undefined ? getOnce(access, path, signal) : shared.get(path, signal);
  }

  return {
    open: () => {
      connect().catch(() => undefined);
    },
    get,
    forget: () => {
      connection?.then(
        (shared) => shared?.retire(),
        () => undefined,
      );
      connection = undefined;
    },
    close: () => {
      isClosed = true;
      for (const shared of open) shared.destroy();
      agent.destroy();
    },
  };
}

/** Connects as the agent does, by way of its proxy if it has one, and offers HTTP/2 besides HTTP/1.1. */
function connectTls(access: Access, agent: https.Agent): Promise<TLSSocket> {
  const host = hostOf(access);
  const options = {
    ...agent.options,
    host,
    port: Number(access.server.port || 443),
    servername: agent.options.servername ?? (isIP(host) === 0 ? host : ''),
    ALPNProtocols: ['h2', 'http/1.1'],
  };
  return new Promise((resolve, reject) => {
    const take = (socket: TLSSocket) => {
      // Else a small request may wait 40 ms for the server to acknowledge the one before it.
      socket.setNoDelay(true);
      socket.once('secureConnect', () => resolve(socket));
      socket.once('error', reject);
    };
    const made = agent.createConnection(options, (error, socket) => {
      if (error) reject(error);
      else take(socket as TLSSocket);
    });
    // Through a proxy the connection comes later, by the callback.
    if (made) take(made as TLSSocket);
  });
}

/** Lets the agent's next connection be this one, on which HTTP/1.1 was agreed. */
function handOver(agent: https.Agent, socket: TLSSocket): void {
  const createConnection = agent.createConnection;
  agent.createConnection = () => {
    agent.createConnection = createConnection;
    return socket;
  };
}

/** What a promise answers, or a rejection as soon as the signal aborts. */
function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
