import { timeOf } from '../../kubernetes/duration.ts';
import type { LogEvent, LogPattern } from '../../model/log-event.ts';
import { backendOf, eventOf, hostOf, jsonFields, numberOf, pathOf, textOf, triesOf } from './line.ts';

/**
 * Envoy's default format: time, request, status, flags, (details, why the connection ended, what the transport says),
 * bytes in and out, milliseconds, those of the upstream, then quoted: forwarded-for, agent, id, host, address.
 * Istio adds the cluster.
 */
const DEFAULT =
  /^\[([^\]]+)\] "(\S+ \S+)[^"]*" (\d{3}) (\S+) (?:(\S+) \S+ "([^"]*)" )?\d+ \d+ (\d+) \S+ "[^"]*" "[^"]*" "[^"]*" "([^"]*)" "([^"]*)"(?: (\S+))?/;

/** Milliseconds under which a connection failure is a refusal rather than a timeout. */
const PROMPT = 1000;

interface Answer {
  readonly status: number;
  readonly flags: string;
  readonly details: string;
  readonly milliseconds: number | undefined;
  readonly upstream: string;
}

/** A line of Envoy's access log, in its default format (Contour's and Istio's too) or in JSON. */
export function readEnvoy(line: string, now: Date): LogEvent | undefined {
  const fields = jsonFields(line);
  if (fields !== undefined) return fromJson(fields, line, now);
  const match = DEFAULT.exec(line);
  if (match === null) return undefined;
  const [
    ,
    ,
    request,
    status,
    flags = '-',
    details = '',
    transport = '',
    milliseconds,
    host,
    upstream = '-',
    cluster,
  ] = match;
  return event(line, now, {
    answer: {
      status: Number(status),
      flags,
      details: `${details} ${transport}`,
      milliseconds: numberOf(milliseconds),
      upstream,
    },
    host,
    path: request,
    cluster,
  });
}

function fromJson(fields: Readonly<Record<string, unknown>>, line: string, now: Date): LogEvent | undefined {
  const status = numberOf(fields['response_code']);
  const flags = fields['response_flags'];
  if (status === undefined || flags === undefined) return undefined;
  const text = (name: string) => textOf(fields[name]);
  return event(line, now, {
    answer: {
      status,
      flags: textOf(flags) || '-',
      details: `${text('response_code_details') ?? ''} ${text('upstream_transport_failure_reason') ?? ''}`,
      milliseconds: numberOf(fields['duration']),
      upstream: text('upstream_host') ?? '-',
    },
    host: text('authority'),
    path: text('path'),
    cluster: text('upstream_cluster'),
    time: timeOf(text('start_time') ?? text('@timestamp')),
  });
}

interface Request {
  readonly answer: Answer;
  readonly host: string | undefined;
  readonly path: string | undefined;
  readonly cluster: string | undefined;
  readonly time?: Date | undefined;
}

function event(line: string, now: Date, { answer, host, path, cluster, time }: Request): LogEvent {
  const { status, upstream, milliseconds, flags } = answer;
  const { pattern, isExplicit } = judge(answer);
  const seconds = milliseconds === undefined ? undefined : milliseconds / 1000;
  return eventOf(pattern, line, now, {
    isRequest: true,
    isExplicit,
    time,
    status,
    seconds,
    // Without a flag the status is what the address gave.
    tries: triesOf(upstream, flags === '-' ? { status } : {}),
    host: hostOf(host),
    path: pathOf(path),
    backend: backendOfCluster(cluster),
  });
}

/** What response flags say. Source: Envoy's documentation of the access log, `RESPONSE_FLAGS`. */
const FLAGS: Readonly<Record<string, LogPattern>> = {
  UH: 'no-endpoint',
  NR: 'no-route',
  NC: 'service-unknown',
  UT: 'read-timeout',
  SI: 'stream-timeout',
  UC: 'closed-early',
  UR: 'closed-early',
  UPE: 'invalid-header',
  RL: 'limited',
  UAEX: 'forbidden',
};

function judge({ status, flags, details, milliseconds, upstream }: Answer): {
  readonly pattern: LogPattern;
  readonly isExplicit: boolean;
} {
  const all = flags.split(',');
  if (all.includes('UF')) return connectionFailure(details, milliseconds);
  const flag = all.find((each) => FLAGS[each] !== undefined);
  if (flag !== undefined) return { pattern: FLAGS[flag] ?? 'request', isExplicit: true };
  // What Envoy answers by itself has no address.
  if (upstream === '-' && status === 431) return { pattern: 'request-header-too-large', isExplicit: true };
  if (upstream === '-' && status === 413) return { pattern: 'body-too-large', isExplicit: true };
  return { pattern: 'request', isExplicit: true };
}

function connectionFailure(
  details: string,
  milliseconds: number | undefined,
): { readonly pattern: LogPattern; readonly isExplicit: boolean } {
  const words: readonly (readonly [LogPattern, RegExp])[] = [
    ['tls-to-plain', /WRONG_VERSION_NUMBER/],
    ['certificate-rejected', /CERTIFICATE_VERIFY_FAILED/],
    ['connection-refused', /connect[ _]error:[ _]111|connection[ _]refused/i],
    ['host-unreachable', /connect[ _]error:[ _]113/],
    ['connect-timeout', /connection[ _]timeout/i],
  ];
  const told = words.find(([, expression]) => expression.test(details));
  if (told !== undefined) return { pattern: told[0], isExplicit: true };
  const isPrompt = milliseconds !== undefined && milliseconds < PROMPT;
  return { pattern: isPrompt ? 'connection-refused' : 'connect-timeout', isExplicit: false };
}

/** Istio's `outbound|80||web.shop.svc.cluster.local`, Contour's `shop/web/80/da39a3ee5e`. */
function backendOfCluster(cluster: string | undefined): string | undefined {
  const [, port, service, namespace] =
    /^outbound\|(\d+)\|[^|]*\|([^.]+)\.([^.]+)\.svc/.exec(cluster ?? '') ?? [];
  if (service !== undefined) return `${namespace}-${service}-${port}`;
  const [, name] = /^([^/]+\/[^/]+\/[^/]+)\/[0-9a-f]+$/.exec(cluster ?? '') ?? [];
  return backendOf(name);
}
