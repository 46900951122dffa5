import type { KubeObject } from '../kubernetes/types.ts';

/** Names one Kubernetes object; `namespace` is absent for cluster-scoped kinds. */
export interface ObjectReference {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** The reference to an object that was read. */
export function referenceTo(object: KubeObject): ObjectReference {
  const { name = '', namespace } = object.metadata ?? {};
  return reference(object.kind ?? 'Object', namespace, name);
}

/** A reference from its parts; an undefined or empty namespace is left out. */
export function reference(kind: string, namespace: string | undefined, name: string): ObjectReference {
  return namespace === undefined || namespace === '' ? { kind, name } : { kind, namespace, name };
}

/** As messages show it: `Service shop/web`, `Node node1`. */
export function showReference({ kind, namespace, name }: ObjectReference): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** Equal kind, namespace and name. */
export function isSameReference(a: ObjectReference, b: ObjectReference): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
