import { kubectl } from '../../kubernetes/command.ts';
import { newestFirst } from '../../kubernetes/events.ts';
import { reference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventSince, frozenSymptom, frozenWords, happenedWithin } from '../shared/cloud-events.ts';
import { eventEvidence } from '../shared/evidence.ts';

export const agicControlPlaneError = defineRule({
  code: 'GD0219',
  name: 'agic-control-plane-error',
  title: 'the ingress controller cannot change Application Gateway',
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'stale-configuration',
  explains: ['ingress-status-empty'],
  visits: 'controller',
  needs: [],
  uses: ['events', 'controlPods'],

  *check({ now, trace, instance, events, controlPods }) {
    if (trace.controller.profile.product !== 'agic') return;
    if (events === undefined) {
      yield { cannotTell: 'events' };
      return;
    }
    const names = new Set((controlPods ?? []).map(({ metadata }) => metadata?.name));
    const [event] = newestFirst(
      events.filter(
        ({ reason = '', involvedObject }) =>
          WORDS.has(reason) &&
          involvedObject?.kind === 'Pod' &&
          (controlPods === undefined || names.has(involvedObject.name)),
      ),
    );
    if (event === undefined || !happenedWithin(event, now, EXPIRY)) return;
    const object = reference('Pod', instance.namespace, event.involvedObject?.name ?? '');
    yield {
      object,
      message: `${WORDS.get(event.reason ?? '') ?? ''} (event ${event.reason}): ${frozenWords(trace)}`,
      evidence: [eventEvidence(object, event)],
      symptom: frozenSymptom(trace),
      // It tries again with every change and at least every few minutes, and says nothing when it succeeds.
      ...(!happenedWithin(event, now, RETRY) && ({ confidence: 'likely' } as const)),
      ...eventSince(event),
      fix: {
        summary:
          "mend what the event says: the controller's identity needs the Contributor role on the gateway and Reader on its resource group",
        commands: [
          { run: kubectl(object.namespace, 'describe', 'pod', object.name), effect: 'looks' },
          { run: kubectl(object.namespace, 'logs', object.name, '--tail=50'), effect: 'looks' },
        ],
      },
    };
  },
});

/** Reasons of events about the controller's own Pod (application-gateway-kubernetes-ingress pkg/events). */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['ARMAuthFailure', 'Azure refuses the identity of the controller'],
  ['UnableToFetchAppGw', 'the controller cannot read the gateway'],
  ['FailedApplyingAppGwConfig', 'Azure refuses the configuration that the controller makes'],
  ['FailedDeployingAppGw', 'the gateway cannot be deployed'],
  ['InvalidAppGwConfig', 'the configuration that the controller makes is not valid'],
  ['FailedValidatonError', 'the configuration that the controller makes is not valid'],
  ['UnsupportedAppGatewaySKUTier', 'the controller does not work with this tier of the gateway'],
]);

/** Seconds after which a failed attempt no longer stands for the present for sure, and after which it is old. */
const RETRY = 15 * 60;
const EXPIRY = 60 * 60;
