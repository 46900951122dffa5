import type { LogEvent, LogPattern } from '../../model/log-event.ts';
import { addressOf, eventOf, hostOf, pathOf, patternOf } from './line.ts';

/** nginx's own words, from its src/http and src/event; the first that fits holds. */
const PATTERNS: readonly (readonly [LogPattern, RegExp])[] = [
  ['connection-refused', /connect\(\) failed \(111: /],
  [
    'host-unreachable',
    /\((?:113: (?:Host is unreachable|No route to host)|101: Network (?:is )?unreachable)\)/,
  ],
  ['connect-timeout', /upstream timed out \(110: [^)]*\) while connecting to upstream/],
  ['read-timeout', /upstream timed out \(110: [^)]*\) while (?:reading response header|sending request)/],
  ['stream-timeout', /upstream timed out \(110: [^)]*\) while (?:reading upstream|proxying)/],
  [
    'tls-to-plain',
    /SSL_do_handshake\(\) failed .*(?:wrong version number|unknown protocol|packet length too long|record layer failure)/,
  ],
  ['certificate-rejected', /upstream SSL certificate (?:verify error|does not match)/],
  ['response-header-too-large', /upstream sent too big header/],
  ['invalid-header', /upstream sent (?:no valid|invalid) (?:HTTP\/1\.0 )?header|upstream sent invalid http2/],
  ['closed-early', /upstream prematurely closed connection/],
  [
    'closed-early',
    /\((?:104: Connection reset by peer|32: Broken pipe)\) while (?:reading response header|reading upstream|sending request|proxying)/,
  ],
  ['no-endpoint', /no live upstreams|no peer was returned/],
  ['body-too-large', /client intended to send too large (?:chunked )?body/],
  ['request-header-too-large', /client sent too (?:long (?:header line|URI)|large request)/],
  ['limited', /limiting (?:requests, excess|connections by zone)/],
  ['forbidden', /access forbidden by rule/],
  ['auth-unexpected', /auth request unexpected status/],
  ['proxy-protocol-broken', /broken header: .* while reading PROXY protocol/],
  ['sync-failed', /could not parse backends data/],
];

const HEADER = /^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2} \[\w+\] \d+#\d+: (?:\*\d+ )?/;
/** What nginx appends to a message about a request: no other format has it outside of quotes. */
const CONTEXT = /, (?:client: |upstream: ")/;
/** What `nginx -t` and a failing reload say. */
const REFUSED = /(?:^|nginx: )\[emerg\] (.+)$/;
const SERVER = /, server: ([^,]*)/;
const REQUEST = /, request: "(.*?)"(?:,|$)/;
const UPSTREAM = /, upstream: "([^"]*)"/;
const HOST = /, host: "([^"]*)"/;

/** A line of nginx's error log, as it writes it to stderr; also what a refused configuration makes it print. */
export function readNginxError(line: string, now: Date): LogEvent | undefined {
  if (REFUSED.test(line)) return eventOf('configuration-refused', line, now, {});
  // Tools that collect logs may take the header off.
  if (!HEADER.test(line) && !CONTEXT.test(line)) return undefined;
  const message = line.replace(HEADER, '');
  const pattern = patternOf(PATTERNS, message);
  if (pattern === undefined) return undefined;
  const told = (context: RegExp) => context.exec(message)?.[1];
  const address = addressOf(told(UPSTREAM));
  return eventOf(pattern, line, now, {
    tries: address === undefined ? undefined : [{ address }],
    host: hostOf(told(HOST)) ?? hostOf(told(SERVER)),
    path: pathOf(told(REQUEST)),
  });
}
