import type { ConfigMap, EndpointSlice, SecretFacts, Service } from '../kubernetes/types.ts';
import type { Read } from './read.ts';
import type { ObjectReference } from './reference.ts';

/** An object that an annotation names. */
export interface NamedObject<T> {
  /** The annotation's whole name. */
  readonly annotation: string;
  /** What stands behind its prefix. */
  readonly key: string;
  readonly value: string;
  /** Absent where the value is not the name of an object, or of one in a namespace that the controller does not look into. */
  readonly reference?: ObjectReference;
  /** Why there is no `reference`: the value is no name, or names another namespace. */
  readonly refused?: 'not-a-name' | 'other-namespace';
  /** `undefined`: it does not exist, or there is no `reference`. */
  readonly object: T | undefined;
}

/** A Service that an annotation names, with the endpoints behind it. */
export interface NamedServiceObject extends NamedObject<Service> {
  /** The port that the annotation names, where it names one. */
  readonly port?: number;
  readonly slices: readonly EndpointSlice[];
}

/** What an Ingress's annotations name. Nothing is read for an annotation that is not set. */
export interface AnnotationTrace {
  readonly secrets: Read<readonly NamedObject<SecretFacts>[]>;
  readonly configMaps: Read<readonly NamedObject<ConfigMap>[]>;
  readonly services: Read<readonly NamedServiceObject[]>;
}
