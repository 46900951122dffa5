import type { Confidence, HopName, Report, Severity } from '../model/finding.ts';
import type { Read } from '../model/read.ts';
import type { Symptom } from '../model/symptom.ts';
import type { ReadName, VisitName, Visits } from './visits.ts';

/** What a rule's check is given: the visit's facts, and the reads that it names. */
export type Facts<V extends VisitName, N extends ReadName<V>, U extends ReadName<V>> = Visits[V]['given'] &
  Pick<Visits[V]['reads'], N> & { readonly [K in U]: Visits[V]['reads'][K] | undefined };

/**
 * The third answer beside a report and silence: whether the state holds here depends on a read of `uses` that failed.
 * It counts as not run.
 */
export interface CannotTell<U = string> {
  readonly cannotTell: U;
}

/** A rule's data and its check. */
export interface RuleDefinition<V extends VisitName, N extends ReadName<V>, U extends ReadName<V>> {
  /** `GD` and four digits, for ever; the first two say the hop. */
  readonly code: string;
  /** Its id in the failure catalogue. */
  readonly name: string;
  readonly title: string;
  readonly hop: HopName;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What a request runs into because of it; absent when it never decides a request by itself. */
  readonly symptom?: Symptom;
  /** Names of rules whose findings about the same subject are a consequence of this one. */
  readonly explains: readonly string[];
  readonly visits: V;
  /** Reads without which it cannot tell; when one failed the rule is reported as not run. */
  readonly needs: readonly N[];
  /** Reads that add evidence. */
  readonly uses?: readonly U[];
  check(facts: Facts<V, N, U>): Iterable<Report | CannotTell<U>>;
}

/** A rule as the registry and the engine see it: any visit, any reads. */
export interface Rule {
  readonly code: string;
  readonly name: string;
  readonly title: string;
  readonly hop: HopName;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly symptom?: Symptom;
  readonly explains: readonly string[];
  readonly visits: VisitName;
  readonly needs: readonly string[];
  readonly uses?: readonly string[];
  check(facts: never): Iterable<Report | CannotTell>;
}

/** Types a rule: what `check` sees follows from `visits`, `needs` and `uses`. */
export function defineRule<
  V extends VisitName,
  const N extends ReadName<V> = never,
  const U extends ReadName<V> = never,
>(definition: RuleDefinition<V, N, U>): RuleDefinition<V, N, U> & Rule {
  return definition as RuleDefinition<V, N, U> & Rule;
}

/** One thing that a rule of the given visit looks at. */
export interface Subject<V extends VisitName = VisitName> {
  readonly visit: V;
  /** Keys by which findings about the same thing are tied together: `backend api:80`, `pod shop/api-1`. */
  readonly keys: readonly string[];
  /** Ids of the routes whose path it lies on. */
  readonly routes: readonly string[];
  readonly given: Visits[V]['given'];
  readonly reads: { readonly [K in ReadName<V>]: Read<Visits[V]['reads'][K]> };
}
