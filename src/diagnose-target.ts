import { type Cluster, describeQuery } from './cluster/cluster.ts';
import { diagnose } from './diagnose/diagnose.ts';
import { nearest } from './kubernetes/nearest.ts';
import type { Ingress } from './kubernetes/types.ts';
import type { Diagnosis } from './model/diagnosis.ts';
import type { ReadFailure } from './model/read.ts';
import type { Target } from './model/target.ts';
import { RULES } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';
import { follow } from './trace/follow.ts';
import { namespaceOf } from './trace/ingresses.ts';
import { buildTrace } from './trace/trace.ts';

export interface DiagnoseOptions {
  /** The HTTP status that the user saw. */
  readonly seenStatus?: number;
  /** For how many seconds back the logs of controllers are read; 15 minutes when absent. */
  readonly logSeconds?: number;
  /** Every rule, unless told otherwise. */
  readonly rules?: readonly Rule[];
  /** Told before each round of reads what is being read. */
  readonly onProgress?: (text: string) => void;
}

export interface DiagnoseResult {
  /** One for each Ingress that the target names; for a URL the one whose rule wins. */
  readonly diagnoses: readonly Diagnosis[];
  /** Every read that failed. When all of them did, nothing could be looked at. */
  readonly failures: readonly ReadFailure[];
  /** How many reads were tried. */
  readonly reads: number;
  /** Why there is nothing to diagnose, in one line. */
  readonly problem?: { readonly message: string };
}

/** The main job: follows the target through the cluster and says what is wrong on its path. Only reads. */
export async function diagnoseTarget(
  cluster: Cluster,
  target: Target,
  { seenStatus, logSeconds, rules = RULES, onProgress = () => {} }: DiagnoseOptions,
): Promise<DiagnoseResult> {
  const namespace = namespaceOf(target);
  const wide =
    target.kind === 'namespace' || target.kind === 'all'
      ? { ...(namespace !== undefined && { namespace }) }
      : undefined;
  let reads = 0;
  const { trace, visible } = await follow(
    cluster,
    wide,
    (lookup) => buildTrace(lookup, target, seenStatus === undefined ? {} : { seenStatus }),
    (round, queries) => {
      reads += queries.length;
      const [first] = queries;
      if (first !== undefined)
        onProgress(`round ${round}: ${describeQuery(first)} and ${queries.length - 1} more`);
    },
    logSeconds,
  );
  const diagnoses = diagnose(trace, rules);
  const result = { diagnoses, failures: trace.failures, reads };
  if (diagnoses.length > 0) return result;
  if (!visible.ok) {
    const { what, reason, message } = visible.failure;
    return { ...result, problem: { message: `cannot read ${what} (${reason}): ${message}` } };
  }
  return { ...result, problem: { message: nothingFound(target, visible.value) } };
}

/** Says what was looked for, where, and what comes near. */
function nothingFound(target: Target, visible: readonly Ingress[]): string {
  const namespace = namespaceOf(target);
  const where = namespace === undefined ? 'in any namespace' : `in namespace ${namespace}`;
  if (target.kind === 'url') return `no Ingress ${where} could take ${target.url.url}: there is none`;
  if (target.kind !== 'ingress') {
    const selected = target.selector === undefined ? '' : ` matching ${target.selector}`;
    const namespaces = [...new Set(visible.map(({ metadata }) => metadata?.namespace ?? ''))];
    const meant = namespace === undefined ? undefined : nearest(namespace, namespaces);
    return `no Ingress${selected} ${where}${meant === undefined ? '' : `; did you mean -n ${meant}?`}`;
  }
  const elsewhere = visible.filter(({ metadata }) => metadata?.name === target.name);
  const here = visible.filter(({ metadata }) => metadata?.namespace === namespace);
  const near = nearest(
    target.name,
    here.map(({ metadata }) => metadata?.name ?? ''),
  );
  const hints = [
    ...(near === undefined ? [] : [near]),
    ...elsewhere.slice(0, 3).map(({ metadata }) => `-n ${metadata?.namespace} ${metadata?.name}`),
  ];
  const hint = hints.length > 0 ? `; did you mean ${hints.join(' or ')}?` : namesThere(here);
  return `Ingress ${target.name} not found ${where}${hint}`;
}

/** How many names help somebody who mistyped one; more would only be noise. */
const MOST_NAMES = 5;

function namesThere(ingresses: readonly Ingress[]): string {
  const names = ingresses.map(({ metadata }) => metadata?.name ?? '').sort();
  if (names.length === 0) return '';
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `; there are: ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}
