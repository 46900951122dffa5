import { timeOf } from './duration.ts';
import type { KubeObject } from './types.ts';

/**
 * When the object was made or last changed beside its status, in milliseconds since 1970; undefined where
 * it does not tell. `kubectl get -o yaml` leaves `managedFields` out: then this is when it was made.
 */
export function lastChange({ metadata }: KubeObject): number | undefined {
  const edits = (metadata?.managedFields ?? []).filter(({ subresource }) => subresource !== 'status');
  const times = [metadata?.creationTimestamp, ...edits.map(({ time }) => time)].flatMap(
    (time) => timeOf(time)?.getTime() ?? [],
  );
  return times.length === 0 ? undefined : Math.max(...times);
}
