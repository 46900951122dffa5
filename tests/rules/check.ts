import { readFileSync } from 'node:fs';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { clusterOfTexts } from '../../src/cluster/file/open.ts';
import { parseDocuments } from '../../src/cluster/file/parse.ts';
import { diagnoseTarget } from '../../src/diagnose-target.ts';
import type { Diagnosis, RootCause } from '../../src/model/diagnosis.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Rule } from '../../src/rules/rule.ts';

/** How an example is diagnosed. */
interface OverlayOptions {
  /** Ask about this URL instead of Ingress shop/web. */
  readonly url?: string;
  readonly seenStatus?: number;
  /** For how many seconds back the controller's log counts. */
  readonly logSeconds?: number;
  /** Serve the Ingress by this controller instead of ingress-nginx. */
  readonly controller?: 'contour' | 'traefik';
  /** Kinds that the user may not read. */
  readonly forbidden?: readonly string[];
  /** Diagnose another Ingress of namespace shop. */
  readonly ingress?: string;
  /** Run these rules instead of all. */
  readonly rules?: readonly Rule[];
  /** Changes each object before it is diagnosed. */
  readonly change?: (object: object) => unknown;
}

interface PlainObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly items?: readonly PlainObject[];
  readonly metadata?: { readonly namespace?: string; readonly name?: string };
}

const BASE = objectsOf(readFileSync(new URL('./base.yaml', import.meta.url), 'utf8'));

/**
 * Lays objects over the healthy cluster of base.yaml (same kind, namespace and name replaces; a comment
 * `# without: Kind namespace/name, ...` removes) and diagnoses Ingress shop/web there.
 */
export async function overlay(yaml: string, options: OverlayOptions = {}): Promise<Diagnosis> {
  const [diagnosis] = await overlayAll(yaml, options);
  if (diagnosis === undefined) throw new Error('nothing was diagnosed');
  return diagnosis;
}

/** As {@link overlay}, with every diagnosis that the target gives. */
export async function overlayAll(yaml: string, options: OverlayOptions = {}): Promise<readonly Diagnosis[]> {
  const { url, seenStatus, logSeconds, ingress = 'web', rules } = options;
  const target =
    url === undefined
      ? ({ kind: 'ingress', namespace: 'shop', name: ingress } as const)
      : ({ kind: 'url', url: requested(url) } as const);
  const { diagnoses, problem } = await diagnoseTarget(clusterOf(yaml, options), target, {
    ...(seenStatus !== undefined && { seenStatus }),
    ...(logSeconds !== undefined && { logSeconds }),
    ...(rules !== undefined && { rules }),
  });
  if (problem !== undefined) throw new Error(problem.message);
  return diagnoses;
}

/** The cluster that {@link overlay} diagnoses. */
export function clusterOf(yaml: string, options: OverlayOptions = {}): Cluster {
  const { controller, forbidden = [], change = (object) => object } = options;
  const base = controller === undefined ? BASE : withController(BASE, controller);
  const failures = forbidden.map((kind) => ({
    apiVersion: 'gateway-doctor/v1',
    kind: 'ReadFailure',
    read: { kind },
    reason: 'forbidden',
    message: `${kind} is forbidden`,
  }));
  const objects = lay(base, yaml).filter(({ kind = '' }) => !forbidden.includes(kind));
  const items = [...objects.map(change), ...failures];
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  return clusterOfTexts('cluster.json', [{ name: 'cluster.json', role: { holds: 'objects' }, text }]);
}

function requested(text: string) {
  const { protocol, hostname, pathname } = new URL(text);
  return {
    url: text,
    scheme: protocol === 'http:' ? 'http' : 'https',
    host: hostname,
    path: pathname,
  } as const;
}

function lay(base: readonly PlainObject[], yaml: string): readonly PlainObject[] {
  const removed = [...yaml.matchAll(/^\s*# without:(.*)$/gm)]
    .flatMap(([, list = '']) => list.split(','))
    .map((name) => name.trim());
  const objects = new Map(base.map((object) => [keyOf(object), object]));
  for (const name of removed) {
    if (!objects.delete(name)) throw new Error(`base.yaml has no ${name}`);
  }
  for (const object of objectsOf(yaml)) objects.set(keyOf(object), object);
  return [...objects.values()];
}

let unnamed = 0;

function keyOf({ kind, metadata }: PlainObject): string {
  if (metadata?.name === undefined) return `${kind} #${++unnamed}`;
  if (kind === 'PodLog') return `${kind} #${++unnamed}`;
  return metadata.namespace === undefined
    ? `${kind} ${metadata.name}`
    : `${kind} ${metadata.namespace}/${metadata.name}`;
}

function objectsOf(yaml: string): readonly PlainObject[] {
  return (parseDocuments(yaml, 'example') as readonly (PlainObject | null)[]).flatMap((document) =>
    document === null || document === undefined ? [] : (document.items ?? [document]),
  );
}

/** Replaces ingress-nginx by another controller, class `nginx` included. */
function withController(
  base: readonly PlainObject[],
  controller: 'contour' | 'traefik',
): readonly PlainObject[] {
  const replaced = base.filter(
    ({ kind, metadata }) => metadata?.namespace !== 'ingress-nginx' && kind !== 'IngressClass',
  );
  const text = readFileSync(new URL(`./${controller}.yaml`, import.meta.url), 'utf8');
  return lay(replaced, text);
}

/** Names of all rules that reported something. */
export function rulesOf({ findings }: Diagnosis): readonly string[] {
  return [...new Set(findings.map(({ rule }) => rule))];
}

/** The finding of a rule; fails when there is none. */
export function findingOf({ findings }: Diagnosis, rule: string): Finding {
  const finding = findings.find((each) => each.rule === rule);
  if (finding === undefined) {
    throw new Error(`no finding of ${rule} among ${findings.map((each) => each.rule).join(', ')}`);
  }
  return finding;
}

/** The name of the first root cause's rule. */
export function rootOf({ rootCauses }: Diagnosis): string | undefined {
  return rootCauses[0]?.finding.rule;
}

/** Names of all root causes' rules, best first. */
export function rootsOf({ rootCauses }: Diagnosis): readonly string[] {
  return rootCauses.map(({ finding }: RootCause) => finding.rule);
}

/** The predicted status of the first route. */
export function statusOf({ routes }: Diagnosis): number | null | undefined {
  return routes[0]?.prediction.status;
}
