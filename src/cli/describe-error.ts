import { makeVisible } from '../render/sanitize.ts';

/** Errors whose message is one line for the user; anything else is a defect of this program. */
const knownErrors = new Set(['UsageError', 'ConnectionError', 'FileError']);
/** From this verbosity on a defect shows where it happened. */
const stackVerbosity = 4;

/** What standard error says about an error that ends the run. */
export function describeError(error: unknown, verbosity: number): string {
  const isError = error instanceof Error;
  const message = makeVisible(isError ? error.message : String(error));
  if (isError && knownErrors.has(error.name)) return `error: ${message}\n`;
  const stack = isError && verbosity >= stackVerbosity ? `${error.stack ?? ''}\n` : '';
  return `error: defect in gateway-doctor, please report it with the command and \`-v 4\`: ${message}\n${stack}`;
}
