import { kubectl } from '../../kubernetes/command.ts';
import type { Refusal } from '../../model/log-event.ts';
import { defineRule } from '../rule.ts';
import { eventLine, eventsOf, podOf, type SeenEvent } from '../shared/log-events.ts';

/** Seconds after which a refusal that is not repeated is over: what is watched is tried again within a minute. */
const REPEATED = 300;

/** What a controller cannot do its work without. */
const ESSENTIAL = [
  'ingresses',
  'ingressclasses',
  'services',
  'endpoints',
  'endpointslices',
  'secrets',
  'pods',
  'namespaces',
];

export const controllerRbacDenied = defineRule({
  code: 'GD0152',
  name: 'controller-rbac-denied',
  title: "the API server refuses the controller's ServiceAccount what it needs to read",
  hop: 'class',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'stale-configuration',
  explains: [],
  visits: 'controller',
  needs: [],
  uses: ['logs'],

  *check({ now, trace, logs }) {
    const refusals = new Map<string, SeenRefusal>();
    for (const event of eventsOf(trace, logs, now)) {
      const { refusal } = event;
      if (refusal === undefined || !isPresent(event, now)) continue;
      refusals.set(`${refusal.verb} ${refusal.resource} ${refusal.namespace}`, { ...refusal, event });
    }
    for (const { event, account, verb, resource, namespace } of refusals.values()) {
      const isEssential =
        ['list', 'watch', 'get'].includes(verb) && ESSENTIAL.includes(resource.split('.')[0] ?? '');
      const where = namespace === undefined ? ['-A'] : [];
      yield {
        object: podOf(event.log),
        message: `its ServiceAccount may not ${verb} \`${resource}\`${namespace === undefined ? '' : ` in namespace \`${namespace}\``}`,
        evidence: [eventLine(event)],
        ...(isEssential ? {} : { severity: 'info', symptom: null }),
        fix: {
          summary:
            "apply the roles of the controller's own release again, with a binding for its ServiceAccount",
          commands:
            account === undefined
              ? []
              : [
                  {
                    run: kubectl(namespace, 'auth', 'can-i', verb, resource, `--as=${account}`, ...where),
                    effect: 'looks',
                  },
                ],
        },
      };
    }
  },
});

interface SeenRefusal extends Refusal {
  readonly event: SeenEvent;
}

function isPresent({ time, line }: SeenEvent, now: Date): boolean {
  if (time === undefined || line.includes('feature will be disabled')) return true;
  return (now.getTime() - time.getTime()) / 1000 <= REPEATED;
}
