import { logLineTime, safeLine } from './log-lines.ts';

/** One try of a proxy to get a request answered by one address, as its log tells. */
export interface ProxyAttempt {
  readonly outcome: 'refused' | 'answered';
  /** The HTTP status that came from the address itself. */
  readonly status?: number;
  /** Whether the log says so in words; otherwise it follows from flags and times. */
  readonly isExplicit: boolean;
  readonly time?: Date;
  readonly line: string;
}

const REFUSED = /connection[ _]refused|\(111: |delayed_connect_error:_111/i;

/** ingress-nginx's access log ends in upstream addresses, lengths, times, statuses and a request id. */
const NGINX = /\] (\S+(?:, \S+)*) ([\d-]+(?:, [\d-]+)*) ([\d.-]+(?:, [\d.-]+)*) ([\d-]+(?:, [\d-]+)*) \w+$/;

/** Envoy's default access log: status, response flags, (details,) bytes received, bytes sent, milliseconds. */
const ENVOY = /" (\d{3}) (\S+) (?:\S+ \S+ "[^"]*" )?\d+ \d+ (\d+) /;

/** Milliseconds under which an Envoy connection failure is a refusal rather than a timeout. */
const PROMPT = 1000;

/**
 * What became of requests that a controller sent to the address, in the log's order. Read are nginx's error log,
 * ingress-nginx's access log, Envoy's default access log, and any line that names the address as refusing.
 */
export function proxyAttempts(text: string, address: string, port: number): readonly ProxyAttempt[] {
  const target = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  return text.split('\n').flatMap((line) => {
    if (!names(line, target)) return [];
    const outcome = outcomeOf(line, target);
    if (outcome === undefined) return [];
    const time = logLineTime(line);
    return [{ ...outcome, line: safeLine(line), ...(time !== undefined && { time }) }];
  });
}

function names(line: string, target: string): boolean {
  const start = line.indexOf(target);
  if (start < 0) return false;
  const isPartOfNumber = (character: string | undefined) => /\d/.test(character ?? '');
  return !isPartOfNumber(line[start - 1]) && !isPartOfNumber(line[start + target.length]);
}

function outcomeOf(
  line: string,
  target: string,
): Pick<ProxyAttempt, 'outcome' | 'status' | 'isExplicit'> | undefined {
  if (REFUSED.test(line)) return { outcome: 'refused', isExplicit: true };
  const nginx = NGINX.exec(line.trimEnd());
  if (nginx !== null) {
    const [addresses = [], lengths = [], , statuses = []] = nginx.slice(1).map((list) => list.split(', '));
    const index = addresses.lastIndexOf(target);
    const status = Number(statuses[index]);
    // nginx logs its own failed tries as 502 or 504 without a body.
    if (!Number.isInteger(status) || (status >= 502 && lengths[index] === '0')) return undefined;
    return { outcome: 'answered', status, isExplicit: true };
  }
  const envoy = ENVOY.exec(line);
  if (envoy === null) return undefined;
  const [, status, flags = '', milliseconds] = envoy;
  if (flags === '-') return { outcome: 'answered', status: Number(status), isExplicit: true };
  if (flags.split(',').includes('UF') && Number(milliseconds) < PROMPT) {
    return { outcome: 'refused', isExplicit: false };
  }
  return undefined;
}
