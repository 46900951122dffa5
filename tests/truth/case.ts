import type { KubeObject } from '../../src/kubernetes/types.ts';
import type { Verdict } from '../../src/model/diagnosis.ts';
import type { HopName } from '../../src/model/finding.ts';
import type { Condition } from './conditions.ts';

/** An object to create. Without a namespace it goes into the case's own. */
export interface Manifest extends KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: NonNullable<KubeObject['metadata']> & { readonly name: string };
  readonly [field: string]: unknown;
}

/** The controllers of the test bed, by the name of their product. */
export const CONTROLLERS = ['ingress-nginx', 'contour'] as const;
export type ControllerName = (typeof CONTROLLERS)[number];

/** Where a case is set up: the same namespace for all controllers, an Ingress of its own for each. */
export interface Site {
  readonly controller: ControllerName;
  readonly namespace: string;
  /** The IngressClass of the controller. */
  readonly className: string;
  /** The host of the case's own Ingress. */
  readonly host: string;
}

/** Requests of one form; the Ingress's host and plain HTTP unless it says otherwise. */
export interface Requests {
  readonly host?: string;
  readonly path?: string;
  readonly scheme?: 'http' | 'https';
  /** How many; 4 when absent. */
  readonly count?: number;
  /** The path of the route that takes them, where it is not the first. */
  readonly route?: string;
}

/** What should come of a case. What the requests are answered with is nowhere foretold: reality says. */
export interface Expectation {
  readonly verdict: Verdict;
  /** The rule of the first root cause; absent where nothing may be blamed. */
  readonly cause?: string;
  /** A rule that must have a finding, though it is no root cause. */
  readonly remark?: string;
}

/** What a case can ask and do while it is set up. */
export interface Bed {
  readonly namespace: string;
  /** Objects of the case's namespace by their resource's path: `v1/pods`, `apps/v1/deployments`. */
  list(resource: string): Promise<readonly KubeObject[]>;
  /** Runs kubectl in the case's namespace; manifests go to its standard input. Rejects when it fails. */
  kubectl(args: readonly string[], manifests?: readonly Manifest[]): Promise<string>;
}

/** One thing that can be the matter, or not, on the way from the controller to the application. */
export interface TruthCase {
  /** Unique; starts with the rule that it is about, where there is one. */
  readonly name: string;
  readonly hop: HopName;
  /** What is the matter, in a few words. */
  readonly about: string;
  /** The same for all controllers, or for those for which the case makes sense. */
  readonly expect: Expectation | Readonly<Partial<Record<ControllerName, Expectation>>>;
  readonly objects: readonly Manifest[] | ((namespace: string) => readonly Manifest[]);
  /** The Ingresses for one controller, of which the first is diagnosed; a plain one when absent. */
  readonly ingresses?: (site: Site) => readonly Manifest[];
  /** When the case is as it is meant to be. */
  readonly until: Condition;
  /** What is done to the healthy objects to break them; `until` is waited for before, `afterwards` after it. */
  readonly act?: (bed: Bed) => Promise<unknown>;
  readonly afterwards?: Condition;
  /** Mends what outlives the namespace. */
  readonly undo?: (bed: Bed) => Promise<unknown>;
  /** Four requests for `/` when absent. */
  readonly requests?: readonly Requests[] | ((site: Site) => readonly Requests[]);
  /** The doctor is asked about the URL of the first requests, not about the Ingress. */
  readonly byUrl?: true;
  /** `namespace/name` of the Service that requests are sent to, where it is not the controller's usual one. */
  readonly entrance?: (site: Site) => string;
  /** It is also looked at as users who may read less. */
  readonly permissions?: true;
  /** It changes what other cases rely on, and runs alone. */
  readonly isExclusive?: true;
  /** Part of the short run. */
  readonly ci?: true;
}
