import { kubectl } from '../../kubernetes/command.ts';
import { endpointsOf, isManagedSlice, MANAGED_BY_LABEL } from '../../kubernetes/endpoints.ts';
import { podAddresses } from '../../kubernetes/pod.ts';
import type { EndpointSlice } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { backendEndpoints } from '../shared/backend-endpoints.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const endpointsDuplicateSlices = defineRule({
  code: 'GD2210',
  name: 'endpoints-duplicate-slices',
  title: 'a hand-written EndpointSlice adds addresses to those of the selected Pods',
  hop: 'endpoints',
  severity: 'medium',
  confidence: 'likely',
  symptom: 'connect-timeout',
  explains: ['upstream-connect-timeout'],
  visits: 'service',
  needs: ['slices', 'pods'],

  *check({ trace, backend, service, slices, pods }) {
    if (Object.keys(service.spec?.selector ?? {}).length === 0) return;
    const used = backendEndpoints(trace, backend, service, slices)?.used ?? [];
    const own = new Set([
      ...endpointsOf(slices.filter(isManagedSlice)).map(({ address }) => address),
      ...pods.flatMap(({ pod }) => podAddresses(pod)),
    ]);
    // A selector that matches nothing leaves the addresses to whoever writes them.
    if (!used.some(({ address }) => own.has(address))) return;
    for (const slice of slices) {
      if (isManagedSlice(slice)) continue;
      const added = endpointsOf([slice])
        .map(({ address }) => address)
        .filter((address) => !own.has(address) && used.some((endpoint) => endpoint.address === address));
      if (added.length === 0) continue;
      const object = referenceTo(slice);
      yield {
        object,
        message: `adds addresses to Service \`${service.metadata?.name ?? ''}\` that none of the Pods has which its selector matches`,
        evidence: [
          fieldEvidence(object, 'endpoints[].addresses', added.slice(0, 5).join(', ')),
          fieldEvidence(object, `metadata.labels[${MANAGED_BY_LABEL}]`, managerOf(slice)),
        ],
        fix: {
          summary:
            'delete the EndpointSlice, or the Endpoints object that it mirrors, if it is a leftover; where its addresses are meant, give them a Service of their own',
          commands: [
            {
              run: kubectl(object.namespace, 'get', 'endpointslice', object.name, '-o', 'yaml'),
              effect: 'looks',
            },
            { run: kubectl(object.namespace, 'delete', 'endpointslice', object.name), effect: 'changes' },
          ],
        },
        partial: added.length < used.length,
        // What a controller of some kind adds, such as Pods of another cluster, it adds on purpose.
        ...(isByController(slice) && { severity: 'info', symptom: null }),
      };
    }
  },
});

const MIRRORING = 'endpointslicemirroring-controller.k8s.io';

/** Controllers call themselves by a domain name; the mirroring one copies what somebody wrote by hand. */
function isByController(slice: EndpointSlice): boolean {
  const manager = managerOf(slice);
  return manager !== MIRRORING && manager?.includes('.') === true;
}

function managerOf({ metadata }: EndpointSlice): string | undefined {
  return metadata?.labels?.[MANAGED_BY_LABEL];
}
