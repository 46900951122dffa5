/** One container's part of what `kubectl cluster-info dump` writes into a Pod's `logs.txt`. */
interface DumpedLog {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly text: string;
}

const EDGE = /^==== (START|END) logs for container (\S+) of pod ([^\s/]+)\/(\S+) ====\r?$/;

/**
 * Takes the logs out of a text that `kubectl cluster-info dump` wrote; the rest keeps its line numbers.
 * Inside a log only its own END line ends it.
 */
export function extractDumpedLogs(text: string): {
  readonly logs: readonly DumpedLog[];
  readonly rest: string;
} {
  if (!text.includes('==== START logs for container ')) return { logs: [], rest: text };
  const logs: DumpedLog[] = [];
  const rest: string[] = [];
  let open:
    | { readonly end: string; readonly log: Omit<DumpedLog, 'text'>; readonly lines: string[] }
    | undefined;
  for (const line of text.split('\n')) {
    const [, edge, container = '', namespace = '', pod = ''] = EDGE.exec(line) ?? [];
    const log = { namespace, pod, container };
    if (open === undefined && edge === 'START') {
      open = { end: line.replace('START', 'END'), log, lines: [] };
    } else if (open?.end === line) {
      logs.push({ ...open.log, text: open.lines.map((logLine) => `${logLine}\n`).join('') });
      open = undefined;
    } else if (open) {
      open.lines.push(line);
    } else {
      rest.push(line);
      continue;
    }
    rest.push('');
  }
  return { logs, rest: rest.join('\n') };
}
