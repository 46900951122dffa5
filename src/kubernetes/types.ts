/**
 * The parts of Kubernetes' API objects that gateway-doctor reads, as JSON carries them:
 * times are RFC 3339 strings, quantities are strings, and every field may be absent,
 * since objects also come from hand-written files. Field names and meanings are those of the
 * Kubernetes API reference (https://kubernetes.io/docs/reference/kubernetes-api/).
 */

/** An API group that the API server serves, custom resources included; `metadata.name` is its name. */
export type ApiGroup = KubeObject;

/** A label or annotation map. */
export type StringMap = Readonly<Record<string, string>>;

/** ObjectMeta, less what no diagnosis reads (`managedFields[].fieldsV1` is dropped on reading). */
export interface ObjectMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

export interface OwnerReference {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly controller?: boolean;
}

export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly time?: string;
}

/** What every object has. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: ObjectMeta;
}

/** metav1.Condition and its older relatives. */
export interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly lastUpdateTime?: string;
  readonly lastProbeTime?: string | null;
}

/** metav1.LabelSelector. Empty (`{}`) selects everything; absent selects nothing, or what the field's text says. */
export interface LabelSelector {
  readonly matchLabels?: StringMap;
  readonly matchExpressions?: readonly {
    readonly key?: string;
    readonly operator?: string;
    readonly values?: readonly string[];
  }[];
}

/** A port number or a port name. */
export type IntOrString = number | string;

// networking.k8s.io/v1

export interface Ingress extends KubeObject {
  readonly spec?: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: IngressBackend;
    readonly tls?: readonly IngressTls[];
    readonly rules?: readonly IngressRule[];
  };
  readonly status?: { readonly loadBalancer?: LoadBalancerStatus };
}

export interface IngressTls {
  readonly hosts?: readonly string[];
  readonly secretName?: string;
}

export interface IngressRule {
  readonly host?: string;
  readonly http?: { readonly paths?: readonly HttpIngressPath[] };
}

export interface HttpIngressPath {
  readonly path?: string;
  readonly pathType?: string;
  readonly backend?: IngressBackend;
}

export interface IngressBackend {
  readonly service?: {
    readonly name?: string;
    readonly port?: { readonly number?: number; readonly name?: string };
  };
  readonly resource?: { readonly apiGroup?: string; readonly kind?: string; readonly name?: string };
}

export interface LoadBalancerStatus {
  readonly ingress?: readonly {
    readonly ip?: string;
    readonly hostname?: string;
    readonly ipMode?: string;
    readonly ports?: readonly {
      readonly port?: number;
      readonly protocol?: string;
      readonly error?: string;
    }[];
  }[];
}

export interface IngressClass extends KubeObject {
  readonly spec?: {
    readonly controller?: string;
    readonly parameters?: {
      readonly apiGroup?: string;
      readonly kind?: string;
      readonly name?: string;
      readonly namespace?: string;
      readonly scope?: string;
    };
  };
}

export interface NetworkPolicy extends KubeObject {
  readonly spec?: {
    readonly podSelector?: LabelSelector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly NetworkPolicyRule[];
    readonly egress?: readonly NetworkPolicyRule[];
  };
}

/** An ingress rule carries `from`, an egress rule `to`; absent or empty means every peer. */
export interface NetworkPolicyRule {
  readonly from?: readonly NetworkPolicyPeer[];
  readonly to?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly {
    readonly protocol?: string;
    readonly port?: IntOrString;
    readonly endPort?: number;
  }[];
}

export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] };
}

// v1

export interface Service extends KubeObject {
  readonly spec?: {
    readonly type?: string;
    readonly selector?: StringMap;
    readonly clusterIP?: string;
    readonly clusterIPs?: readonly string[];
    readonly externalName?: string;
    readonly externalIPs?: readonly string[];
    readonly externalTrafficPolicy?: string;
    readonly internalTrafficPolicy?: string;
    readonly publishNotReadyAddresses?: boolean;
    readonly loadBalancerClass?: string;
    readonly loadBalancerSourceRanges?: readonly string[];
    readonly sessionAffinity?: string;
    readonly ipFamilies?: readonly string[];
    readonly ipFamilyPolicy?: string;
    readonly trafficDistribution?: string;
    readonly ports?: readonly ServicePort[];
  };
  readonly status?: {
    readonly loadBalancer?: LoadBalancerStatus;
    readonly conditions?: readonly Condition[];
  };
}

export interface ServicePort {
  /** Absent on a Service with one unnamed port; EndpointSlices then carry the name "". */
  readonly name?: string;
  readonly protocol?: string;
  readonly appProtocol?: string;
  readonly port?: number;
  readonly targetPort?: IntOrString;
  readonly nodePort?: number;
}

export interface Namespace extends KubeObject {
  readonly status?: { readonly phase?: string };
}

/** core/v1 Event. Newer reporters fill `series` and `eventTime`, older ones `count` and the first and last times. */
export interface Event extends KubeObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string } | null;
  readonly involvedObject?: {
    readonly kind?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly uid?: string;
    readonly fieldPath?: string;
  };
  readonly source?: { readonly component?: string; readonly host?: string };
  readonly reportingComponent?: string;
}

/** What there was before EndpointSlices; of it only the annotations are read. */
export type Endpoints = KubeObject;

export interface ConfigMap extends KubeObject {
  readonly data?: StringMap;
}

export interface EndpointSlice extends KubeObject {
  readonly addressType?: string;
  readonly endpoints?: readonly Endpoint[] | null;
  /** Empty (`[]` or null) when a named targetPort resolves on no Pod. */
  readonly ports?: readonly EndpointPort[] | null;
}

export interface Endpoint {
  readonly addresses?: readonly string[];
  /** Absent `ready` counts as true; absent `serving` means the same as `ready`; absent `terminating` as false. */
  readonly conditions?: {
    readonly ready?: boolean | null;
    readonly serving?: boolean | null;
    readonly terminating?: boolean | null;
  };
  readonly nodeName?: string;
  readonly zone?: string;
  readonly hints?: { readonly forZones?: readonly { readonly name?: string }[] };
  readonly targetRef?: {
    readonly kind?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly uid?: string;
  };
}

export interface EndpointPort {
  readonly name?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly appProtocol?: string;
}

// apps/v1, batch/v1, autoscaling/v2

/** What one certificate of a Secret's `tls.crt` says. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** DNS and IP subject alternative names, lower case; the common name where there is none, as ingress-nginx does. */
  readonly names: readonly string[];
  /** RFC 3339. */
  readonly notBefore: string;
  /** RFC 3339. */
  readonly notAfter: string;
}

/**
 * A Secret, reduced on reading to what its certificates say. No secret value is kept:
 * of `data` only the key names, of `tls.key` only whether it belongs to the leaf certificate.
 */
export interface SecretFacts extends KubeObject {
  readonly type?: string;
  /** Names of the keys under `data` (or `stringData`) that hold a non-empty value. */
  readonly keys?: readonly string[];
  /**
   * Certificates of `tls.crt` in file order, leaf first where the file is right.
   * Without them and without `certificateProblem` the value was hidden by whoever made the file: unknown.
   */
  readonly certificates?: readonly CertificateFacts[];
  /** Why `tls.crt` could not be read as PEM certificates, if so. */
  readonly certificateProblem?: string;
  /** Why `tls.key` could not be read as a PEM private key, if so. */
  readonly keyProblem?: string;
  /** Whether `tls.key` belongs to the first certificate; absent when either could not be read. */
  readonly keyMatches?: boolean;
}
