import { isPodReady } from '../kubernetes/pod.ts';
import type {
  DiagnosedController,
  DiagnosedRoute,
  Diagnosis,
  RootCause,
  Verdict,
} from '../model/diagnosis.ts';
import { type Finding, HOPS, SEVERITIES } from '../model/finding.ts';
import { valueOr } from '../model/read.ts';
import { showReference } from '../model/reference.ts';
import type { IngressTrace, Trace } from '../model/trace.ts';
import type { Rule } from '../rules/rule.ts';
import { changeBefore } from './change.ts';
import { consequencesOf, explainFindings } from './explain.ts';
import { controllerPods, hopsOf, weigh } from './hops.ts';
import { mergeFindings } from './merge.ts';
import { notCheckedOf } from './not-checked.ts';
import { type Outcome, predictRoute } from './predict.ts';
import { type RankedCause, rankCauses } from './rank.ts';
import { type RawFinding, runRules } from './run.ts';

/** Diagnoses every Ingress of a trace: runs the rules, predicts each route's answer and ranks the causes. Pure. */
export function diagnose(trace: Trace, rules: readonly Rule[]): readonly Diagnosis[] {
  return trace.ingresses.map((ingressTrace) => diagnoseIngress(trace, ingressTrace, rules));
}

function diagnoseIngress(trace: Trace, ingressTrace: IngressTrace, rules: readonly Rule[]): Diagnosis {
  const { findings, notRun } = runRules(rules, trace, ingressTrace);
  const causes = explainFindings(rules, findings);
  const outcomes = ingressTrace.routes.map((route) => predictRoute(ingressTrace, route, findings, notRun));
  const weighed = findings.map((finding) => weigh(finding, consequencesOf(finding, causes)));

  const ranked = rankCauses(ingressTrace, findings, causes, outcomes, trace.seenStatus);
  const podCount = podCounter(ingressTrace);
  const rootCauses = joinCauses(ranked, podCount).map(
    ({ finding, explained }): RootCause => ({
      finding: publicFinding(finding),
      affects: finding.routes,
      explained: mergeFindings(explained, podCount).map(publicFinding),
      ...withChange(changeBefore(ingressTrace, finding, trace.now)),
    }),
  );
  const routes = ingressTrace.routes.map((route, index): DiagnosedRoute => {
    const { prediction, verdict } = outcomes[index] as Outcome;
    return {
      id: route.id,
      host: route.host,
      path: route.path,
      pathType: route.pathType,
      tls: route.tls,
      ...(route.backend !== undefined && { backend: route.backend }),
      verdict,
      prediction,
      hops: hopsOf(ingressTrace, route, weighed, trace.now),
    };
  });
  return {
    target: ingressTrace.reference,
    verdict: verdictOf(outcomes, notRun.length > 0),
    controller: controllerOf(ingressTrace),
    rootCauses,
    routes,
    findings: [...mergeFindings(findings, podCount)].sort(byPlace).map(publicFinding),
    notChecked: notCheckedOf(trace.failures, notRun),
  };
}

/** Worst first. An Ingress without any route is as unknown as what could not be read about it. */
const VERDICTS: readonly Verdict[] = ['failing', 'degraded', 'unknown', 'healthy'];

function verdictOf(outcomes: readonly Outcome[], hasGaps: boolean): Verdict {
  if (outcomes.length === 0) return hasGaps ? 'unknown' : 'healthy';
  return VERDICTS.find((verdict) => outcomes.some((outcome) => outcome.verdict === verdict)) ?? 'unknown';
}

/** Root causes that are one fact to a reader become one, with everything that any of them explains. */
function joinCauses(
  ranked: readonly RankedCause[],
  podCount: (owner: string) => number,
): readonly RankedCause[] {
  const merged = mergeFindings(
    ranked.map(({ finding }) => finding),
    podCount,
  );
  return merged.map((finding) => ({
    finding,
    explained: [
      ...new Set(
        ranked.filter((cause) => isPartOf(cause.finding, finding)).flatMap(({ explained }) => explained),
      ),
    ],
  }));
}

/** Whether a merged finding stands for this one too. */
function isPartOf(finding: RawFinding, merged: RawFinding): boolean {
  return (
    finding.rule === merged.rule &&
    merged.message.endsWith(finding.message) &&
    merged.subjects.includes(finding.subjects[0] ?? '')
  );
}

/** How many Pods of a workload stand behind the Ingress's Services. */
function podCounter({ backends }: IngressTrace): (owner: string) => number {
  const pods = new Map<string, Set<string>>();
  for (const { owner, reference } of backends.flatMap((backend) => valueOr(backend.pods, []))) {
    if (owner === undefined) continue;
    const key = showReference(owner);
    pods.set(key, (pods.get(key) ?? new Set()).add(showReference(reference)));
  }
  return (owner) => pods.get(owner)?.size ?? 1;
}

/** In the order in which a request meets them; the graver first at one hop. */
function byPlace(a: Finding, b: Finding): number {
  return (
    HOPS.indexOf(a.hop) - HOPS.indexOf(b.hop) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    // Not by locale, whose tables take longer to load than all rules to run.
    Number(a.code > b.code) - Number(a.code < b.code)
  );
}

function publicFinding({ visit, subjects, owner, isFinal, ...finding }: RawFinding): Finding {
  return finding;
}

function withChange(change: string | undefined): { readonly change?: string } {
  return change === undefined ? {} : { change };
}

function controllerOf({ controller, binding, ingress }: IngressTrace): DiagnosedController {
  const { profile, serving } = controller;
  const pods = controllerPods(controller);
  const name = binding.field ?? binding.annotation;
  return {
    product: profile.product,
    title: profile.title,
    ...(name !== undefined && { class: name }),
    ...(serving !== undefined && { namespace: serving.namespace }),
    ...(pods !== undefined && { readyPods: pods.filter(isPodReady).length, pods: pods.length }),
    addresses: (ingress.status?.loadBalancer?.ingress ?? []).flatMap(
      ({ ip, hostname }) => ip ?? hostname ?? [],
    ),
  };
}
