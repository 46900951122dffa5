import type { Rule } from '../rule.ts';
import { endpointsAllNotReady } from './endpoints-all-not-ready.ts';
import { endpointsDuplicateSlices } from './endpoints-duplicate-slices.ts';
import { endpointsNone } from './endpoints-none.ts';
import { endpointsPartial } from './endpoints-partial.ts';
import { endpointsStale } from './endpoints-stale.ts';
import { endpointsTerminatingOnly } from './endpoints-terminating-only.ts';
import { endpointsTruncatedLegacy } from './endpoints-truncated-legacy.ts';
import { endpointsWithoutPorts } from './endpoints-without-ports.ts';

/** In the order of their codes. */
export const ENDPOINTS_RULES: readonly Rule[] = [
  endpointsNone,
  endpointsAllNotReady,
  endpointsPartial,
  endpointsTerminatingOnly,
  endpointsWithoutPorts,
  endpointsStale,
  endpointsDuplicateSlices,
  endpointsTruncatedLegacy,
];
