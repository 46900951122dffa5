import { newestEvent } from '../../kubernetes/events.ts';
import { lastChange } from '../../kubernetes/last-change.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { reference, referenceTo } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { controllerLog } from '../shared/annotations.ts';
import { eventEvidence } from '../shared/evidence.ts';
import { eventLine, eventsOf, podOf, type SeenEvent } from '../shared/log-events.ts';

export const controllerReloadFailing = defineRule({
  code: 'GD0150',
  name: 'controller-reload-failing',
  title: 'the proxy refuses the configuration that the controller makes, and goes on with an old one',
  hop: 'class',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'stale-configuration',
  explains: [],
  visits: 'controller',
  needs: [],
  uses: ['logs', 'events'],

  *check({ now, trace, instance, logs, events }) {
    for (const log of logs ?? []) {
      const own = eventsOf(trace, [log], now);
      const last = own.findLast(({ pattern }) => pattern === 'reload-failed' || pattern === 'reload-done');
      if (last?.pattern !== 'reload-failed') continue;
      const refused = own.slice(own.indexOf(last)).find(({ pattern }) => pattern === 'configuration-refused');
      const event = newestEvent(events ?? [], 'RELOAD');
      yield {
        object: podOf(log),
        message:
          'every new configuration is refused: changes to any Ingress of this controller have no effect',
        evidence: [
          eventLine(refused ?? last),
          ...(refused === undefined ? [] : [eventLine(last)]),
          ...(event?.type === 'Warning'
            ? [eventEvidence(reference('Pod', log.namespace, event.involvedObject?.name ?? log.pod), event)]
            : []),
          ...suspectEvidence(trace, firstFailure(own)),
        ],
        fix: {
          summary:
            'read what the proxy refuses, and mend or delete the Ingress that it comes from: most likely the one that was changed last',
          commands: controllerLog(instance),
        },
      };
      // Its Pods have the same configuration.
      return;
    }
  },
});

/** The failure after which no configuration got through. */
function firstFailure(events: readonly SeenEvent[]): SeenEvent | undefined {
  const done = events.findLastIndex(({ pattern }) => pattern === 'reload-done');
  return events.slice(done + 1).find(({ pattern }) => pattern === 'reload-failed');
}

/** The Ingress of the same class that was changed last before the first failure. */
function suspectEvidence(trace: IngressTrace, failure: SeenEvent | undefined): readonly Evidence[] {
  const time = failure?.time?.getTime();
  if (time === undefined) return [];
  const classOf = ({ spec }: Ingress) => spec?.ingressClassName;
  const changed = valueOr(trace.allIngresses, [])
    .filter((ingress) => classOf(ingress) === classOf(trace.ingress))
    .map((ingress) => ({ ingress, at: lastChange(ingress) ?? 0 }))
    // Clocks differ, and a controller takes a moment.
    .filter(({ at }) => at > 0 && at <= time + 5000)
    .toSorted((a, b) => b.at - a.at);
  const [suspect] = changed;
  if (suspect === undefined) return [];
  return [
    {
      object: referenceTo(suspect.ingress),
      source: 'last change of an Ingress before the first failure',
      value: new Date(suspect.at).toISOString(),
    },
  ];
}
