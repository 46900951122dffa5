import { timeOf } from '../../kubernetes/duration.ts';
import type { LogEvent, LogPattern } from '../../model/log-event.ts';
import { backendOf, eventOf, pathOf } from './line.ts';

/** HAProxy's HTTP format: client, time, frontend, backend/server, five times, status, bytes, how the session ended. */
const HTTP_LOG =
  /\[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2})[^\]]*\] \S+ ([^\s/]+)\/\S+ (?:\+?-?\d+\/){4}\+?(-?\d+) (\d{3}|-1) \+?\d+ \S+ \S+ (\S{2})\S{2} \S+ \S+ .*?"([^"]*)/;

/** How a session ended and where it stood then. Source: HAProxy's configuration manual, "Session state at disconnection". */
const ENDS: Readonly<Record<string, LogPattern>> = {
  SC: 'connection-refused',
  sC: 'connect-timeout',
  sQ: 'no-endpoint',
  SH: 'closed-early',
  sH: 'read-timeout',
  sD: 'stream-timeout',
  PH: 'invalid-header',
};

/** What HAProxy denies by itself, by the status. */
const DENIED: Readonly<Record<string, LogPattern>> = {
  '400': 'request-header-too-large',
  '403': 'forbidden',
  '413': 'body-too-large',
  '429': 'limited',
};

/** A line of HAProxy's access log. Servers have made-up names there, so that no address is told. */
export function readHaproxy(line: string, now: Date): LogEvent | undefined {
  const match = HTTP_LOG.exec(line);
  if (match === null) return undefined;
  const [, day, month, year, time, backend, milliseconds, status = '', end = '', request] = match;
  const isDenied = end === 'PR' || end === 'PT';
  return eventOf((isDenied ? DENIED[status] : ENDS[end]) ?? 'request', line, now, {
    isRequest: true,
    time: timeOf(`${day} ${month} ${year} ${time} +0000`),
    status: status === '-1' ? undefined : Number(status),
    seconds: Math.max(0, Number(milliseconds)) / 1000,
    path: pathOf(request),
    backend: backendOf(backend),
  });
}
