import { isatty } from 'node:tty';
import { describeError } from './cli/describe-error.ts';
import type { Output } from './cli/edge.ts';
import { EXIT_CODES } from './cli/exit-code.ts';
import { VERSION } from './cli/version.ts';
import { run } from './run.ts';

// The one file that touches the process.

const interruption = new AbortController();

process.once('SIGINT', () => {
  interruption.abort();
  if (isatty(2)) process.stderr.write('\r\u001b[K');
  process.exit(EXIT_CODES.interrupted);
});

process.on('uncaughtException', (error) => {
  process.stderr.write(describeError(error, 0));
  process.exit(EXIT_CODES.error);
});

/** A standard stream that is made at its first use: a start has few milliseconds, and most runs print on one alone. */
function lateOutput(
  descriptor: number,
  make: () => NodeJS.WriteStream,
): Output & { flushed(): Promise<void> } {
  const isTerminal = isatty(descriptor);
  let made: NodeJS.WriteStream | undefined;
  const stream = () => {
    made ??= make();
    return made;
  };
  return {
    isTerminal,
    get columns() {
      return isTerminal ? stream().columns : undefined;
    },
    write: (text) => {
      stream().write(text);
    },
    flushed: () =>
      new Promise((resolve) => (made === undefined ? resolve() : made.write('', () => resolve()))),
  };
}

const stderr = lateOutput(2, () => process.stderr.on('error', () => process.exit()));
const stdout = lateOutput(1, () =>
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has gone, as `| head` does: nobody is left to tell anything to.
    if (error.code === 'EPIPE') process.exit();
    stderr.write(`error: the output cannot be written: ${error.message}\n`);
    process.exit(EXIT_CODES.error);
  }),
);

async function main(): Promise<void> {
  process.exitCode = await run({
    line: process.argv.slice(2),
    variables: process.env,
    stdout,
    stderr,
    isStdinTerminal: isatty(0),
    version: VERSION,
    signal: interruption.signal,
  });
  await Promise.all([stdout.flushed(), stderr.flushed()]);
  // Without waiting for what may still be open, such as a connection that the server keeps.
  process.exit();
}

void main();
