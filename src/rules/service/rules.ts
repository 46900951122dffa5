import type { Rule } from '../rule.ts';
import { externalnameNotAllowed } from './externalname-not-allowed.ts';
import { externalnamePort } from './externalname-port.ts';
import { externalnameUnresolvable } from './externalname-unresolvable.ts';
import { internalTrafficPolicyLocal } from './internal-traffic-policy-local.ts';
import { ipFamilyMismatch } from './ip-family-mismatch.ts';
import { manualEndpointAddressBad } from './manual-endpoint-address-bad.ts';
import { manualSlicePortName } from './manual-slice-port-name.ts';
import { publishNotReady } from './publish-not-ready.ts';
import { serviceHeadless } from './service-headless.ts';
import { serviceInOtherNamespace } from './service-in-other-namespace.ts';
import { serviceMissing } from './service-missing.ts';
import { serviceNoSelectorNoSlices } from './service-no-selector-no-slices.ts';
import { servicePortAmbiguous } from './service-port-ambiguous.ts';
import { servicePortIsTargetport } from './service-port-is-targetport.ts';
import { servicePortMissing } from './service-port-missing.ts';
import { servicePortUdp } from './service-port-udp.ts';
import { serviceSelectorNoPods } from './service-selector-no-pods.ts';
import { serviceSelectorTooBroad } from './service-selector-too-broad.ts';
import { serviceTargetportNameMissing } from './service-targetport-name-missing.ts';
import { serviceTargetportUndeclared } from './service-targetport-undeclared.ts';
import { serviceTerminating } from './service-terminating.ts';
import { topologyHintsEmptyZone } from './topology-hints-empty-zone.ts';

/** In the order of their codes. */
export const SERVICE_RULES: readonly Rule[] = [
  serviceMissing,
  serviceInOtherNamespace,
  servicePortMissing,
  serviceTargetportNameMissing,
  servicePortIsTargetport,
  serviceTargetportUndeclared,
  serviceSelectorNoPods,
  serviceSelectorTooBroad,
  serviceNoSelectorNoSlices,
  manualSlicePortName,
  externalnameNotAllowed,
  externalnamePort,
  publishNotReady,
  serviceTerminating,
  servicePortAmbiguous,
  manualEndpointAddressBad,
  externalnameUnresolvable,
  serviceHeadless,
  servicePortUdp,
  internalTrafficPolicyLocal,
  ipFamilyMismatch,
  topologyHintsEmptyZone,
];
