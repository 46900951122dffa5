import { describeError } from './cli/describe-error.ts';
import type { Edge } from './cli/edge.ts';
import { EXIT_CODES } from './cli/exit-code.ts';
import type { Invocation } from './cli/invocation.ts';
import { VERSION, VERSION_TEXT } from './cli/version.ts';

/**
 * The second stage of a start: everything that has to be parsed. Does what a command line asks for and answers the
 * exit code; never rejects. What needs more than a few milliseconds to load is loaded when it is needed: the parser,
 * the rules, and above all the Kubernetes client.
 */
export async function runCommandLine(edge: Edge): Promise<number> {
  const [first, ...rest] = edge.line;
  if (first === '__complete') return runCompletion(rest, edge);
  let verbosity = 0;
  try {
    const { parseCommandLine } = await import('./cli/parse.ts');
    const invocation = parseCommandLine(edge.line);
    verbosity = invocation.verbosity;
    return await runCommand(invocation, edge);
  } catch (error) {
    if (edge.signal.aborted) return EXIT_CODES.interrupted;
    edge.stderr.write(describeError(error, verbosity));
    return EXIT_CODES.error;
  }
}

async function runCommand(invocation: Invocation, edge: Edge): Promise<number> {
  switch (invocation.command) {
    case 'diagnose':
      return (await import('./app.ts')).runDiagnosis(invocation, edge);
    case 'snapshot':
      return (await import('./app.ts')).runSnapshot(invocation.selection, edge);
    default:
      edge.stdout.write(await commandText(invocation, edge));
      return EXIT_CODES.healthy;
  }
}

/** What the commands print that read neither a cluster nor a file. */
async function commandText(
  invocation: Exclude<Invocation, { command: 'diagnose' | 'snapshot' }>,
  edge: Edge,
): Promise<string> {
  switch (invocation.command) {
    case 'help':
      return (await import('./cli/help.ts')).helpText();
    case 'version':
      return invocation.format === 'text'
        ? VERSION_TEXT
        : (await import('./cli/print-value.ts')).printValue({ version: `v${VERSION}` }, invocation.format);
    case 'completion':
      return (await import('./cli/embedded.ts')).readCompletionScript(invocation.shell);
    case 'explain':
      return (await import('./cli/explain-text.ts')).explainText(
        invocation.rule,
        await renderOptions(invocation, edge),
      );
    case 'rules':
      return (await import('./cli/rule-texts.ts')).rulesText(
        invocation.format,
        await renderOptions(invocation, edge),
      );
  }
}

async function renderOptions({ color }: Invocation, { stdout, variables }: Edge) {
  const { usesColor } = await import('./cli/color.ts');
  const { widthOf } = await import('./cli/edge.ts');
  return { width: widthOf(stdout, variables), color: usesColor(color, stdout.isTerminal, variables) };
}

/** A shell asks on each Tab: whatever is wrong, it is told what there is to offer and nothing else. */
async function runCompletion(line: readonly string[], edge: Edge): Promise<number> {
  const { complete } = await import('./cli/completion/candidates.ts');
  const { completionText } = await import('./cli/completion/protocol.ts');
  const completion = complete(line);
  const names = completion.live === undefined ? [] : await liveNames();
  edge.stdout.write(completionText(completion, names, line.at(-1) ?? ''));
  return EXIT_CODES.healthy;

  async function liveNames(): Promise<readonly string[]> {
    try {
      return await (await import('./live-names.ts')).readNames(completion, edge);
    } catch {
      return [];
    }
  }
}
