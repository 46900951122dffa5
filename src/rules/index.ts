import { ANNOTATION_RULES } from './annotation/rules.ts';
import { CLASS_RULES } from './class/rules.ts';
import { DNS_RULES } from './dns/rules.ts';
import { DOCTOR_RULES } from './doctor/rules.ts';
import { ENDPOINTS_RULES } from './endpoints/rules.ts';
import { INGRESS_RULE_RULES } from './ingress-rule/rules.ts';
import { LOADBALANCER_RULES } from './loadbalancer/rules.ts';
import { NETWORK_RULES } from './network/rules.ts';
import { NODE_RULES } from './node/rules.ts';
import { POD_RULES } from './pod/rules.ts';
import type { Rule } from './rule.ts';
import { SERVICE_RULES } from './service/rules.ts';
import { TLS_RULES } from './tls/rules.ts';
import { WORKLOAD_RULES } from './workload/rules.ts';

/** Every rule, in the order in which a request meets what it looks at. */
export const RULES: readonly Rule[] = [
  ...CLASS_RULES,
  ...LOADBALANCER_RULES,
  ...INGRESS_RULE_RULES,
  ...TLS_RULES,
  ...ANNOTATION_RULES,
  ...SERVICE_RULES,
  ...ENDPOINTS_RULES,
  ...WORKLOAD_RULES,
  ...POD_RULES,
  ...NODE_RULES,
  ...NETWORK_RULES,
  ...DNS_RULES,
  ...DOCTOR_RULES,
];
