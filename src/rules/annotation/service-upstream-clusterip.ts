import { kubectl } from '../../kubernetes/command.ts';
import type { Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { backendEndpoints, sliceEvidence } from '../shared/backend-endpoints.ts';
import { clusterIpUse } from '../shared/cluster-ip-use.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const serviceUpstreamClusterip = defineRule({
  code: 'GD0533',
  name: 'service-upstream-clusterip',
  title: 'requests go to the ClusterIP of the Service instead of to its Pods',
  hop: 'annotation',
  severity: 'info',
  confidence: 'certain',
  symptom: 'no-endpoints',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['slices'],

  *check({ trace, backend, service, slices }) {
    const use = clusterIpUse(trace, service);
    const { clusterIP } = service.spec ?? {};
    // Without an address of its own there is nothing to send to: the controller goes by the Pods, or has no backend.
    if (use === undefined || clusterIP === undefined || clusterIP === '' || clusterIP === 'None') return;
    const object = referenceTo(service);
    const endpoints = slices === undefined ? undefined : backendEndpoints(trace, backend, service, slices);
    const isEmpty = endpoints !== undefined && endpoints.used.length === 0;
    const { title } = trace.controller.profile;
    yield {
      object,
      ...(isEmpty ? REFUSED : { symptom: null }),
      message: isEmpty
        ? `${title} sends requests to the ClusterIP, which refuses connections while no endpoint is ready`
        : `${title} sends requests to the ClusterIP, so that kube-proxy chooses the Pod and no other one is tried after a failure`,
      evidence: [
        use.evidence,
        fieldEvidence(object, 'spec.clusterIP', clusterIP),
        ...(isEmpty && slices !== undefined ? sliceEvidence(service, slices) : []),
      ],
      fix: {
        summary: 'let the controller send requests to the Pods unless something else wants the ClusterIP',
        commands: [{ run: kubectl(object.namespace, 'describe', 'service', object.name), effect: 'looks' }],
      },
    };
  },
});

/** The proxy always has an address to connect to: it cannot know that nobody is behind it. */
const REFUSED: Pick<Report, 'severity' | 'status'> = { severity: 'high', status: 502 };
