import type { Rule } from '../rule.ts';
import { nodeCordonedAll } from './node-cordoned-all.ts';
import { nodeNotReady } from './node-not-ready.ts';
import { nodePressure } from './node-pressure.ts';

/** In the order of their codes. */
export const NODE_RULES: readonly Rule[] = [nodeNotReady, nodePressure, nodeCordonedAll];
