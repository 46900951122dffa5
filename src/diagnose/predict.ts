import { endpointsForPort, endpointsOf } from '../kubernetes/endpoints.ts';
import { isPodReady } from '../kubernetes/pod.ts';
import type { Prediction, Verdict } from '../model/diagnosis.ts';
import { CONFIDENCES, type Confidence } from '../model/finding.ts';
import { valueOr } from '../model/read.ts';
import { showReference } from '../model/reference.ts';
import { SYMPTOM_FACTS, SYMPTOMS, type Symptom } from '../model/symptom.ts';
import type { BackendTrace, IngressTrace, RouteTrace } from '../model/trace.ts';
import { type Bearing, isBearing, type NotRun, type RawFinding } from './run.ts';

/** What a client will see on a route, what that makes of the route, and the finding that decides it. */
export interface Outcome {
  readonly prediction: Prediction;
  readonly verdict: Verdict;
  readonly decidedBy?: RawFinding;
}

/**
 * Predicts a route's answer: of the findings on its path with a symptom, the one that a request meets first decides.
 * Without any, the route is fine only if every rule that could have found one was able to run.
 */
export function predictRoute(
  trace: IngressTrace,
  route: RouteTrace,
  findings: readonly RawFinding[],
  notRun: readonly NotRun[],
): Outcome {
  const backend = trace.backends.find(({ key }) => key === route.backendKey);
  const bearing = findings.filter(isBearing).filter(({ routes }) => routes.includes(route.id));
  const whole = bearing.filter((finding) => !isPartial(finding, backend, bearing));
  const gaps = notRun.filter(({ rule, routes }) => rule.symptom !== undefined && routes.includes(route.id));

  const failing = firstMet(whole.filter(({ symptom }) => SYMPTOM_FACTS[symptom].effect === 'fails'));
  if (failing !== undefined) {
    return {
      verdict: 'failing',
      decidedBy: failing,
      prediction: {
        ...(answerOfHeir(trace, route, failing, findings, notRun) ?? {
          ...answerTo(trace, failing),
          symptom: failing.symptom,
          reason: SYMPTOM_FACTS[failing.symptom].words,
        }),
        ...answerBefore(trace, failing, whole),
        confidence: confidenceIn(failing, gaps),
      },
    };
  }

  const distrusted = firstMet(whole.filter(({ symptom }) => SYMPTOM_FACTS[symptom].effect === 'distrusts'));
  const partial = firstMet(
    bearing.filter(
      (finding) => finding !== distrusted && SYMPTOM_FACTS[finding.symptom].effect !== 'answers',
    ),
  );
  const decidedBy = distrusted ?? partial;
  const fine = { status: 200, answeredBy: 'application' } as const;
  if (decidedBy !== undefined) {
    const { symptom, confidence } = decidedBy;
    const { effect, words } = SYMPTOM_FACTS[symptom];
    const isHidden = trace.controller.profile.triesNextEndpoint?.includes(symptom) === true;
    return {
      verdict: decidedBy === distrusted ? 'failing' : 'degraded',
      decidedBy,
      prediction: {
        ...fine,
        symptom,
        confidence,
        reason: isHidden ? `${words}, and the controller tries another endpoint` : words,
        ...(effect === 'fails' && !isHidden && { partialStatus: answerTo(trace, decidedBy).status }),
      },
    };
  }

  const [gap] = gaps;
  if (gap !== undefined) {
    return {
      verdict: 'unknown',
      prediction: { status: null, confidence: 'suspect', reason: `cannot be told: ${gapWords(gap)}` },
    };
  }
  const answered = firstMet(whole.filter(({ symptom }) => SYMPTOM_FACTS[symptom].effect === 'answers'));
  if (answered !== undefined) {
    const { symptom, confidence } = answered;
    const reason = SYMPTOM_FACTS[symptom].words;
    return { verdict: 'healthy', prediction: { ...answerTo(trace, answered), symptom, confidence, reason } };
  }
  return {
    verdict: 'healthy',
    prediction: { ...fine, confidence: 'likely', reason: readiness(trace, backend) },
  };
}

/** What a request gets first that fails only when it follows: a redirect to where it fails. */
function answerBefore(
  trace: IngressTrace,
  failing: Bearing,
  whole: readonly Bearing[],
): Pick<Prediction, 'status' | 'answeredBy' | 'reason'> | undefined {
  const first = firstMet(whole.filter(({ symptom }) => SYMPTOM_FACTS[symptom].effect === 'answers'));
  if (first === undefined || SYMPTOMS.indexOf(first.symptom) > SYMPTOMS.indexOf(failing.symptom))
    return undefined;
  const [answer, further] = [SYMPTOM_FACTS[first.symptom].words, SYMPTOM_FACTS[failing.symptom].words];
  return { ...answerTo(trace, first), reason: `${answer}, and where it leads: ${further}` };
}

/**
 * What becomes of requests for a route that the controller leaves out of its configuration: a broader path of the
 * same host takes them, if there is one.
 */
function answerOfHeir(
  trace: IngressTrace,
  route: RouteTrace,
  { symptom }: Bearing,
  findings: readonly RawFinding[],
  notRun: readonly NotRun[],
): Omit<Prediction, 'confidence'> | undefined {
  const { profile, serving } = trace.controller;
  if (profile.answer(symptom, serving?.settings ?? new Map()).skipsRoute !== true) return undefined;
  const rule = ({ path, pathType }: RouteTrace) => ({ path, pathType, ingress: trace.ingress });
  const [heir] = trace.routes
    .filter(({ host, path, backend }) => {
      const isBroader = host === route.host && path.length < route.path.length;
      return isBroader && path !== '' && backend !== undefined;
    })
    .filter((other) => profile.pathMatches(rule(other), route.path))
    .sort((a, b) => profile.comparePaths(rule(a), rule(b)));
  if (heir === undefined) return undefined;
  const { status, answeredBy } = predictRoute(trace, heir, findings, notRun).prediction;
  return {
    status,
    ...(answeredBy !== undefined && { answeredBy }),
    symptom: 'wrong-backend',
    reason: `the controller leaves the path out, and \`${heir.path}\` takes its requests`,
  };
}

/** What a client gets who runs into a finding's symptom: what the evidence shows, else what the controller makes of it. */
export function answerTo(
  { controller }: IngressTrace,
  { symptom, status: shown }: { readonly symptom: Symptom; readonly status?: number },
): Pick<Prediction, 'status' | 'answeredBy'> {
  const { status: told, by } = controller.profile.answer(symptom, controller.serving?.settings ?? new Map());
  const status = shown ?? told;
  if (status === null && symptom === 'not-served') return answerOfOthers(controller) ?? { status };
  if (by === 'nobody') return { status };
  return { status, answeredBy: by === 'controller' ? controller.profile.title : by };
}

/** What a request meets that no controller was told of: the proxies that are there, where all would answer alike. */
function answerOfOthers({
  others,
}: IngressTrace['controller']): Pick<Prediction, 'status' | 'answeredBy'> | undefined {
  const [first, ...rest] = others.map(
    ({ profile, settings }) => profile.answer('not-served', settings).status,
  );
  if (first === undefined || first === null || rest.some((status) => status !== first)) return undefined;
  return { status: first, answeredBy: [...new Set(others.map(({ profile }) => profile.title))].join(' or ') };
}

/** The earliest on the request's way; of equals the surest. */
function firstMet(findings: readonly Bearing[]): Bearing | undefined {
  return [...findings].sort(
    (a, b) =>
      SYMPTOMS.indexOf(a.symptom) - SYMPTOMS.indexOf(b.symptom) ||
      CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence),
  )[0];
}

/**
 * Whether a finding hits only some requests: it says so, its symptom is about capacity,
 * or it is about a Pod while other ready Pods of the backend are fine.
 */
function isPartial(
  finding: Bearing,
  backend: BackendTrace | undefined,
  bearing: readonly Bearing[],
): boolean {
  if (finding.partial || SYMPTOM_FACTS[finding.symptom].effect === 'weakens') return true;
  if (finding.visit !== 'pod' || backend === undefined) return false;
  const hit = new Set(bearing.filter(({ visit }) => visit === 'pod').map(({ subjects }) => subjects[0]));
  return valueOr(backend.pods, []).some(
    ({ pod, reference }) => isPodReady(pod) && !hit.has(showReference(reference)),
  );
}

/** An unread earlier hop could bring another answer: then nothing is certain. */
function confidenceIn(failing: Bearing, gaps: readonly NotRun[]): Confidence {
  const stage = SYMPTOMS.indexOf(failing.symptom);
  const isOpen = gaps.some(
    ({ rule }) => rule.symptom !== undefined && SYMPTOMS.indexOf(rule.symptom) < stage,
  );
  return isOpen && failing.confidence === 'certain' ? 'likely' : failing.confidence;
}

function gapWords({ rule, because }: NotRun): string {
  if ('fault' in because) return `rule ${rule.name} broke`;
  const { what, reason } = because.failure;
  return `${what} could not be read (${reason})`;
}

/** `2 of 2 endpoints ready`, of those that carry the backend's port, or of all where it has none. */
export function readiness({ controller }: IngressTrace, backend: BackendTrace | undefined): string {
  if (backend === undefined || !backend.slices.ok) return 'nothing stands against it';
  const slices = backend.slices.value;
  const port = backend.port?.port;
  const endpoints =
    port === undefined
      ? endpointsOf(slices)
      : endpointsForPort(slices, port, controller.profile.fallsBackToTargetPort(port));
  if (endpoints.length === 0) return 'nothing stands against it';
  return `${endpoints.filter(({ ready }) => ready).length} of ${endpoints.length} endpoints ready`;
}
