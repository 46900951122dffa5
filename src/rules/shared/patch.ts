import { kubectl } from '../../kubernetes/command.ts';
import type { Command } from '../../model/finding.ts';
import type { ObjectReference } from '../../model/reference.ts';

/** One operation of a JSON Patch (RFC 6902); `field` is an API path such as `spec.ports[0].targetPort`; index `-` appends. */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly field: string;
  readonly value?: unknown;
}

/** The `kubectl patch` command that changes these fields of one object. */
export function patchObject(object: ObjectReference, operations: readonly PatchOperation[]): Command {
  const patch = operations.map(({ op, field, value }) => ({
    op,
    path: jsonPointer(field),
    ...(value === undefined ? {} : { value }),
  }));
  const { kind, namespace, name } = object;
  const json = JSON.stringify(patch);
  return {
    run: kubectl(namespace, 'patch', kind.toLowerCase(), name, '--type=json', '-p', json),
    effect: 'changes',
  };
}

/** The `kubectl annotate` command that sets an annotation, or takes it away. */
export function annotateObject(
  { kind, namespace, name }: ObjectReference,
  annotation: string,
  value: string | undefined,
): Command {
  const change = value === undefined ? [`${annotation}-`] : [`${annotation}=${value}`, '--overwrite'];
  return { run: kubectl(namespace, 'annotate', kind.toLowerCase(), name, ...change), effect: 'changes' };
}

function jsonPointer(field: string): string {
  return `/${field.replaceAll(/\[(\d+|-)\]/g, '.$1').replaceAll('.', '/')}`;
}
