import { kubectl } from '../../kubernetes/command.ts';
import { endpointsOf } from '../../kubernetes/endpoints.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Workload } from '../../kubernetes/workload-types.ts';
import type { Fix } from '../../model/finding.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';
import { namesakeWorkload } from '../shared/selector-near-miss.ts';

export const serviceNoSelectorNoSlices = defineRule({
  code: 'GD2109',
  name: 'service-no-selector-no-slices',
  title: 'the Service has no selector and nobody writes its EndpointSlices',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  explains: ['endpoints-none'],
  visits: 'service',
  needs: ['slices'],
  uses: ['namespaceWorkloads'],

  *check({ service, slices, namespaceWorkloads }) {
    const { type, selector = {} } = service.spec ?? {};
    if (type === 'ExternalName' || Object.keys(selector).length > 0) return;
    if (endpointsOf(slices).length > 0) return;

    const object = referenceTo(service);
    const names = slices.map(({ metadata }) => metadata?.name ?? '').join(', ');
    yield {
      object,
      message: 'has no selector, and no EndpointSlice lists an address for it',
      evidence: [
        fieldEvidence(object, 'spec.selector', undefined),
        {
          object,
          source: `EndpointSlices labelled kubernetes.io/service-name=${object.name}`,
          value: names === '' ? 'none' : `${names}: no endpoints`,
        },
      ],
      fix: fixOf(service, namespaceWorkloads ?? []),
    };
  },
});

function fixOf(service: Service, workloads: readonly Workload[]): Fix {
  const object = referenceTo(service);
  const look = {
    run: kubectl(object.namespace, 'get', 'pods', '--show-labels'),
    effect: 'looks',
  } as const;
  const meant = namesakeWorkload(service, workloads);
  if (meant === undefined) {
    return {
      summary: `give the Service a selector, or create an EndpointSlice labelled \`kubernetes.io/service-name=${object.name}\` with the addresses and the Service's port names`,
      commands: [look],
    };
  }
  const value = meant.selector;
  return {
    summary: `give the Service the selector of ${showReference(meant.reference)}, if that is meant`,
    commands: [look, patchObject(object, [{ op: 'add', field: 'spec.selector', value }])],
  };
}
