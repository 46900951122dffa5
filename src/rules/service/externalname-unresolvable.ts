import type { Product } from '../../controllers/profile.ts';
import { kubectl } from '../../kubernetes/command.ts';
import {
  clusterServiceOf,
  isLoopbackName,
  isSingleLabel,
  type NamedService,
} from '../../kubernetes/external-name.ts';
import { lastChange } from '../../kubernetes/last-change.ts';
import { logLineTime } from '../../kubernetes/log-lines.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Evidence, Fix, Report } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { lastLines, podOf } from '../shared/log-events.ts';
import { backendEvents, type LogFacts } from '../shared/log-share.ts';
import { patchObject } from '../shared/patch.ts';

export const externalnameUnresolvable = defineRule({
  code: 'GD2122',
  name: 'externalname-unresolvable',
  title: 'the name of the ExternalName Service does not resolve',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'name-unresolved',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['controllerLogs', 'externalTarget'],

  *check(facts) {
    const { trace, backend, service } = facts;
    const { type, externalName } = service.spec ?? {};
    if (type !== 'ExternalName' || externalName === undefined) return;
    const { profile, serving } = trace.controller;
    // A controller that refuses it never looks its name up.
    if (!profile.allowsExternalName(serving?.settings ?? new Map())) return;

    const line = failedLookup({ ...facts, slices: undefined }, externalName);
    const target = clusterServiceOf(externalName);
    if (target !== undefined && !backend.externalTarget.ok) {
      if (line === undefined) yield { cannotTell: 'externalTarget' };
    } else if (target !== undefined && valueOr(backend.externalTarget, undefined) === undefined) {
      yield missingTarget(service, externalName, target, line);
      return;
    }
    if (isLoopbackName(externalName)) yield loopback(service, externalName, profile.product);
    else if (line !== undefined) yield failed(service, externalName, line);
    else yield* unqualified(service, externalName, backend);
  },
});

function nameEvidence(service: Service, externalName: string): Evidence {
  return fieldEvidence(referenceTo(service), 'spec.externalName', externalName);
}

function missingTarget(
  service: Service,
  externalName: string,
  { namespace, name }: NamedService,
  line: Evidence | undefined,
): Report {
  const absent = { object: { kind: 'Service', namespace, name }, source: 'API server', value: 'not found' };
  return {
    object: referenceTo(service),
    message: `names \`${externalName}\`, and there is no Service \`${name}\` in namespace \`${namespace}\``,
    evidence: [nameEvidence(service, externalName), absent, ...(line === undefined ? [] : [line])],
    fix: {
      summary: 'correct the name, or create the Service that it names',
      commands: [{ run: kubectl(namespace, 'get', 'services'), effect: 'looks' }, edit(service)],
    },
  };
}

/** ingress-nginx leaves such an endpoint out, and Contour the whole route: it would lead into the proxy itself. */
function loopback(service: Service, externalName: string, product: Product): Report {
  const isKnown = product === 'ingress-nginx' || product === 'contour';
  return {
    object: referenceTo(service),
    message: `names \`${externalName}\`, which is whoever looks it up: the controller itself`,
    evidence: [nameEvidence(service, externalName)],
    fix: { summary: 'name the host that is meant', commands: [edit(service)] },
    ...(product === 'contour' && { symptom: 'externalname-refused' }),
    ...(!isKnown && { symptom: 'connection-refused', confidence: 'likely' }),
  };
}

function failed(service: Service, externalName: string, line: Evidence): Report {
  return {
    object: referenceTo(service),
    message: `names \`${externalName}\`, which the controller could not look up`,
    evidence: [nameEvidence(service, externalName), line],
    fix: fixName(service),
    confidence: 'likely',
  };
}

/** A name of one label is completed by search domains: those of the controller's namespace, not of the Service's. */
function* unqualified(service: Service, externalName: string, backend: BackendTrace): Iterable<Report> {
  if (!isSingleLabel(externalName)) return;
  const meant = valueOr(backend.scope.services, []).find(({ metadata }) => metadata?.name === externalName);
  const { namespace } = backend;
  if (meant === undefined || meant === service) return;
  const value = `${externalName}.${namespace}.svc.cluster.local`;
  yield {
    object: referenceTo(service),
    message: `names \`${externalName}\`, which the controller completes by its own namespace and not by \`${namespace}\``,
    evidence: [
      nameEvidence(service, externalName),
      { object: referenceTo(meant), source: 'API server', value: 'exists' },
    ],
    fix: {
      summary: 'name the Service in full, or name it in the Ingress itself',
      commands: [patchObject(referenceTo(service), [{ op: 'replace', field: 'spec.externalName', value }])],
    },
    confidence: 'suspect',
  };
}

function fixName(service: Service): Fix {
  return { summary: 'correct the name, or mend the DNS that the Pods use', commands: [edit(service)] };
}

function edit(service: Service) {
  const { namespace, name } = referenceTo(service);
  return { run: kubectl(namespace, 'edit', 'service', name), effect: 'changes' } as const;
}

/** What controllers write where a name cannot be looked up. */
const LOOKUP_FAILED =
  /failed to query the DNS server|no such host|host not found|could not be resolved|Invalid DNS name|NXDOMAIN|name error|server misbehaving/i;

/** The last line about a lookup of the name that failed, unless the Service was changed or answered requests since. */
function failedLookup(facts: LogFacts, externalName: string): Evidence | undefined {
  const name = externalName.toLowerCase().replace(/\.$/, '');
  const answers = backendEvents(facts).filter(
    ({ isRequest, status = 0, tries = [] }) => isRequest && tries.length > 0 && status < 500,
  );
  const changed = lastChange(facts.service) ?? 0;
  const failed = lastLines(
    facts.controllerLogs,
    (line) => LOOKUP_FAILED.test(line) && hasName(line.toLowerCase(), name),
  );
  for (const { log, line } of failed) {
    const time = logLineTime(line, facts.now)?.getTime() ?? Number.POSITIVE_INFINITY;
    const isOver = time < changed || answers.some((event) => (event.time?.getTime() ?? 0) > time);
    if (!isOver) return logEvidence(podOf(log), log, line);
  }
  return undefined;
}

/** Whether the text has the name as a whole: `api.example.com` does not stand in `old-api.example.com`. */
function hasName(text: string, name: string): boolean {
  const escaped = name.replaceAll('.', '\\.');
  return new RegExp(`(?<![\\w.-])${escaped}(?![\\w-]|\\.\\w)`).test(text);
}
