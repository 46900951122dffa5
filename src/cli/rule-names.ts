import { RULES } from '../rules/index.ts';

// The build puts a module that holds just this list in the place of this one: who only asks for a page or presses Tab
// does not wait for all rules to load.

/** All that explaining and completing need of the rules. */
export const RULE_NAMES: readonly { readonly code: string; readonly name: string; readonly title: string }[] =
  RULES.map(({ code, name, title }) => ({ code, name, title }));
