import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { Report } from '../../model/finding.ts';
import { isUnknownToProxy } from './annotations.ts';

/**
 * What clients get of an Ingress that ingress-nginx refuses to load: where it has never loaded any form of it, nothing;
 * otherwise it may go on with the form that it loaded before the last edit.
 */
export function whatIsServed(
  ingress: Ingress,
  pods: readonly Pod[] | undefined,
): Required<Pick<Report, 'confidence'>> & Pick<Report, 'symptom'> {
  if (isUnknownToProxy(ingress, pods ?? [])) return { confidence: 'certain' };
  const { creationTimestamp, managedFields = [] } = ingress.metadata ?? {};
  const isEdited =
    creationTimestamp !== undefined &&
    managedFields.some(({ time = '', subresource }) => subresource !== 'status' && time > creationTimestamp);
  return isEdited ? { confidence: 'likely', symptom: 'stale-configuration' } : { confidence: 'likely' };
}
