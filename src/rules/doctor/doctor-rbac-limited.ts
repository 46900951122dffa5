import { shellQuote } from '../../kubernetes/command.ts';
import type { Command, Evidence } from '../../model/finding.ts';
import type { ReadFailure } from '../../model/read.ts';
import { defineRule } from '../rule.ts';

export const doctorRbacLimited = defineRule({
  code: 'GD9101',
  name: 'doctor-rbac-limited',
  title: 'some of the objects on the path may not be read',
  hop: 'doctor',
  severity: 'info',
  confidence: 'certain',
  explains: [],
  visits: 'cluster',
  needs: [],

  *check({ trace, failures }) {
    const forbidden = failures.filter(({ reason }) => reason === 'forbidden');
    const object = trace.reference;
    const evidence = forbidden.map(
      ({ what, message }): Evidence => ({ object, source: `reading ${what}`, value: message }),
    );
    const [first, ...others] = evidence;
    if (first === undefined) return;
    const kinds = [...new Set(forbidden.map(({ what }) => what))];
    yield {
      object,
      message: `you may not read everything on its path: ${kinds.slice(0, 5).join(', ')}${kinds.length > 5 ? ' and more' : ''}`,
      evidence: [first, ...others.slice(0, 9)],
      fix: {
        summary: 'ask for leave to get and list these, or let somebody look who has it',
        commands: permissionChecks(forbidden),
      },
    };
  },
});

/** A command for each thing that was refused, which shows whether it still is. */
function permissionChecks(forbidden: readonly ReadFailure[]): readonly Command[] {
  const runs = forbidden.flatMap(({ what }) => permissionCheck(what) ?? []);
  return [...new Set(runs)].map((run) => ({ run, effect: 'looks' }));
}

/**
 * The question whether one may do what a read does, from its description: `Pod objects in shop`,
 * `Node objects in all namespaces`, `Secret shop/web-tls`, `log of Pod shop/web-1 container app`.
 */
function permissionCheck(what: string): string | undefined {
  const [, logNamespace] = /^(?:previous )?log of Pod ([^/]+)\//.exec(what) ?? [];
  if (logNamespace !== undefined) return canI('get', 'pods/log', logNamespace);
  const [, listed, where] = /^([A-Za-z]+) objects in (.+)$/.exec(what) ?? [];
  if (listed !== undefined && where !== undefined) {
    return canI('list', resourceName(listed), where === 'all namespaces' ? undefined : where);
  }
  const [, kind, namespace, name] = /^([A-Za-z]+) (?:([^/\s]+)\/)?(\S+)$/.exec(what) ?? [];
  return kind === undefined || name === undefined
    ? undefined
    : canI('get', `${resourceName(kind)}/${name}`, namespace);
}

function canI(verb: string, resource: string, namespace: string | undefined): string {
  const scope = namespace === undefined ? ['-A'] : ['-n', namespace];
  return ['kubectl', 'auth', 'can-i', verb, resource, ...scope].map(shellQuote).join(' ');
}

/** The plural by which the API serves a kind. */
function resourceName(kind: string): string {
  const word = kind.toLowerCase();
  if (word === 'podmetrics') return 'pods.metrics.k8s.io';
  if (word.endsWith('y')) return `${word.slice(0, -1)}ies`;
  return word.endsWith('s') ? `${word}es` : `${word}s`;
}
