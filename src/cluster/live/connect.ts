import { STATUS_CODES } from 'node:http';
import type { Cluster } from '../cluster.ts';
import { authenticate } from './credentials.ts';
import { parseTimeout } from './duration.ts';
import { liveCluster } from './live-cluster.ts';
import type { ConnectionEnvironment, ConnectionOptions, RequestRecord } from './options.ts';
import { startSession } from './session.ts';
import { chooseTarget } from './target.ts';

/** A live cluster, and what the rest of the run wants to know of how it is reached. */
export interface Connection {
  readonly cluster: Cluster;
  /** The context's namespace; a Pod's own inside a cluster; else `default`. */
  readonly namespace: string;
  /** Name of the context; absent inside a cluster, and where flags alone say what to ask. */
  readonly context: string | undefined;
  /** URL of the API server. */
  readonly server: string;
  /** HTTP requests made so far, pages and second tries included. */
  requestCount(): number;
  /**
   * Why nothing at all could be read so far, in one line that says what to do: no connection, a certificate that is
   * not trusted, credentials that are refused. `undefined` once the API server has answered any request.
   */
  problem(): string | undefined;
  /** Begins to connect, while the caller gets ready to ask; what goes wrong is told by the first read. */
  open(): void;
  /** Closes connections that are kept for later requests. */
  close(): void;
}

/** From this verbosity on kubectl shows requests. */
const requestVerbosity = 6;
/** As kubectl's `--chunk-size`. */
const defaultPageSize = 500;

/**
 * Finds out which API server to ask, as whom, and gets the credentials: from kubeconfig, flags or the Pod's
 * service account, by running a credential plugin if need be. Asks nothing of the server yet.
 * Throws a ConnectionError when that fails.
 */
export async function connect(
  options: ConnectionOptions,
  environment: ConnectionEnvironment,
): Promise<Connection> {
  const timeout = parseTimeout(options.requestTimeout);
  const target = chooseTarget(options, environment);
  const access = await authenticate(target, environment, timeout);
  const tellsRequests = (options.verbosity ?? 0) >= requestVerbosity;
  const session = startSession(access, {
    timeout,
    userName: target.user.name || 'anonymous',
    renew: () => authenticate(target, environment, timeout),
    onRequest: (record) => {
      environment.onRequest?.(record);
      if (tellsRequests) environment.tell(requestLine(record));
    },
    signal: environment.signal,
  });
  const now = environment.clock?.() ?? new Date();
  return {
    cluster: liveCluster(session, now, environment.pageSize ?? defaultPageSize),
    namespace: target.namespace ?? 'default',
    context: target.context,
    server: `${access.server.protocol}//${access.server.host}`,
    requestCount: session.requestCount,
    problem: session.problem,
    open: session.open,
    close: session.close,
  };
}

/** `GET https://10.0.0.1:6443/api/v1/pods?limit=500 200 OK in 12 milliseconds`, as kubectl prints it. */
function requestLine({ url, status, milliseconds }: RequestRecord): string {
  const result = status === undefined ? 'no answer' : `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  return `GET ${url} ${result} in ${milliseconds} milliseconds`;
}
