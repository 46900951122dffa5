import { kubectl } from '../../kubernetes/command.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { concernsBackend, eventLine, eventsOf, eventsSince, upstreamsOf } from '../shared/log-events.ts';
import { redirectRun } from '../shared/redirect-runs.ts';

export const appRedirectLoop = defineRule({
  code: 'GD0561',
  name: 'app-redirect-loop',
  title: 'the application redirects to HTTPS whatever it is asked',
  hop: 'annotation',
  severity: 'medium',
  confidence: 'likely',
  symptom: 'redirect-loop',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['controllerLogs', 'slices', 'pods'],

  *check({ now, trace, ingress, backend, service, controllerLogs, slices = [], pods = [] }) {
    const upstreams = upstreamsOf(backend, slices);
    const events = eventsSince(eventsOf(trace, controllerLogs, now), ingress, service).filter(
      (event) => (event.tries?.length ?? 0) > 0 && concernsBackend(event, trace, backend, upstreams),
    );
    const run = redirectRun(events);
    const [first, ...rest] = (run ?? []).slice(-3);
    if (first === undefined) return;
    const { namespace, name } = referenceTo(service);
    yield {
      object: referenceTo(service),
      message: `the application answers \`${first.path}\` with ${first.status} over and over to the same client`,
      evidence: [eventLine(first), ...rest.map(eventLine), ...argoEvidence(pods)],
      ...(first.status !== undefined && { status: first.status }),
      // Other paths may well be answered.
      partial: true,
      fix: {
        summary:
          'have the application trust X-Forwarded-Proto or serve plain HTTP behind a proxy (`--insecure` of argocd-server), or send it HTTPS (backend-protocol)',
        commands: [{ run: kubectl(namespace, 'describe', 'service', name), effect: 'looks' }],
      },
    };
  },
});

/** Argo CD's server is the best known of those that insist on HTTPS. */
function argoEvidence(pods: readonly PodTrace[]): readonly Evidence[] {
  for (const { pod, reference } of pods) {
    for (const { name, command = [], args = [] } of pod.spec?.containers ?? []) {
      const words = [...command, ...args];
      if (!words.some((word) => word.endsWith('argocd-server')) || words.includes('--insecure')) continue;
      return [
        {
          object: reference,
          field: `spec.containers[${name}].args`,
          value: `${words.join(' ')} (without --insecure)`,
        },
      ];
    }
  }
  return [];
}
