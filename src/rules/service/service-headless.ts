import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { clusterIpUse } from '../shared/cluster-ip-use.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const serviceHeadless = defineRule({
  code: 'GD2123',
  name: 'service-headless',
  title: 'the controller is told to use the ClusterIP of a headless Service, which has none',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-route',
  explains: [],
  visits: 'service',
  needs: [],

  *check({ trace, service }) {
    // Where Pods' addresses are used, as is usual, a headless Service is as good as any.
    if (service.spec?.clusterIP !== 'None') return;
    const use = clusterIpUse(trace, service);
    if (use === undefined) return;
    const { product, title } = trace.controller.profile;
    const object = referenceTo(service);
    const fallsBack = product !== 'traefik' && use.way === 'forward';
    yield {
      object,
      message: fallsBack
        ? `is headless: ${title} is told to use its ClusterIP, and goes to the Pods instead`
        : `is headless, and ${title} is told to send requests to its ClusterIP`,
      evidence: [fieldEvidence(object, 'spec.clusterIP', 'None'), use.evidence],
      fix: {
        summary: `name a Service with a ClusterIP in the Ingress (that of an existing one cannot be changed), or remove what makes ${title} use it`,
        commands: [],
      },
      ...(fallsBack && { severity: 'info', symptom: null }),
      // The connection is taken, and closed where nobody is to be reached.
      ...(use.way === 'passthrough' && { symptom: 'tls-handshake-failure' }),
    };
  },
});
