import { spawn } from 'node:child_process';

/** One run of a command line, as the operating system accounts for it, in milliseconds. */
interface Run {
  readonly cpu: number;
  readonly wall: number;
}

/** Medians of a pair of command lines that ran in turn, and of their ratios, pair by pair. */
export interface Comparison {
  readonly ours: Run;
  readonly theirs: Run;
  readonly ratio: Run;
}

/**
 * Runs two shell command lines in turn, so that whatever else the machine does at the time slows down both.
 * One run of each goes first and is not counted. Rejects when either ends otherwise than it should.
 */
export async function compare(
  ours: string,
  theirs: string,
  runs: number,
  exitCodes: readonly number[],
): Promise<Comparison> {
  const pairs: { readonly ours: Run; readonly theirs: Run }[] = [];
  for (let count = 0; count <= runs; count++) {
    const pair = { ours: await run(ours, exitCodes), theirs: await run(theirs, [0]) };
    if (count > 0) pairs.push(pair);
  }
  return {
    ours: medians(pairs.map((pair) => pair.ours)),
    theirs: medians(pairs.map((pair) => pair.theirs)),
    ratio: medians(
      pairs.map((pair) => ({
        cpu: pair.ours.cpu / pair.theirs.cpu,
        wall: pair.ours.wall / pair.theirs.wall,
      })),
    ),
  };
}

/** bash reports what the kernel accounts for a command and its children; what the command prints goes nowhere. */
async function run(line: string, exitCodes: readonly number[]): Promise<Run> {
  const script = `TIMEFORMAT='%3R %3U %3S'; time { ${line}; } >/dev/null 2>&1`;
  const child = spawn('bash', ['-c', script], { stdio: ['ignore', 'ignore', 'pipe'], env: environment() });
  let report = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    report += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === null || !exitCodes.includes(code)) throw new Error(`\`${line}\` ended with ${code}`);
  const [wall = 0, user = 0, system = 0] = report.trim().split(' ').map(Number);
  return { cpu: (user + system) * 1000, wall: wall * 1000 };
}

/** Without what one machine may have set, and which costs or saves time. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_EXTRA_CA_CERTS: _authorities, ...rest } = process.env;
  return rest;
}

function medians(runs: readonly Run[]): Run {
  return { cpu: median(runs.map(({ cpu }) => cpu)), wall: median(runs.map(({ wall }) => wall)) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
