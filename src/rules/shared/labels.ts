import { kubectl } from '../../kubernetes/command.ts';
import type { LabelSelector, StringMap } from '../../kubernetes/types.ts';
import type { Command } from '../../model/finding.ts';
import type { ObjectReference } from '../../model/reference.ts';

/** Labels as evidence shows them. */
export function showLabels(labels: StringMap = {}): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.join(', ') || 'none';
}

/** Gives an object the labels that a selector in kubectl's words asks for, where it asks for nothing but plain pairs. */
export function labelCommand(
  { kind, namespace, name }: ObjectReference,
  selector: string,
): readonly Command[] {
  const pairs = selector.split(',').map((pair) => pair.trim().replace('==', '='));
  if (!pairs.every((pair) => /^[\w./-]+=[\w.-]*$/.test(pair))) return [];
  return [{ run: kubectl(namespace, 'label', kind.toLowerCase(), name, ...pairs), effect: 'changes' }];
}

/** A label selector of the API in kubectl's words, where it asks for plain pairs alone; empty otherwise. */
export function pairsOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  if (matchExpressions.length > 0) return '';
  return Object.entries(matchLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
