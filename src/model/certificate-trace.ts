import type {
  Certificate,
  CertificateRequest,
  Challenge,
  Issuer,
  Order,
} from '../kubernetes/custom/cert-manager.ts';
import type { Ingress, SecretFacts } from '../kubernetes/types.ts';
import type { Read } from './read.ts';
import type { ObjectReference } from './reference.ts';

/** What cert-manager does about the Secret of a `spec.tls` entry. */
export interface IssuanceTrace {
  /** Whether the cluster serves cert-manager's resources; absent where a file does not tell. */
  readonly isInstalled?: boolean;
  /** The Certificate that is to fill the Secret. */
  readonly certificate?: Certificate;
  /** Its newest attempt. */
  readonly request?: CertificateRequest;
  readonly order?: Order;
  readonly challenges: readonly Challenge[];
  /** What is to sign; absent where it is another product's, or could not be read. */
  readonly issuer?: {
    readonly reference: ObjectReference;
    /** Absent: it does not exist. */
    readonly object?: Issuer;
  };
}

/** Another Ingress of the class whose `spec.tls` names another Secret for one of the entry's hosts. */
export interface RivalTls {
  readonly ingress: Ingress;
  readonly host: string;
  readonly secretReference: ObjectReference;
  /** `undefined` inside: it does not exist. */
  readonly secret: Read<SecretFacts | undefined>;
}
