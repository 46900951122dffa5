import { timeOf } from '../../kubernetes/duration.ts';
import type { LogEvent, LogPattern } from '../../model/log-event.ts';
import {
  addressOf,
  backendOf,
  eventOf,
  hostOf,
  jsonFields,
  numberOf,
  pathOf,
  patternOf,
  textOf,
  triesOf,
} from './line.ts';

/** The common format of Traefik's accesslog package: the combined one, a count, router, server URL, milliseconds. */
const COMMON =
  /^\S+ - .* \[[^\]]+\] "(.*?)" (\d{3}|-|0) (?:\d+|-) "[^"]*" "[^"]*" \d+ "?[^"]*"? "?([^"\s]*)"? (\d+)ms$/;

/** What Go's HTTP client says of a request that failed, which Traefik logs. */
const ERRORS: readonly (readonly [LogPattern, RegExp])[] = [
  ['connection-refused', /connect: connection refused/],
  ['host-unreachable', /connect: no route to host/],
  ['connect-timeout', /dial tcp \S+: (?:i\/o timeout|connect: connection timed out)/],
  ['read-timeout', /timeout awaiting response headers/],
  ['certificate-rejected', /x509: |failed to verify certificate/],
  [
    'tls-to-plain',
    /first record does not look like a TLS handshake|server gave HTTP response to HTTPS client/,
  ],
  ['invalid-header', /malformed HTTP (?:response|status|version)/],
  ['closed-early', /502 Bad Gateway.*(?:\bEOF\b|connection reset by peer)/],
];

/** A line of Traefik's access log (common format or JSON), or of its own log about a request that failed. */
export function readTraefik(line: string, now: Date): LogEvent | undefined {
  const fields = jsonFields(line);
  if (fields?.['DownstreamStatus'] !== undefined) return fromJson(fields, line, now);
  const match = COMMON.exec(line.trimEnd());
  if (match !== null) {
    const [, request, status, server, milliseconds] = match;
    return eventOf('request', line, now, {
      isRequest: true,
      status: numberOf(status),
      seconds: Number(milliseconds) / 1000,
      tries: server === '' || server === '-' ? [] : triesOf(server, ownStatus(numberOf(status))),
      path: pathOf(request),
    });
  }
  const pattern = patternOf(ERRORS, line);
  if (pattern === undefined) return undefined;
  const told = /dial tcp (\S+):/.exec(line)?.[1] ?? /->(\S+): read/.exec(line)?.[1];
  return eventOf(pattern, line, now, { tries: triesOf(addressOf(told)) });
}

function fromJson(fields: Readonly<Record<string, unknown>>, line: string, now: Date): LogEvent {
  const text = (name: string) => textOf(fields[name]);
  const server = text('ServiceAddr') ?? text('ServiceURL');
  const duration = numberOf(fields['Duration']);
  return eventOf('request', line, now, {
    isRequest: true,
    time: timeOf(text('StartUTC') ?? text('time')),
    status: numberOf(fields['DownstreamStatus']),
    seconds: duration === undefined ? undefined : duration / 1e9,
    tries: server === undefined ? [] : triesOf(server, ownStatus(numberOf(fields['OriginStatus']))),
    host: hostOf(text('RequestHost')),
    path: pathOf(text('RequestPath')),
    backend: backendOf(text('ServiceName')),
  });
}

/** The address's own status, unless it may be one that Traefik gives where the address gave none. */
function ownStatus(status: number | undefined): { readonly status?: number } {
  return status === undefined || [0, 499, 500, 502, 504].includes(status) ? {} : { status };
}
