import { endpointsOf } from '../../kubernetes/endpoints.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';

export const endpointsTruncatedLegacy = defineRule({
  code: 'GD2211',
  name: 'endpoints-truncated-legacy',
  title: 'the Endpoints object that the controller reads ends at 1000 addresses',
  hop: 'endpoints',
  severity: 'info',
  confidence: 'certain',
  explains: [],
  visits: 'service',
  needs: ['legacyEndpoints'],
  uses: ['slices'],

  *check({ trace, legacyEndpoints, slices }) {
    const state = legacyEndpoints?.metadata?.annotations?.[OVER_CAPACITY];
    // Before Kubernetes 1.22 the annotation only warned.
    if (legacyEndpoints === undefined || state !== 'truncated') return;
    const object = referenceTo(legacyEndpoints);
    yield {
      object,
      message: `holds 1000 of the Service's addresses only, and ${trace.controller.profile.title} uses no others`,
      evidence: [
        fieldEvidence(object, `metadata.annotations[${OVER_CAPACITY}]`, state),
        ...(slices === undefined
          ? []
          : [{ object, source: 'addresses in EndpointSlices', value: `${endpointsOf(slices).length}` }]),
      ],
      fix: {
        summary:
          'use a version of the controller that reads EndpointSlices, or spread the Pods over Services',
        commands: [],
      },
    };
  },
});
