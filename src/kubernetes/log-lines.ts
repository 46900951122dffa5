import { timeOf } from './duration.ts';

/** What an error line of a log is about, the telling ones first. */
export type LogTrouble =
  | 'address in use'
  | 'out of memory'
  | 'name not found'
  | 'connection refused'
  | 'too many connections'
  | 'database error'
  | 'permission denied'
  | 'missing setting'
  | 'missing file or module'
  | 'timeout'
  | 'crash'
  | 'error';

/** One entry of a log that reports trouble. */
export interface LogError {
  readonly trouble: LogTrouble;
  /** The line that says it, without credentials, cut to a readable length. */
  readonly line: string;
  /** Whether the program cannot go on after it. */
  readonly isFatal: boolean;
}

const PATTERNS: readonly (readonly [LogTrouble, RegExp])[] = [
  ['address in use', /EADDRINUSE|address already in use|port \d+ (?:is|was) already in use/i],
  ['out of memory', /\bout of memory\b|OutOfMemoryError|\bOOM\b|cannot allocate memory|heap limit/i],
  [
    'name not found',
    /no such host|ENOTFOUND|EAI_AGAIN|UnknownHostException|name or service not known|name resolution|could not translate host ?name|getaddrinfo|server misbehaving|\blookup \S+(?: on \S+)?: .*(?:i\/o timeout|connection refused)/i,
  ],
  ['connection refused', /ECONNREFUSED|connection refused|actively refused/i],
  [
    'too many connections',
    /too many (?:connections|clients)|remaining connection slots|pool (?:is )?exhausted/i,
  ],
  [
    'database error',
    /SQLSTATE|password authentication failed|relation "[^"]*" does not exist|\bORA-\d{5}\b/i,
  ],
  [
    'permission denied',
    /EACCES|EPERM|permission denied|operation not permitted|read-only file system|EROFS/i,
  ],
  [
    'missing setting',
    /(?:missing|required|undefined|unset)\b.{0,40}\b(?:env|environment|variable|config|setting|option)|(?:env|environment variable|variable|setting)\b.{0,60}\b(?:missing|required|not set|not defined|undefined|unset|must be set)|must be set\b|KeyError: '[A-Z][A-Z0-9_]+'/i,
  ],
  [
    'missing file or module',
    /ENOENT|no such file or directory|FileNotFound|Cannot find module|ModuleNotFoundError|ClassNotFoundException|NoClassDefFoundError|cannot open shared object/i,
  ],
  [
    'timeout',
    /ETIMEDOUT|context deadline exceeded|i\/o timeout|connection timed out|SocketTimeoutException/i,
  ],
  [
    'crash',
    /^panic:|^fatal error:|^Traceback \(most recent|^Exception in thread|^(?:\w+\.)*\w*(?:Error|Exception)\b(?::|$)|\buncaught\b|unhandled (?:exception|rejection)|segmentation fault|SIGSEGV|core dumped/i,
  ],
  [
    'error',
    /\blevel="?(?:error|fatal|panic)\b|"(?:level|severity)"\s*:\s*"(?:error|fatal|critical|panic)"|\b(?:ERROR|FATAL|CRITICAL|SEVERE|EMERG|PANIC)\b|\[(?:error|crit|alert|emerg|fatal)\]|^\[?E\d{4}\s|^(?:error|fatal)\b/,
  ],
];

/** Words that mark a line as reporting trouble rather than mentioning it. */
const FATAL =
  /^panic:|^fatal error:|\bFATAL\b|level="?(?:fatal|panic)|"(?:level|severity)"\s*:\s*"(?:fatal|panic)"|Exception in thread "main"|\buncaught\b|unhandled (?:exception|rejection)|segmentation fault|heap limit|OutOfMemoryError/i;

/** Lines that report, at a level of lower weight, what would be an error in another line. */
const HARMLESS =
  /\blevel="?(?:debug|info|trace|notice)\b|"(?:level|severity)"\s*:\s*"(?:debug|info|trace|notice)"|\b(?:DEBUG|INFO|TRACE|NOTICE)\b|\[(?:debug|info|notice)\]|^I\d{4}\s|\b(?:0|no) errors?\b/;

const START =
  /\b(?:starting|booting|launching|initiali[sz]ing)\b|\blisten(?:ing|s) (?:on|at)\b|\bserver (?:is )?(?:running|started|ready)\b/i;

/** Lines that continue the entry before them: stack frames, indented text, Go's goroutines, `Caused by:`. */
const CONTINUATION =
  /^\s+\S|^Caused by:|^\.\.\. \d+ more|^goroutine \d+|^created by |^[\w./*()[\]-]+\(.*\)$|^\s*$/;

/** Every entry that reports trouble, in the log's order; stack traces are folded into the line that names the error. */
export function logErrors(text: string): readonly LogError[] {
  return foldEntries(text).flatMap((entry) => {
    const line = tellingLine(entry);
    if (HARMLESS.test(line)) return [];
    const found = PATTERNS.find(([, pattern]) => pattern.test(line));
    if (found === undefined) return [];
    return [
      { trouble: found[0], line: safeLine(line), isFatal: FATAL.test(entry[0] ?? '') || FATAL.test(line) },
    ];
  });
}

/**
 * The line of a log that matters most: after the last start of the program, the first of its errors that names a
 * cause, else the first error. Undefined for a log without errors.
 */
export function decisiveError(text: string): LogError | undefined {
  const errors = logErrors(textSinceStart(text));
  const candidates = errors.length > 0 ? errors : logErrors(text);
  const isTelling = ({ trouble }: LogError) => trouble !== 'error' && trouble !== 'crash';
  return candidates.find(isTelling) ?? candidates.find(({ isFatal }) => isFatal) ?? candidates[0];
}

/** The last line that is not empty, for a log that tells of no error. */
export function lastLine(text: string): string | undefined {
  const line = text.split('\n').findLast((candidate) => candidate.trim() !== '');
  return line === undefined ? undefined : safeLine(line);
}

function textSinceStart(text: string): string {
  const lines = text.split('\n');
  const start = lines.findLastIndex((line) => START.test(line) && logErrors(line).length === 0);
  return lines.slice(Math.max(0, start)).join('\n');
}

function foldEntries(text: string): readonly (readonly string[])[] {
  const entries: string[][] = [];
  let inTraceback = false;
  for (const raw of text.split('\n')) {
    const line = withoutTimestamp(raw.trimEnd());
    const current = entries.at(-1);
    const continues = current !== undefined && (CONTINUATION.test(line) || inTraceback);
    if (continues) current.push(line);
    else entries.push([line]);
    // A Python traceback ends with the exception's own line, which is not indented.
    if (/^Traceback \(most recent/.test(line)) inTraceback = true;
    else if (inTraceback && /^\S/.test(line)) inTraceback = false;
  }
  return entries;
}

/** Of a folded entry the line that names the error: the last of a Python traceback, the deepest Java cause, else the first. */
function tellingLine(entry: readonly string[]): string {
  const [first = ''] = entry;
  if (/^Traceback \(most recent/.test(first)) {
    return entry.findLast((line) => /^\S/.test(line) && !/^Traceback/.test(line)) ?? first;
  }
  const cause = entry.findLast((line) => /^Caused by:/.test(line));
  return cause ?? first;
}

/** Without the time that the container runtime or the program puts before the line. */
function withoutTimestamp(line: string): string {
  return line.replace(
    /^\[?\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?\]?\s/,
    '',
  );
}

const LONGEST = 240;

/** The line without credentials, and no longer than a report can show. */
export function safeLine(line: string): string {
  const safe = line
    .trim()
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1***@')
    .replace(/\b(password|passwd|pwd|secret|token|api[_-]?key)(["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi, '$1$2***')
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 ***');
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST - 1)}…`;
}

/** Where a log line says that the program listens. */
export interface Listener {
  readonly port: number;
  readonly isLoopback: boolean;
  readonly line: string;
}

const LISTENING = /\b(?:listen(?:ing|s)?|serving|running|started|bound|ready|available)\b/i;
const ADDRESS =
  /(?:^|[^\w.])(localhost|127\.\d+\.\d+\.\d+|\[::1\]|\[::\]|0\.0\.0\.0|\*|):(\d{2,5})\b(?![:.]\d)/i;
const PORT_ONLY = /\bport[ =:]+(\d{2,5})\b/i;

/** Every address that the log says the program listens on, in the log's order. */
export function logListeners(text: string): readonly Listener[] {
  return text.split('\n').flatMap((raw) => {
    const line = withoutTimestamp(raw.trimEnd());
    if (!LISTENING.test(line) || PATTERNS.some(([, pattern]) => pattern.test(line))) return [];
    const address = ADDRESS.exec(line);
    const port = Number(address?.[2] ?? PORT_ONLY.exec(line)?.[1]);
    if (!Number.isInteger(port) || port === 0 || port > 65535) return [];
    // `http://localhost:8080` is what many programs print whatever address they listen on.
    const isUrl = address?.[0].startsWith('/') === true;
    const isLoopback =
      /^(?:127\.|\[::1\])/.test(address?.[1] ?? '') || (/^localhost/i.test(address?.[1] ?? '') && !isUrl);
    return [{ port, isLoopback, line: safeLine(line) }];
  });
}

/** One line of an access log. */
export interface AccessLine {
  readonly status: number;
  /** Empty where the line does not tell. */
  readonly path: string;
  readonly line: string;
}

const COMBINED = /"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\S+)(?: HTTP\/[\d.]+)?"\s+(\d{3})\b/;
const PLAIN = /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+(\/\S*)\s.*?\b([1-5]\d{2})\b/;
/** Gin: `| 502 | 1.2ms | 10.0.0.1 | GET "/api"`. */
const COLUMNS = /\|\s*([1-5]\d{2})\s*\|.*\|\s*(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+"?(\/[^\s"]*)/;
const STATUS_FIELD = /["']?\b(?:status|status_?code|code)["']?\s*[=:]\s*["']?([1-5]\d{2})\b/i;
const PATH_FIELD = /["']?\b(?:path|uri|url|request_uri)["']?\s*[=:]\s*["']?(\/[^\s"',]*)/i;

/** The access-log lines (common and combined format, `GET /x 500`, JSON or `key=value` fields), in the log's order. */
export function accessLines(text: string): readonly AccessLine[] {
  return text.split('\n').flatMap((line) => {
    const match = COMBINED.exec(line) ?? PLAIN.exec(line);
    if (match !== null) return [{ status: Number(match[2]), path: match[1] ?? '', line: safeLine(line) }];
    const columns = COLUMNS.exec(line);
    const path = columns?.[2] ?? PATH_FIELD.exec(line)?.[1];
    const status = columns?.[1] ?? STATUS_FIELD.exec(line)?.[1];
    if (path === undefined || status === undefined) return [];
    return [{ status: Number(status), path, line: safeLine(line) }];
  });
}

const ISO = /\b(\d{4})[-/](\d{2})[-/](\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,]\d+)?\s?(Z|[+-]\d{2}:?\d{2})?/;
const COMMON = /\[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2})\]/;

/** klog's header, as Kubernetes' own programs and most controllers write it: `E0302 11:59:40.123456`. */
const KLOG = /^[IWEF](\d{2})(\d{2}) (\d{2}:\d{2}:\d{2})/;

/**
 * When the line was written, by the time in it; a time without a zone is taken as UTC, the zone of most containers.
 * klog tells no year: it is that of `now`, and such lines tell no time without it.
 */
export function logLineTime(line: string, now?: Date): Date | undefined {
  const klog = now === undefined ? null : KLOG.exec(line);
  if (klog !== null && now !== undefined) return klogTime(klog, now);
  const common = COMMON.exec(line);
  if (common !== null) {
    const [, day, month, year, time, hours, minutes] = common;
    return timeOf(`${day} ${month} ${year} ${time} ${hours}${minutes}`);
  }
  const iso = ISO.exec(line);
  if (iso === null) return undefined;
  const [, year, month, day, time, zone = 'Z'] = iso;
  return timeOf(`${year}-${month}-${day}T${time}${zone}`);
}

/** A day ahead of `now` is the same day of the year before. */
function klogTime([, month, day, time]: RegExpExecArray, now: Date): Date | undefined {
  const inYear = (year: number) => timeOf(`${year}-${month}-${day}T${time}Z`);
  const year = now.getUTCFullYear();
  const thisYear = inYear(year);
  const isAhead = thisYear !== undefined && thisYear.getTime() - now.getTime() > 86_400_000;
  return isAhead ? inYear(year - 1) : thisYear;
}

/** The end of the log from its first line of the last `seconds` on; all of it where no line tells a time. */
export function recentText(text: string, now: Date, seconds: number): string {
  const lines = text.split('\n');
  const times = lines.map((line) => logLineTime(line, now));
  if (times.every((time) => time === undefined)) return text;
  const first = times.findIndex(
    (time) => time !== undefined && now.getTime() - time.getTime() <= seconds * 1000,
  );
  return first < 0 ? '' : lines.slice(first).join('\n');
}
