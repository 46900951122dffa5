import { logErrors } from '../../kubernetes/log-lines.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import type { PodTrace } from '../../model/trace.ts';
import { logEvidence } from './evidence.ts';
import { MISSING_POD_CONSEQUENCES } from './pod-consequences.ts';

/** Names of the rules whose findings follow where an application cannot look names up. */
export const NAME_LOOKUP_CONSEQUENCES = [
  'app-log-errors',
  'externalname-unresolvable',
  'pod-crashloop',
  'pod-init-stuck',
  'pod-liveness-kill',
  'pod-readiness-http-status',
  'pod-readiness-refused',
  'pod-readiness-timeout',
  'pod-startup-probe',
  'upstream-read-timeout',
  ...MISSING_POD_CONSEQUENCES,
] as const;

/** The last line of each of the Pod's logs that tells of a name that could not be looked up. */
export function failedLookups({ reference, logs }: PodTrace): readonly Evidence[] {
  return valueOr(logs, []).flatMap((log) =>
    logErrors(log.text)
      .filter(({ trouble }) => trouble === 'name not found')
      .slice(-1)
      .map(({ line }) => logEvidence(reference, log, line)),
  );
}
