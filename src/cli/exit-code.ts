import type { Verdict } from '../model/diagnosis.ts';

/** What the process answers to its caller, the same for every `-o`. */
export const EXIT_CODES = {
  /** Nothing is wrong. */
  healthy: 0,
  /** At least one Ingress is failing or degraded. */
  problem: 1,
  /** The command line, the file or the connection is at fault: nothing was diagnosed. */
  error: 2,
  /** Nothing is proven wrong, but something that could be could not be read. */
  undecided: 3,
  /** Ended by Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** The exit code for one or several diagnosed Ingresses: a problem outweighs doubt, doubt outweighs health. */
export function exitCodeOf(verdicts: readonly Verdict[]): number {
  if (verdicts.includes('failing') || verdicts.includes('degraded')) return EXIT_CODES.problem;
  return verdicts.includes('unknown') ? EXIT_CODES.undecided : EXIT_CODES.healthy;
}
