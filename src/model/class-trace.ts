import type { IngressClassParams } from '../kubernetes/custom/class-parameters.ts';
import type { ConfigMap, EndpointSlice, Namespace, Service } from '../kubernetes/types.ts';
import type { Read } from './read.ts';
import type { ObjectReference } from './reference.ts';

/** What `spec.parameters` of the IngressClass refers to, where its controller reads that kind. */
export interface ClassParameters {
  readonly reference: ObjectReference;
  /** Absent: it does not exist. */
  readonly object?: IngressClassParams | ConfigMap;
  /** The Ingress's namespace, where the parameters choose namespaces by label. */
  readonly namespace?: Namespace;
}

/** A validating webhook that is asked about Ingresses. */
export interface WebhookTrace {
  /** The ValidatingWebhookConfiguration. */
  readonly reference: ObjectReference;
  /** Its name within the configuration. */
  readonly name: string;
  /** Whether writes are refused when it cannot be reached. */
  readonly refusesWrites: boolean;
  readonly serviceReference: ObjectReference;
  /** `undefined` inside: it does not exist. */
  readonly service: Read<Service | undefined>;
  readonly slices: Read<readonly EndpointSlice[]>;
}
