import { kubectl } from '../../kubernetes/command.ts';
import type { NamedObject } from '../../model/annotation-trace.ts';
import type { Command, Evidence } from '../../model/finding.ts';
import { showReference } from '../../model/reference.ts';

/** Why an object that an annotation names is of no use to the controller. */
export interface NamingFault {
  /** About the annotation or the object by name, as it reads after the Ingress. */
  readonly message: string;
  /** As it reads after the object itself; absent where the annotation is at fault and there is no object. */
  readonly ofObject?: string;
  readonly evidence: readonly Evidence[];
}

/** That the object is not there for the controller; undefined where it is. */
export function absence(named: NamedObject<unknown>, kind: 'Secret' | 'ConfigMap'): NamingFault | undefined {
  const { annotation, reference, refused, object, value } = named;
  if (refused === 'not-a-name') {
    return { message: `\`${annotation}\` must be \`namespace/name\` of a ${kind}`, evidence: [] };
  }
  if (refused === 'other-namespace') {
    return {
      message: `\`${annotation}\` names ${kind} \`${value}\` of another namespace, which the controller does not allow`,
      evidence: [],
    };
  }
  if (object !== undefined || reference === undefined) return undefined;
  return faultOf(named, 'does not exist', [{ object: reference, source: 'API server', value: 'not found' }]);
}

/** A fault of the object itself. */
export function faultOf(
  { reference, annotation }: NamedObject<unknown>,
  fault: string,
  evidence: readonly Evidence[],
): NamingFault {
  if (reference === undefined) return { message: `what \`${annotation}\` names ${fault}`, evidence };
  return { message: `${showReference(reference)} ${fault}`, ofObject: fault, evidence };
}

/** Makes a Secret with the content of a file of that name, or adds it to the one that there is. */
export function applySecret(namespace: string | undefined, name: string, file: string): Command {
  const from = `--from-file=${file}`;
  const made = kubectl(
    namespace,
    'create',
    'secret',
    'generic',
    name,
    from,
    '--dry-run=client',
    '-o',
    'yaml',
  );
  return { run: `${made} | ${kubectl(namespace, 'apply', '-f', '-')}`, effect: 'changes' };
}
