import type { Rule } from '../rule.ts';
import { hpaMaxed } from './hpa-maxed.ts';
import { hpaNoMetrics } from './hpa-no-metrics.ts';
import { workloadLimitrange } from './workload-limitrange.ts';
import { workloadMissing } from './workload-missing.ts';
import { workloadPaused } from './workload-paused.ts';
import { workloadPodsecurity } from './workload-podsecurity.ts';
import { workloadProgressDeadline } from './workload-progress-deadline.ts';
import { workloadQuota } from './workload-quota.ts';
import { workloadSingleReplica } from './workload-single-replica.ts';
import { workloadWebhookOrSa } from './workload-webhook-or-sa.ts';
import { workloadZeroReplicas } from './workload-zero-replicas.ts';

/** In the order of their codes. */
export const WORKLOAD_RULES: readonly Rule[] = [
  workloadZeroReplicas,
  workloadMissing,
  workloadPaused,
  workloadProgressDeadline,
  workloadQuota,
  workloadLimitrange,
  workloadPodsecurity,
  workloadWebhookOrSa,
  hpaMaxed,
  hpaNoMetrics,
  workloadSingleReplica,
];
