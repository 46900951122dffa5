import type { Edge } from './cli/edge.ts';
import { EXIT_CODES } from './cli/exit-code.ts';
import { VERSION_TEXT } from './cli/version.ts';

/**
 * Does what a command line asks for and answers the exit code; never rejects. A start has two stages: what can be
 * answered without a parser is answered here, and everything else is loaded only when it is asked for.
 */
export async function run(edge: Edge): Promise<number> {
  const [only, ...others] = edge.line;
  if (others.length === 0) {
    if (only === 'version') return print(VERSION_TEXT);
    if (only === '--help' || only === '-h' || only === 'help') {
      return print((await import('./cli/help.ts')).helpText());
    }
  }
  return (await import('./commands.ts')).runCommandLine(edge);

  function print(text: string): number {
    edge.stdout.write(text);
    return EXIT_CODES.healthy;
  }
}
