import { timeOf } from '../../kubernetes/duration.ts';
import type { LogEvent, UpstreamTry } from '../../model/log-event.ts';
import { addressOf, backendOf, eventOf, hostOf, jsonFields, numberOf, pathOf, textOf } from './line.ts';

/** Text between quotes: nginx escapes quotes in it. */
const QUOTED = '"((?:[^"\\\\]|\\\\.)*)"';
const LIST = (item: string) => `(${item}(?:(?:,| :) ${item})*)`;

/** The default `log-format-upstream` of ingress-nginx, from the request's line on. */
const UPSTREAM = new RegExp(
  `${QUOTED} (\\d{3}) \\d+ ${QUOTED} ${QUOTED} \\d+ ([\\d.]+) \\[([^\\]]*)\\] \\[[^\\]]*\\] ${LIST('\\S+')} ${LIST('[\\d-]+')} ${LIST('[\\d.-]+')} ${LIST('[\\d-]+')} \\S+$`,
);
/** The combined format, with which other products' nginx begins. */
const COMBINED = new RegExp(`^\\S+ - .* \\[[^\\]]+\\] ${QUOTED} (\\d{3}) \\d+ ${QUOTED} ${QUOTED}`);

/** A line of nginx's access log: ingress-nginx's default format, the combined one, or JSON with nginx's variable names. */
export function readNginxAccess(line: string, now: Date): LogEvent | undefined {
  const text = line.trimEnd();
  const upstream = UPSTREAM.exec(text);
  if (upstream !== null) {
    const [, request, status, , , seconds, backend, addresses, lengths, times, statuses] = upstream;
    return eventOf('request', line, now, {
      isRequest: true,
      status: Number(status),
      seconds: numberOf(seconds),
      tries: triesOfLists(addresses, lengths, times, statuses),
      path: pathOf(request),
      backend: backendOf(backend),
    });
  }
  const fields = jsonFields(text);
  if (fields !== undefined) return fromJson(fields, line, now);
  const [, request, status] = COMBINED.exec(text) ?? [];
  if (request === undefined) return undefined;
  return eventOf('request', line, now, { isRequest: true, status: Number(status), path: pathOf(request) });
}

function fromJson(fields: Readonly<Record<string, unknown>>, line: string, now: Date): LogEvent | undefined {
  const first = (...names: readonly string[]) =>
    names.map((name) => fields[name]).find((value) => value !== undefined && value !== '');
  const text = (...names: readonly string[]) => textOf(first(...names));
  const status = numberOf(first('status', 'response_code'));
  if (status === undefined || first('upstream_addr', 'proxy_upstream_name', 'request_uri') === undefined) {
    return undefined;
  }
  return eventOf('request', line, now, {
    isRequest: true,
    status,
    time: timeOf(text('time_iso8601', 'time', 'timestamp', '@timestamp')),
    seconds: numberOf(first('request_time', 'duration')),
    tries: triesOfLists(
      text('upstream_addr'),
      text('upstream_response_length'),
      text('upstream_response_time'),
      String(first('upstream_status') ?? ''),
    ),
    host: hostOf(text('host', 'vhost', 'http_host', 'server_name', 'request_host')),
    path: pathOf(text('request_uri', 'uri', 'path')),
    backend: backendOf(text('proxy_upstream_name')),
  });
}

/** nginx logs the tries of one request as lists of equal length; `-` alone where it answered by itself. */
function triesOfLists(
  addresses: string | undefined,
  lengths = '',
  times = '',
  statuses = '',
): readonly UpstreamTry[] | undefined {
  if (addresses === undefined) return undefined;
  const [bytesOf, secondsOf, statusOf] = [lengths, times, statuses].map((list) => list.split(/(?:,| :) /));
  return addresses.split(/(?:,| :) /).flatMap((text, index) => {
    const address = addressOf(text);
    if (address === undefined) return [];
    const status = numberOf(statusOf?.[index]);
    const seconds = numberOf(secondsOf?.[index]);
    const bytes = numberOf(bytesOf?.[index]);
    return [
      {
        address,
        ...(status !== undefined && { status }),
        ...(seconds !== undefined && { seconds }),
        ...(bytes !== undefined && { bytes }),
      },
    ];
  });
}
