import { kubectl } from '../../kubernetes/command.ts';
import { newestFirst } from '../../kubernetes/events.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Command } from '../../model/finding.ts';
import { type ObjectReference, reference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventSince, frozenSymptom, frozenWords, happenedWithin } from '../shared/cloud-events.ts';
import { eventEvidence } from '../shared/evidence.ts';

export const gkeTranslateError = defineRule({
  code: 'GD0216',
  name: 'gke-translate-error',
  title: "GKE's controller cannot translate the Ingress into a load balancer",
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'stale-configuration',
  explains: ['ingress-status-empty'],
  visits: 'ingress',
  needs: [],
  uses: ['events'],

  *check({ now, trace, events }) {
    if (trace.controller.profile.product !== 'gke') return;
    if (events === undefined) {
      yield { cannotTell: 'events' };
      return;
    }
    const [event] = newestFirst(events.filter(isFailure));
    if (event === undefined || !happenedWithin(event, now, EXPIRY)) return;
    const object = trace.reference;
    const service = serviceNamed(event, object);
    const problem = PROBLEMS.find(([pattern]) => pattern.test(event.message ?? ''));
    const named = service === undefined ? 'a Service of it' : `Service \`${service.name}\``;
    yield {
      object,
      message: `${problem === undefined ? 'GKE cannot make or change its load balancer' : `${named} ${problem[1]}`} (event ${event.reason}): ${frozenWords(trace)}`,
      evidence: [eventEvidence(object, event)],
      symptom: frozenSymptom(trace),
      // Each new attempt repeats the event; they come further apart the longer it fails.
      ...(!happenedWithin(event, now, RETRY) && ({ confidence: 'likely' } as const)),
      ...eventSince(event),
      fix: {
        summary: problem?.[2] ?? 'mend what the event says',
        commands: [
          { run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' },
          ...(service !== undefined && problem?.[3] === true ? negCommand(service) : []),
        ],
      },
    };
  },
});

/** Seconds after which an attempt that failed no longer stands for the present. */
const RETRY = 20 * 60;
const EXPIRY = 60 * 60;

/** `Translate` is always a failure, `Sync` also the reason of what goes well (ingress-gce pkg/controller). */
function isFailure({ type, reason, message = '' }: Event): boolean {
  if (reason === 'Translate') return type !== 'Normal';
  return reason === 'Sync' && type === 'Warning' && !/firewall change required/i.test(message);
}

/** What is wrong with the Service, what to do, and whether container-native load balancing is it. */
const PROBLEMS: readonly (readonly [RegExp, string, string, boolean])[] = [
  [
    /expected "NodePort" or "LoadBalancer" when not using NEGs/,
    'is of type ClusterIP and has no network endpoint group',
    'let the load balancer send to the Pods themselves (annotation cloud.google.com/neg), or make it a NodePort Service',
    true,
  ],
  [/could not find service/, 'does not exist', 'name a Service that exists', false],
  [
    /could not find (?:node)?port/i,
    'has no such port',
    'name a port that the Service has, by name or number',
    false,
  ],
];

/** The Service that the error names as `"shop/web"`. */
function serviceNamed({ message = '' }: Event, ingress: ObjectReference): ObjectReference | undefined {
  const [, namespace, name] = /service "?([a-z0-9-]+)\/([a-z0-9.-]+)"?/i.exec(message) ?? [];
  return name === undefined ? undefined : reference('Service', namespace ?? ingress.namespace, name);
}

function negCommand({ namespace, name }: ObjectReference): readonly Command[] {
  const run = kubectl(namespace, 'annotate', 'service', name, 'cloud.google.com/neg={"ingress": true}');
  return [{ run, effect: 'changes' }];
}
