import type { ObjectReference } from './reference.ts';
import type { Symptom } from './symptom.ts';

/** How bad it is for the requests on the path. `info` and `low` never make a verdict. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure: `certain` is proven by what was read, `likely` has evidence for it, `suspect` is only possible. */
export const CONFIDENCES = ['certain', 'likely', 'suspect'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Where on the request path a rule looks, in the order in which a request meets it. */
export const HOPS = [
  'class',
  'loadbalancer',
  'ingress-rule',
  'tls',
  'annotation',
  'service',
  'endpoints',
  'workload',
  'pod',
  'node',
  'network',
  'dns',
  'doctor',
] as const;
export type HopName = (typeof HOPS)[number];

/**
 * One fact that was read: a `field` of an object as an API path (`spec.ports[0].targetPort`),
 * or another `source` about it (`Event Unhealthy x36`, `log of container app`, `argument --ingress-class`).
 */
export type Evidence =
  | { readonly object: ObjectReference; readonly field: string; readonly value: string }
  | { readonly object: ObjectReference; readonly source: string; readonly value: string };

/** A command with real names. `looks` only reads; `changes` changes the cluster. */
export interface Command {
  readonly run: string;
  readonly effect: 'looks' | 'changes';
}

/** What to do, as an imperative sentence, and the commands that do it. */
export interface Fix {
  readonly summary: string;
  readonly commands: readonly Command[];
}

/** What a rule says about one object. Fields left out take the rule's own value. */
export interface Report {
  readonly object: ObjectReference;
  readonly message: string;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly fix?: Fix;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** `null`: the rule's symptom does not follow here, such as on a controller that tolerates the state. */
  readonly symptom?: Symptom | null;
  /** Only a part of the requests on the routes runs into the symptom. */
  readonly partial?: boolean;
  /** No request gets any further: what is wrong behind the answer does not matter to it. */
  readonly isFinal?: boolean;
  /** The HTTP status that the evidence shows clients to get, where it shows one: it beats the controller's table. */
  readonly status?: number;
  /** RFC 3339: since when the state holds, where the objects tell. */
  readonly since?: string;
}

/** A rule's report with the rule's data, ready for ranking. */
export interface Finding {
  readonly code: string;
  readonly rule: string;
  readonly hop: HopName;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly symptom?: Symptom;
  readonly partial: boolean;
  /** The HTTP status that the evidence shows clients to get. */
  readonly status?: number;
  readonly object: ObjectReference;
  readonly message: string;
  /** How many Pods of one workload this finding is about, where there are several; the message then counts them. */
  readonly pods?: number;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly fix?: Fix;
  readonly since?: string;
  /** Ids of the routes whose path the object lies on. */
  readonly routes: readonly string[];
}
