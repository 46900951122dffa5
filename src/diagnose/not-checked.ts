import type { NotChecked } from '../model/diagnosis.ts';
import type { ReadFailure } from '../model/read.ts';
import type { NotRun } from './run.ts';

/** What was not looked at, one entry for each read that failed and for each rule that broke. */
export function notCheckedOf(
  failures: readonly ReadFailure[],
  notRun: readonly NotRun[],
): readonly NotChecked[] {
  const reads = new Map<string, { read: string; reason: string; rules: Set<string> }>();
  const broken = new Map<string, NotChecked>();

  function entry({ what, reason, message }: ReadFailure): { rules: Set<string> } {
    const key = `${what} ${reason}`;
    const known = reads.get(key) ?? { read: what, reason: `${reason}: ${message}`, rules: new Set<string>() };
    reads.set(key, known);
    return known;
  }
  for (const failure of failures) entry(failure);
  for (const { rule, because } of notRun) {
    if ('failure' in because) entry(because.failure).rules.add(rule.name);
    else broken.set(rule.name, { rule: rule.name, reason: because.fault });
  }
  return [
    ...[...reads.values()].map((read) => ({ ...read, rules: [...read.rules].sort() })),
    ...broken.values(),
  ];
}
