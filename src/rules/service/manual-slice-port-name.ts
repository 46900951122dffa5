import { carriesPort, filledSlices, isManagedSlice } from '../../kubernetes/endpoints.ts';
import { servicePortField, showServicePort } from '../../kubernetes/ports.ts';
import type { EndpointSlice } from '../../kubernetes/types.ts';
import type { Fix } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';

export const manualSlicePortName = defineRule({
  code: 'GD2110',
  name: 'manual-slice-port-name',
  title: 'a hand-written EndpointSlice names its port otherwise than the Service',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  explains: ['endpoints-without-ports'],
  visits: 'service',
  needs: ['slices'],

  *check({ trace, backend, service, slices }) {
    const port = backend.port?.port;
    if (port === undefined || service.spec?.type === 'ExternalName') return;
    const filled = filledSlices(slices);
    const name = port.name ?? '';
    const { profile } = trace.controller;
    const hasSelector = Object.keys(service.spec?.selector ?? {}).length > 0;
    const isServed = profile.fallsBackToTargetPort(port) || filled.some((slice) => carriesPort(slice, name));
    for (const slice of filled) {
      if (isManagedSlice(slice) || carriesPort(slice, name)) continue;
      // Made from the selector all the same: where no Pod has the port, it has none to name.
      if (hasSelector && (slice.ports ?? []).length === 0) continue;
      const object = referenceTo(slice);
      const names = (slice.ports ?? []).map((each) => each.name ?? '""').join(', ') || 'none';
      yield {
        object,
        message: `lists no port named \`${name}\` for port ${showServicePort(port)} of Service \`${service.metadata?.name ?? ''}\``,
        evidence: [
          fieldEvidence(object, 'ports[].name', names),
          fieldEvidence(referenceTo(service), `${servicePortField(service, port)}.name`, name || 'absent'),
        ],
        fix: fixOf(slice, name),
        ...(isServed ? { severity: 'info' } : {}),
      };
    }
  },
});

function fixOf(slice: EndpointSlice, name: string): Fix {
  const summary = `name the port of the EndpointSlice \`${name}\`, as the Service does`;
  if (slice.ports?.length !== 1) return { summary, commands: [] };
  const operation = { op: 'add', field: 'ports[0].name', value: name } as const;
  return { summary, commands: [patchObject(referenceTo(slice), [operation])] };
}
