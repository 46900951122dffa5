import type { ColorChoice } from './invocation.ts';

/** Whether to colour: --color decides; else NO_COLOR (https://no-color.org), TERM=dumb and what stdout is. */
export function usesColor(
  choice: ColorChoice,
  isTerminal: boolean,
  variables: Readonly<Record<string, string | undefined>>,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  return isTerminal && !variables['NO_COLOR'] && variables['TERM'] !== 'dumb';
}
