import { setTimeout as sleep } from 'node:timers/promises';
import type { Access } from './credentials.ts';
import { formatTimeout } from './duration.ts';
import { type Answer, urlOf } from './http.ts';
import type { RequestRecord } from './options.ts';
import { type Transport, transportTo } from './transport.ts';
import { adviceFor, describeTrouble, isBrokenOff } from './trouble.ts';

/** An HTTP answer of any status, or why there was none. */
export type Reply =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: 'timed-out' | 'failed'; readonly message: string };

/** Requests to one API server with one user's credentials. */
export interface Session {
  /** GETs a path. Waits, tries again and renews credentials where that helps; never throws. */
  get(path: string): Promise<Reply>;
  /** Begins to connect; what goes wrong is told by the first request. */
  open(): void;
  /** HTTP requests made so far, second tries included. */
  requestCount(): number;
  /** Why nothing at all could be had so far; `undefined` once the API server has answered anything. */
  problem(): string | undefined;
  close(): void;
}

interface SessionSettings {
  /** Milliseconds that one `get` may take, tries and waits included; `undefined` waits for ever. */
  readonly timeout: number | undefined;
  readonly userName: string;
  /** Asks for new credentials, where these may have expired. */
  readonly renew: () => Promise<Access>;
  readonly onRequest: (record: RequestRecord) => void;
  readonly signal: AbortSignal | undefined;
}

/** A server that is busy is asked three times in all; waits are the server's, but bounded where no timeout is. */
const maxBusyTries = 3;
const maxWait = 60_000;
const defaultBusyWait = 1_000;
/** A failing server is asked twice, since a GET changes nothing. */
const failureWait = 200;

const slowAdvice = 'check the network and the proxy, or raise `--request-timeout`';

export function startSession(first: Access, settings: SessionSettings): Session {
  let access = first;
  const transports = new Map<Access, Transport>();
  let renewal: Promise<void> | undefined;
  let count = 0;
  let trouble: string | undefined;
  let wasReached = false;
  /** Credentials worth renewing: fresh ones that were never accepted will not be followed by better ones. */
  const renewable = new WeakSet<Access>(first.isRenewable ? [first] : []);

  async function get(path: string): Promise<Reply> {
    const deadline = settings.timeout === undefined ? undefined : AbortSignal.timeout(settings.timeout);
    const endsAt = performance.now() + (settings.timeout ?? Number.POSITIVE_INFINITY);
    const signal = AbortSignal.any([deadline, settings.signal].filter((item) => item !== undefined));
    const allowance: Allowance = { busy: maxBusyTries - 1, failing: 1, refused: 1 };
    for (;;) {
      const used = access;
      try {
        const answer = await ask(used, path, signal);
        note(used, answer);
        if (answer.status === 401 && allowance.refused-- > 0 && (await hasRenewed(used))) continue;
        const wait = waitBeforeNextTry(answer, allowance);
        if (wait === undefined || performance.now() + wait >= endsAt) return { ok: true, answer };
        await sleep(wait, undefined, { signal });
      } catch (error) {
        if (settings.signal?.aborted) return { ok: false, reason: 'failed', message: 'interrupted' };
        if (deadline?.aborted) {
          transportOf(used).forget();
          return fail('timed-out', used, noAnswer(), slowAdvice);
        }
        if (isBrokenOff(error) && allowance.failing-- > 0) continue;
        return fail('failed', used, describeTrouble(error), adviceFor(error));
      }
    }
  }

  function transportOf(used: Access): Transport {
    const transport = transports.get(used) ?? transportTo(used);
    transports.set(used, transport);
    return transport;
  }

  async function ask(used: Access, path: string, signal: AbortSignal): Promise<Answer> {
    count += 1;
    const startedAt = new Date();
    const start = performance.now();
    const record = (status?: number) =>
      settings.onRequest({
        url: urlOf(used, path),
        startedAt,
        milliseconds: Math.round(performance.now() - start),
        ...(status === undefined ? {} : { status }),
      });
    try {
      const answer = await transportOf(used).get(path, signal);
      record(answer.status);
      return answer;
    } catch (error) {
      record();
      throw error;
    }
  }

  function note(used: Access, answer: Answer): void {
    if (answer.status === 401) {
      trouble ??= `the API server ${used.server.host} does not accept the credentials of user \`${settings.userName}\` (401 Unauthorized): log in again, or choose another \`--context\` or \`--user\``;
    } else if (isFromApiServer(answer)) {
      wasReached = true;
      if (used.isRenewable) renewable.add(used);
    } else {
      const target = answer.location === undefined ? '' : ` and points to ${answer.location}`;
      trouble ??= `${whereTo(used)} answers ${answer.status}${target}, which is not how a Kubernetes API server answers; check \`server\` in the kubeconfig`;
    }
  }

  function fail(reason: 'timed-out' | 'failed', used: Access, message: string, advice: string): Reply {
    trouble ??= `cannot reach the API server ${whereTo(used)}: ${message}; ${advice}`;
    return { ok: false, reason, message };
  }

  function noAnswer(): string {
    return `no answer within ${formatTimeout(settings.timeout ?? 0)}`;
  }

  async function hasRenewed(used: Access): Promise<boolean> {
    if (access !== used) return true;
    if (!renewable.delete(used)) {
      await renewal;
      return access !== used;
    }
    renewal = settings.renew().then(
      (fresh) => {
        access = fresh;
      },
      // The refusal that asked for new credentials stands.
      () => undefined,
    );
    await renewal;
    return access !== used;
  }

  return {
    get,
    open: () => transportOf(access).open(),
    requestCount: () => count,
    problem: () => (wasReached ? undefined : trouble),
    close: () => {
      for (const transport of transports.values()) transport.close();
    },
  };
}

/** How many more times a request may be tried, by what went wrong. */
interface Allowance {
  busy: number;
  failing: number;
  refused: number;
}

/** Milliseconds until another try is worth it, taken from the allowance; `undefined` when the answer stands. */
function waitBeforeNextTry(answer: Answer, allowance: Allowance): number | undefined {
  if (answer.status === 429) {
    if (allowance.busy-- <= 0) return undefined;
    const wait = answer.retryAfter === undefined ? defaultBusyWait : answer.retryAfter * 1000;
    return wait <= maxWait ? wait : undefined;
  }
  const isFailure = [500, 502, 503, 504].includes(answer.status);
  return isFailure && allowance.failing-- > 0 ? failureWait : undefined;
}

/** JSON always is; of plain text what the API server sends so: logs, "404 page not found", "Too many requests". */
function isFromApiServer({ status, contentType }: Answer): boolean {
  if (contentType.startsWith('application/json')) return true;
  return contentType.startsWith('text/plain') && [200, 404, 429].includes(status);
}

function whereTo({ server, proxy }: Access): string {
  const address = `${server.protocol}//${server.host}`;
  return proxy === undefined ? address : `${address} (through proxy ${proxy})`;
}
