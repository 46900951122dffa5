import type { Rule } from '../rule.ts';
import { corednsConfigError } from './coredns-config-error.ts';
import { corednsDown } from './coredns-down.ts';
import { dnsUpstreamFailing } from './dns-upstream-failing.ts';

/** In the order of their codes. */
export const DNS_RULES: readonly Rule[] = [corednsDown, corednsConfigError, dnsUpstreamFailing];
