import type { Candidate, Completion } from './candidates.ts';

/** cobra's directives (https://pkg.go.dev/github.com/spf13/cobra#ShellCompDirective), which kubectl understands. */
const noFiles = 4;
const filesToo = 0;

// What comes from a cluster or a file goes into a shell's line: only what can be a name does.
const safeName = /^[\w.:@/-]+$/;

/** What `__complete` prints: the candidates that begin like the unfinished word, and the directive. */
export function completionText(
  completion: Completion,
  liveNames: readonly string[],
  current: string,
): string {
  const live: readonly Candidate[] = liveNames
    .filter((name) => safeName.test(name))
    .map((word) => ({ word }));
  const lines = [...completion.fixed, ...live]
    .map(({ word, about }) => ({ word: `${completion.before}${word}`, about }))
    .filter(({ word }) => word.startsWith(current))
    .map(({ word, about }) => (about === undefined ? `${word}\n` : `${word}\t${about}\n`));
  return `${lines.join('')}:${completion.files ? filesToo : noFiles}\n`;
}
