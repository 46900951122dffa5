import { describeError } from './cli/describe-error.ts';
import type { Output } from './cli/edge.ts';
import { EXIT_CODES } from './cli/exit-code.ts';
import { VERSION } from './cli/version.ts';
import { run } from './run.ts';

// The one file that touches the process.

const interruption = new AbortController();

process.once('SIGINT', () => {
  interruption.abort();
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  process.exit(EXIT_CODES.interrupted);
});

process.on('uncaughtException', (error) => {
  process.stderr.write(describeError(error, 0));
  process.exit(EXIT_CODES.error);
});

process.stderr.on('error', () => process.exit());
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader has gone, as `| head` does: nobody is left to tell anything to.
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`error: the output cannot be written: ${error.message}\n`);
  process.exit(EXIT_CODES.error);
});

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
    write: (text) => {
      stream.write(text);
    },
  };
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

async function main(): Promise<void> {
  process.exitCode = await run({
    line: process.argv.slice(2),
    variables: process.env,
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    isStdinTerminal: process.stdin.isTTY === true,
    version: VERSION,
    signal: interruption.signal,
  });
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  // Without waiting for what may still be open, such as a connection that the server keeps.
  process.exit();
}

void main();
