import type { IngressBackend } from '../kubernetes/types.ts';
import type { Confidence, Evidence, Finding } from './finding.ts';
import type { ObjectReference } from './reference.ts';
import type { Symptom } from './symptom.ts';

/**
 * `failing`: all requests of at least one route fail (or its clients refuse the certificate);
 * `degraded`: some requests fail, or capacity is reduced; `healthy`: nothing stands against any route;
 * `unknown`: nothing is proven wrong, but something that could be was not readable.
 */
export type Verdict = 'failing' | 'degraded' | 'healthy' | 'unknown';

/** What a client will see on a route. */
export interface Prediction {
  /** The HTTP status; `null` when it cannot be told or no HTTP answer comes. */
  readonly status: number | null;
  /** What the request runs into; absent when nothing stands against it. */
  readonly symptom?: Symptom;
  /** Who gives the answer: the controller's name, `application`, or absent when nobody does. */
  readonly answeredBy?: string;
  readonly confidence: Confidence;
  /** Why, in a few words: `no ready endpoint`, `2 of 2 endpoints ready`. */
  readonly reason: string;
  /** Only some requests run into the symptom; the others are answered with `status`. */
  readonly partialStatus?: number | null;
}

export type Health = 'ok' | 'warning' | 'failing' | 'unknown';

/** An object (or a group of like Pods) on a route's path. */
export interface Hop {
  readonly object: ObjectReference;
  readonly health: Health;
  /** One line: what matters about it. */
  readonly summary: string;
  readonly evidence: readonly Evidence[];
}

/** One host + path of an Ingress with what becomes of its requests. */
export interface DiagnosedRoute {
  readonly id: string;
  /** Empty: any host. */
  readonly host: string;
  readonly path: string;
  readonly pathType: string;
  readonly tls: boolean;
  readonly backend?: IngressBackend;
  readonly verdict: Verdict;
  readonly prediction: Prediction;
  readonly hops: readonly Hop[];
}

/** A root cause: a finding, the routes it takes down, and the findings that it explains. */
export interface RootCause {
  readonly finding: Finding;
  readonly affects: readonly string[];
  readonly explained: readonly Finding[];
  /** What changed shortly before: `rollout 6 → 7 (image api:2.3.1 → api:2.4.0), 40s before`. */
  readonly change?: string;
}

/** Something that was not looked at: a read that failed with the rules that needed it, or a rule that broke. */
export type NotChecked =
  | { readonly read: string; readonly reason: string; readonly rules: readonly string[] }
  | { readonly rule: string; readonly reason: string };

export interface DiagnosedController {
  readonly product: string;
  readonly title: string;
  readonly class?: string;
  readonly namespace?: string;
  readonly readyPods?: number;
  readonly pods?: number;
  readonly addresses: readonly string[];
}

/** The one result value: all that a report shows about one Ingress. */
export interface Diagnosis {
  readonly target: ObjectReference;
  readonly verdict: Verdict;
  readonly controller: DiagnosedController;
  readonly rootCauses: readonly RootCause[];
  readonly routes: readonly DiagnosedRoute[];
  /** Every finding, root causes included, in the order in which a request meets them. */
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
}
