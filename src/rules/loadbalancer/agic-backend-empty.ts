import { kubectl } from '../../kubernetes/command.ts';
import { endpointsOf } from '../../kubernetes/endpoints.ts';
import { eventsWithReason } from '../../kubernetes/events.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { BackendTrace, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { backendService } from '../shared/backend-reference.ts';
import { eventSince, happenedWithin } from '../shared/cloud-events.ts';
import { eventEvidence } from '../shared/evidence.ts';

export const agicBackendEmpty = defineRule({
  code: 'GD0218',
  name: 'agic-backend-empty',
  title: "Application Gateway's backend pool for the Service is empty",
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-endpoints',
  explains: [],
  visits: 'backend',
  needs: ['service'],
  uses: ['events'],

  *check({ now, trace, backend, events }) {
    if (trace.controller.profile.product !== 'agic') return;
    if (events === undefined) {
      yield { cannotTell: 'events' };
      return;
    }
    const told = eventsWithReason(events, ...WORDS.keys());
    const event = told.find((each) => concerns(each, backend, trace));
    if (event === undefined || !happenedWithin(event, now, RETRY)) return;
    const object = backendService(backend);
    yield {
      object,
      message: `${WORDS.get(event.reason ?? '') ?? ''} (event ${event.reason}): its backend pool stays empty`,
      evidence: [eventEvidence(trace.reference, event)],
      // What the controller looked at may have been mended since.
      ...(!isEmpty(backend) && ({ confidence: 'likely' } as const)),
      ...eventSince(event),
      fix: {
        summary: 'make the Service lead to ready Pods: compare its ports and its selector with them',
        commands: [
          { run: kubectl(object.namespace, 'describe', 'service', object.name), effect: 'looks' },
          {
            run: kubectl(trace.reference.namespace, 'describe', 'ingress', trace.reference.name),
            effect: 'looks',
          },
        ],
      },
    };
  },
});

/** Reasons of the controller's events (application-gateway-kubernetes-ingress pkg/events), and what they say. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['EndpointsEmpty', 'the controller finds no endpoint of it'],
  ['BackendPortTargetMatch', 'the controller finds no endpoint with its target port'],
  ['PortResolutionError', 'the controller cannot resolve its port'],
  ['IngressServiceTargetMatch', 'the controller does not find it'],
  ['ServiceNotFound', 'the controller does not find it'],
]);

/** Seconds after which an event no longer stands for the present. */
const RETRY = 15 * 60;

/** Whether the event names the Service, or could be about nothing else. */
function concerns(
  { message = '', involvedObject }: Event,
  { serviceName }: BackendTrace,
  { backends, reference }: IngressTrace,
): boolean {
  if (involvedObject?.kind !== 'Ingress' || involvedObject.name !== reference.name) return false;
  const words = message.split(/[^\w.-]+/).map((word) => word.replace(/\.+$/, ''));
  if (words.includes(serviceName)) return true;
  const names = new Set(backends.map((backend) => backend.serviceName));
  return !words.some((word) => names.has(word));
}

/** Whether nothing stands behind the Service, as far as could be read. */
function isEmpty({ slices, port }: BackendTrace): boolean {
  return port === undefined || (slices.ok && !endpointsOf(slices.value).some(({ ready }) => ready));
}
