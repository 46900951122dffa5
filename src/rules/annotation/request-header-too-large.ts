import { kubectl } from '../../kubernetes/command.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { backendLimit, limitEvidence, limitPlace } from '../shared/limits.ts';
import { answeredByProxy } from '../shared/log-events.ts';
import { backendEvents, failuresIn } from '../shared/log-share.ts';

export const requestHeaderTooLarge = defineRule({
  code: 'GD0505',
  name: 'request-header-too-large',
  title: 'clients send larger request headers than the controller takes',
  hop: 'annotation',
  severity: 'medium',
  confidence: 'certain',
  symptom: 'request-header-too-large',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, slices, controllerLogs }) {
    const limit = backendLimit(trace, 'request-header-size', service);
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    // nginx writes its own reason at a level that is off by default; these statuses have no other cause.
    const isRefused = answeredByProxy(414, 431, 494);
    const tells = (event: (typeof events)[number]) =>
      event.pattern === 'request-header-too-large' || isRefused(event);
    const failures = failuresIn(events, { tells, failed: isRefused, isSelective: true }, logSeconds);
    if (failures === undefined) return;
    const [first, ...rest] = failures.evidence;
    const { serving } = trace.controller;
    const config = serving === undefined ? undefined : valueOr(serving.config, undefined);
    const { namespace, name } = config === undefined ? trace.reference : referenceTo(config);
    const isNginx = trace.controller.profile.product === 'ingress-nginx';
    yield {
      object: trace.reference,
      message: `clients of Service \`${backend.serviceName}\` send larger headers or longer URLs than the controller takes`,
      evidence: [first, ...rest, ...limitEvidence(trace, limit, service)],
      ...failures.weight,
      fix: {
        summary: `have clients send less (fewer and shorter cookies, shorter URLs), or raise ${limitPlace(limit)}`,
        commands:
          isNginx && config !== undefined
            ? [{ run: kubectl(namespace, 'edit', 'configmap', name), effect: 'changes' }]
            : [],
      },
    };
  },
});
