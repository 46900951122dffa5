import type { TruthCase } from '../case.ts';
import { ANNOTATION_CASES } from './annotation.ts';
import { APPLICATION_CASES } from './application.ts';
import { CLASS_CASES } from './class.ts';
import { HEALTHY_CASES } from './healthy.ts';
import { HEALTHY_POD_CASES } from './healthy-pods.ts';
import { NETWORK_CASES } from './network.ts';
import { POD_READY_CASES } from './pod-ready.ts';
import { POD_START_CASES } from './pod-start.ts';
import { RULE_CASES } from './rule.ts';
import { SERVICE_CASES } from './service.ts';
import { TLS_CASES } from './tls.ts';
import { WORKLOAD_CASES } from './workload.ts';

/** Every case, in the order in which a request meets what is the matter. */
export const CASES: readonly TruthCase[] = [
  ...CLASS_CASES,
  ...RULE_CASES,
  ...TLS_CASES,
  ...ANNOTATION_CASES,
  ...SERVICE_CASES,
  ...WORKLOAD_CASES,
  ...POD_START_CASES,
  ...POD_READY_CASES,
  ...APPLICATION_CASES,
  ...NETWORK_CASES,
  ...HEALTHY_CASES,
  ...HEALTHY_POD_CASES,
];
