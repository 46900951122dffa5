import { accessLines, type LogError, logErrors, recentText } from './log-lines.ts';

/** What an app's own log says against its answers. */
export interface AppTrouble {
  readonly trouble: 'server errors' | LogError['trouble'];
  /** The HTTP status of most failing answers, where the log tells. */
  readonly status?: number;
  /** Whether the log shows answers, or work, that succeed beside those that fail. */
  readonly isPartial: boolean;
  /** The newest line that shows it. */
  readonly line: string;
}

/** Lines at the end of the log that count, whether or not they tell a time. */
const LINES = 60;
/** The share of answers from which on server errors are more than noise. */
const ERROR_SHARE = 0.2;
/** The share of answers from which on nothing else is to be expected. */
const ALL = 0.8;
/** Errors that make a pattern. */
const SEVERAL = 3;
/** Lines after which an error is over when nothing more was said about it. */
const QUIET = 20;

/** What keeps an app from answering, as against a line at the level of an error about something of no weight. */
const WEIGHTY: readonly LogError['trouble'][] = [
  'out of memory',
  'name not found',
  'connection refused',
  'too many connections',
  'database error',
  'timeout',
  'crash',
];

/**
 * Judges the end of a running app's log, as far as it is of the last `seconds` (where its lines tell a time). An access log decides where there is one: it shows what was answered.
 * Otherwise several errors of weight must stand in the last lines, or one after which nothing can go on.
 * Requests of probes (their paths) are left out. One error in a long log is no outage.
 */
export function judgeAppLog(
  text: string,
  now: Date,
  seconds: number,
  probePaths: readonly string[],
): AppTrouble | undefined {
  const recent = recentText(text, now, seconds).trimEnd().split('\n').slice(-LINES).join('\n');
  const answers = accessLines(recent).filter(({ path }) => !probePaths.includes(path.split('?')[0] ?? ''));
  const judged = judgeStatuses(answers.map(({ status }) => status));
  if (judged !== undefined) {
    const failing = answers.findLast(({ status }) => status === judged.status) ?? answers.at(-1);
    return { trouble: 'server errors', ...judged, line: failing?.line ?? '' };
  }
  return answers.length >= SEVERAL ? undefined : judgeErrors(recent);
}

/** What the statuses of the last answers say: undefined for too few server errors to speak of. */
export function judgeStatuses(
  statuses: readonly number[],
): { readonly status: number; readonly isPartial: boolean } | undefined {
  const failing = statuses.filter((status) => status >= 500 && status < 600);
  if (failing.length < 2 || failing.length / statuses.length < ERROR_SHARE) return undefined;
  return { status: mostCommon(failing), isPartial: failing.length / statuses.length < ALL };
}

function judgeErrors(text: string): AppTrouble | undefined {
  const lines = text.split('\n');
  const errors = logErrors(text).filter(({ trouble, isFatal }) => isFatal || WEIGHTY.includes(trouble));
  const last = errors.at(-1);
  if (last === undefined) return undefined;
  const ending = logErrors(lines.slice(-QUIET).join('\n'));
  if (!ending.some(({ line }) => line === last.line)) return undefined;
  const isEnd = last.isFatal && logErrors(lines.slice(-5).join('\n')).some(({ isFatal }) => isFatal);
  if (errors.length < SEVERAL && !isEnd) return undefined;
  return { trouble: last.trouble, isPartial: false, line: last.line };
}

function mostCommon(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
