/** Standard output or standard error. */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns of the terminal, where it is one. */
  readonly columns: number | undefined;
  write(text: string): void;
}

/** What the program may know and touch of its process; `main` makes it from the real one. */
export interface Edge {
  /** The command line without the program's name. */
  readonly line: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly isStdinTerminal: boolean;
  /** This program's version, such as `0.1.0`. */
  readonly version: string;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Columns to wrap a report to: the terminal's; COLUMNS where the terminal does not say; none for files and pipes. */
export function widthOf(output: Output, variables: Edge['variables']): number | undefined {
  if (!output.isTerminal) return undefined;
  if (output.columns !== undefined && output.columns > 0) return output.columns;
  const columns = Number(variables['COLUMNS']);
  return Number.isInteger(columns) && columns > 0 ? columns : 80;
}
