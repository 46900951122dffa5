import type { SeenEvent } from './log-events.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Browsers give up after some twenty; nobody asks as often by hand. */
const ENOUGH = 6;
const WITHIN_MS = 10_000;

/**
 * Requests that one client made for one path in quick succession, each of which was answered with a redirect:
 * the newest such run, undefined without one.
 */
export function redirectRun(events: readonly SeenEvent[]): readonly SeenEvent[] | undefined {
  const runs = Map.groupBy(
    events.filter(({ isRequest, path, time }) => isRequest && path !== undefined && time !== undefined),
    ({ line, host, path }) => `${line.split(' ', 1)[0]} ${host ?? ''} ${path}`,
  );
  return [...runs.values()].map(lastRun).findLast((run) => run !== undefined);
}

function lastRun(requests: readonly SeenEvent[]): readonly SeenEvent[] | undefined {
  const isRedirect = ({ status }: SeenEvent) => status !== undefined && REDIRECTS.has(status);
  for (let end = requests.length; end >= ENOUGH; end--) {
    const run = requests.slice(end - ENOUGH, end);
    const [first, last] = [run[0]?.time?.getTime() ?? 0, run.at(-1)?.time?.getTime() ?? 0];
    if (run.every(isRedirect) && last - first <= WITHIN_MS) return run;
  }
  return undefined;
}
