import { kubectl } from '../../kubernetes/command.ts';
import { isPodFinished, isPodTerminating } from '../../kubernetes/pod.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { isSelectedTemplate, nearMiss, showLabels } from '../shared/selector-near-miss.ts';

export const workloadMissing = defineRule({
  code: 'GD3102',
  name: 'workload-missing',
  title: 'no workload makes Pods for the Service selector',
  hop: 'workload',
  severity: 'critical',
  confidence: 'certain',
  explains: ['endpoints-none', 'endpoints-terminating-only'],
  visits: 'service',
  needs: ['pods', 'namespaceWorkloads'],
  uses: ['namespacePods'],

  *check({ trace, backend, service, pods, namespaceWorkloads, namespacePods }) {
    const selector = service.spec?.selector ?? {};
    if (Object.keys(selector).length === 0) return;
    if (pods.some(({ pod }) => !isPodFinished(pod) && !isPodTerminating(pod))) return;
    if (namespaceWorkloads.some((workload) => isSelectedTemplate(workload, selector))) return;
    // A Pod on its way out proves the selector right; without one a near miss is for service-selector-no-pods.
    const isLeaving = pods.some(({ pod }) => !isPodFinished(pod));
    // Where no workload at all was seen, be it the controller's, nothing tells what made the Pods that were there.
    if (pods.length > 0 && namespaceWorkloads.length === 0 && !trace.controller.seesBeyondNamespace) return;
    if (!isLeaving && nearMiss(service, backend.scope, namespaceWorkloads, namespacePods)) return;

    const object = referenceTo(service);
    const names = namespaceWorkloads.map(({ kind, metadata }) => `${kind ?? ''} ${metadata?.name ?? ''}`);
    const { namespace } = object;
    const kinds = 'deployments,statefulsets,daemonsets';
    yield {
      object,
      message: `nothing in the namespace makes Pods labelled \`${showLabels(selector)}\`: the workload is not deployed, or was deleted`,
      evidence: [
        fieldEvidence(object, 'spec.selector', showLabels(selector)),
        {
          object: { kind: 'Namespace', name: backend.namespace },
          source: 'workloads',
          value: names.slice(0, 10).join(', ') || 'none',
        },
      ],
      fix: {
        summary: 'deploy the workload, or make the selector match the one that is meant',
        commands: [{ run: kubectl(namespace, 'get', kinds, '-o', 'wide'), effect: 'looks' }],
      },
      // What made the Pods that are gone may be of a kind that is not read.
      ...(pods.length > 0 ? { confidence: 'likely' } : {}),
    };
  },
});
