import type { RawFinding } from './run.ts';

/**
 * Joins what is one fact to a reader: the same finding on several routes or backends, and like findings of
 * several Pods of one workload, which become `all 3 Pods of Deployment shop/api: ...`.
 * `podCount` answers how many Pods of a workload were looked at.
 */
export function mergeFindings(
  findings: readonly RawFinding[],
  podCount: (owner: string) => number,
): readonly RawFinding[] {
  const groups = new Map<string, RawFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([
      finding.rule,
      finding.owner ?? finding.object,
      finding.message,
      finding.severity,
      finding.confidence,
      finding.symptom,
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap((group) => joinGroup(group, podCount));
}

function joinGroup(group: readonly RawFinding[], podCount: (owner: string) => number): readonly RawFinding[] {
  const [first, second] = group;
  if (first === undefined) return [];
  const pods = new Map(
    group.map((finding) => [`${finding.object.namespace}/${finding.object.name}`, finding]),
  );
  const total = first.owner === undefined ? 1 : podCount(first.owner);
  const isOfGroup = first.owner !== undefined && total > 1;
  const share = pods.size === total ? `all ${total}` : `${pods.size} of ${total}`;
  const message = isOfGroup ? `${share} Pods of ${first.owner}: ${first.message}` : first.message;
  const counted = { message, ...(isOfGroup && { pods: pods.size }) };
  if (second === undefined) return [{ ...first, ...counted }];

  const [evidence, ...more] = [...pods.values()].flatMap((finding) => finding.evidence);
  return [
    {
      ...first,
      ...counted,
      partial: group.every(({ partial }) => partial),
      evidence: evidence === undefined ? first.evidence : [evidence, ...more.slice(0, MOST_EVIDENCE - 1)],
      routes: [...new Set(group.flatMap(({ routes }) => routes))],
      subjects: [...new Set(group.flatMap(({ subjects }) => subjects))],
      ...earliest(group),
    },
  ];
}

/** Evidence kept of a joined finding: the rest says the same of other Pods. */
const MOST_EVIDENCE = 12;

function earliest(group: readonly RawFinding[]): { readonly since?: string } {
  const [since] = group.flatMap((finding) => finding.since ?? []).sort();
  return since === undefined ? {} : { since };
}
