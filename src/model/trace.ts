import type {
  ClassBinding,
  ControllerProfile,
  FoundPort,
  PortReference,
  Settings,
} from '../controllers/profile.ts';
import type { HttpProxy, TlsCertificateDelegation } from '../kubernetes/custom/contour.ts';
import type {
  AuthorizationPolicy,
  DestinationRule,
  PeerAuthentication,
  VirtualService,
} from '../kubernetes/custom/istio.ts';
import type { BackendConfig, IpAddressPool } from '../kubernetes/custom/load-balancers.ts';
import type { Middleware } from '../kubernetes/custom/traefik.ts';
import type { AdminNetworkPolicy, CalicoPolicy, CiliumPolicy } from '../kubernetes/custom/vendor-policies.ts';
import type { Pod, PodMetrics } from '../kubernetes/pod-types.ts';
import type {
  ConfigMap,
  EndpointSlice,
  Endpoints,
  Event,
  Ingress,
  IngressBackend,
  IngressClass,
  IngressTls,
  Namespace,
  NetworkPolicy,
  SecretFacts,
  Service,
} from '../kubernetes/types.ts';
import type { HorizontalPodAutoscaler, Node, ResourceQuota, Workload } from '../kubernetes/workload-types.ts';
import type { AnnotationTrace } from './annotation-trace.ts';
import type { IssuanceTrace, RivalTls } from './certificate-trace.ts';
import type { ClassParameters, WebhookTrace } from './class-trace.ts';
import type { Read, ReadFailure } from './read.ts';
import type { ObjectReference } from './reference.ts';

/** A URL that the user asked about, taken apart. `host` is lower case without the port; `path` has no query. */
export interface RequestedUrl {
  readonly url: string;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly path: string;
}

/** The request path of one or more Ingresses as it was read: the input of every rule. */
export interface Trace {
  /** The moment for which everything here holds. */
  readonly now: Date;
  readonly requestedUrl?: RequestedUrl;
  /** The HTTP status that the user saw, if told. */
  readonly seenStatus?: number;
  /** For how many seconds back the logs of controllers were read. */
  readonly logSeconds: number;
  readonly ingresses: readonly IngressTrace[];
  readonly dns: DnsTrace;
  readonly nodes: Read<readonly Node[]>;
  /** DaemonSets of kube-system; read only where a Node, a Pod or cluster DNS is in trouble. */
  readonly agents: Read<readonly Workload[]>;
  /** Every read that failed, once each. */
  readonly failures: readonly ReadFailure[];
}

/** One Ingress with everything behind it. */
export interface IngressTrace {
  readonly ingress: Ingress;
  readonly reference: ObjectReference;
  readonly binding: ClassBinding;
  readonly controller: ControllerTrace;
  /** All Ingresses of the cluster (of the namespace, when no more may be listed), this one included. */
  readonly allIngresses: Read<readonly Ingress[]>;
  readonly ingressClasses: Read<readonly IngressClass[]>;
  /** What the IngressClass refers to; `undefined` inside where it refers to nothing that its controller reads. */
  readonly classParameters: Read<ClassParameters | undefined>;
  /** Webhooks that judge Ingresses; read only where the controller is absent or has no ready Pod, otherwise empty. */
  readonly webhooks: Read<readonly WebhookTrace[]>;
  /** What its annotations name. */
  readonly annotations: AnnotationTrace;
  /** Objects of the kinds that annotations for Traefik name; empty where they name none. */
  readonly traefikObjects: Read<readonly Middleware[]>;
  /** GKE's BackendConfigs of the namespace, where a Service names some; otherwise empty. */
  readonly backendConfigs: Read<readonly BackendConfig[]>;
  /** Every HTTPProxy, where Contour serves the Ingress; otherwise empty. */
  readonly httpProxies: Read<readonly HttpProxy[]>;
  /** Events about this Ingress. */
  readonly events: Read<readonly Event[]>;
  /** In rule order, the default backend last. With a URL: only the route that it takes, or one without a backend. */
  readonly routes: readonly RouteTrace[];
  readonly tls: readonly TlsTrace[];
  /** The distinct Service + port pairs that the routes refer to. */
  readonly backends: readonly BackendTrace[];
}

/** One host + path of an Ingress. */
export interface RouteTrace {
  /** Unique within the Ingress: host + path, with ` (2)` and so on for repetitions. */
  readonly id: string;
  /** Empty: any host. */
  readonly host: string;
  readonly path: string;
  readonly pathType: string;
  /** Whether `spec.tls` covers the host. */
  readonly tls: boolean;
  /** Absent for a rule without paths, or a URL that nothing matches. */
  readonly backend?: IngressBackend;
  /** Where it stands: `spec.rules[0].http.paths[1]`, `spec.rules[0]`, `spec.defaultBackend`, or `` for an unmatched URL. */
  readonly field: string;
  /** The key of its backend in `backends`. */
  readonly backendKey?: string;
}

/** One entry of `spec.tls`. */
export interface TlsTrace {
  readonly entry: IngressTls;
  /** `spec.tls[0]`. */
  readonly field: string;
  /** Hosts of rules and of the entry that this entry is meant for. */
  readonly hosts: readonly string[];
  /** Ids of the routes whose host is among `hosts`. */
  readonly routes: readonly string[];
  /** `undefined` inside: the Secret does not exist. Absent when the entry names no Secret. */
  readonly secret?: Read<SecretFacts | undefined>;
  /** Where the controller looks for the Secret. Absent when the entry names none. */
  readonly secretReference?: ObjectReference;
  /** Secrets of that name elsewhere; read only where it does not exist. */
  readonly namesakes: Read<readonly SecretFacts[]>;
  /** Contour's delegations in the Secret's namespace, where that is another one than the Ingress's; otherwise empty. */
  readonly delegations: Read<readonly TlsCertificateDelegation[]>;
  /** What cert-manager does about the Secret; `undefined` inside where the Secret is fine. */
  readonly issuance: Read<IssuanceTrace | undefined>;
  /** Older Ingresses' Secrets for the same hosts, where those are served. */
  readonly rivals: readonly RivalTls[];
}

/** Which product serves the Ingress, and its instances in this cluster. */
export interface ControllerTrace {
  readonly profile: ControllerProfile;
  /**
   * Every instance of the product that was found; empty: none. Managed products have none that matter. Where one is
   * `serving`, the Pods, Services, events and logs of those that do not claim the Ingress are not read (empty).
   */
  readonly instances: Read<readonly ControllerInstance[]>;
  /** The instance that claims the Ingress. */
  readonly serving?: ControllerInstance;
  /** The Ingress's namespace; read only where an installation chooses namespaces by label, otherwise `undefined` inside. */
  readonly ingressNamespace: Read<Namespace | undefined>;
  /** Instances of any other product in the cluster, for naming what could serve the Ingress. */
  readonly others: readonly ControllerInstance[];
  /**
   * Whether workloads of other namespaces than the Ingress's were seen at all. Without any, a file may well hold
   * that one namespace only, and a controller that is not in it proves little.
   */
  readonly seesBeyondNamespace: boolean;
}

/** One installation of a controller. */
export interface ControllerInstance {
  readonly profile: ControllerProfile;
  readonly namespace: string;
  /** Workloads whose Pods take requests. */
  readonly proxies: readonly Workload[];
  /** Workloads that configure the proxies; the same as `proxies` for most products. */
  readonly controlPlanes: readonly Workload[];
  readonly settings: Settings;
  /** Pods of `proxies`. */
  readonly pods: Read<readonly Pod[]>;
  /** Pods of `controlPlanes` that are not Pods of `proxies`. */
  readonly controlPods: Read<readonly Pod[]>;
  /** Services that select the proxy Pods. */
  readonly services: Read<readonly Service[]>;
  /** Pods that hold its Services' ports open on Nodes (ServiceLB of k3s); read only while a Service waits for an address. */
  readonly balancerPods: Read<readonly Pod[]>;
  /** MetalLB's pools of addresses; read only while a Service waits for an address. */
  readonly addressPools: Read<readonly IpAddressPool[]>;
  /** The ConfigMap that its flags name; `undefined` inside when there is none. */
  readonly config: Read<ConfigMap | undefined>;
  /** Events in its namespace. */
  readonly events: Read<readonly Event[]>;
  /** Labels of its namespace, for NetworkPolicy. */
  readonly namespaceObject: Read<Namespace | undefined>;
  /** NetworkPolicies of its namespace. */
  readonly policies: Read<readonly NetworkPolicy[]>;
  /** Use of its Pods; read only where one of them has restarted or is not ready, otherwise empty. */
  readonly metrics: Read<readonly PodMetrics[]>;
  /** Logs of its Pods in trouble (and, for serving Pods, their last lines). */
  readonly logs: Read<readonly ContainerLog[]>;
}

/** The end of one container's log. */
export interface ContainerLog {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Of the run before the last restart. */
  readonly previous: boolean;
  readonly text: string;
}

/** A Service + port that an Ingress refers to. */
export interface BackendTrace {
  /** `name:port`, unique within the Ingress. */
  readonly key: string;
  readonly namespace: string;
  readonly serviceName: string;
  readonly portReference: PortReference;
  /** Ids of the routes that lead here. */
  readonly routes: readonly string[];
  /** `undefined` inside: the Service does not exist. */
  readonly service: Read<Service | undefined>;
  /** Services of that name in other namespaces; read only when it is missing here. */
  readonly namesakes: Read<readonly Service[]>;
  /** The Service port as the controller resolves it; absent when there is none or no Service. */
  readonly port?: FoundPort;
  /** Pods that the selector matches, in any phase. Empty without a selector. */
  readonly pods: Read<readonly PodTrace[]>;
  readonly slices: Read<readonly EndpointSlice[]>;
  /** The Endpoints object, read only for a product that reads no EndpointSlices. */
  readonly legacyEndpoints: Read<Endpoints | undefined>;
  /** The Service of this cluster that the `externalName` of an ExternalName Service names, if it names one. */
  readonly externalTarget: Read<Service | undefined>;
  /** Deployments, StatefulSets, DaemonSets and bare ReplicaSets that own the Pods or whose template the selector matches. */
  readonly workloads: Read<readonly WorkloadTrace[]>;
  /** What Istio is told about its Pods; empty where none of them has Istio's sidecar. */
  readonly mesh: MeshTrace;
  /** Facts of the namespace. */
  readonly scope: NamespaceTrace;
}

/** Istio's configuration for Pods of one namespace, that of its root namespace included. */
export interface MeshTrace {
  readonly peerAuthentications: Read<readonly PeerAuthentication[]>;
  readonly authorizationPolicies: Read<readonly AuthorizationPolicy[]>;
  readonly virtualServices: Read<readonly VirtualService[]>;
  readonly destinationRules: Read<readonly DestinationRule[]>;
}

/** A network policy in a CNI plugin's own kind. */
export type VendorPolicy = CiliumPolicy | CalicoPolicy | AdminNetworkPolicy;

/**
 * What was read of one namespace as a whole. Some lists matter only in trouble; they are read only then,
 * and are empty (not failed) otherwise.
 */
export interface NamespaceTrace {
  readonly name: string;
  readonly namespace: Read<Namespace | undefined>;
  readonly services: Read<readonly Service[]>;
  /** Deployments, StatefulSets, DaemonSets (and ReplicaSets without an owner). */
  readonly workloads: Read<readonly Workload[]>;
  /** Every Pod of the namespace; read only when a selector matches nothing, otherwise empty. */
  readonly pods: Read<readonly Pod[]>;
  readonly policies: Read<readonly NetworkPolicy[]>;
  /** Policies in CNI plugins' own kinds, of the namespace and of the cluster. */
  readonly vendorPolicies: Read<readonly VendorPolicy[]>;
  readonly events: Read<readonly Event[]>;
  readonly quotas: Read<readonly ResourceQuota[]>;
}

/** One Pod behind a Service. */
export interface PodTrace {
  readonly pod: Pod;
  readonly reference: ObjectReference;
  /** The workload at the top of its owners (Deployment rather than ReplicaSet), if it could be followed. */
  readonly owner?: ObjectReference;
  readonly events: Read<readonly Event[]>;
  /** Logs of its containers in trouble, or the last lines of a healthy one; empty where none was read on purpose. */
  readonly logs: Read<readonly ContainerLog[]>;
  readonly metrics: Read<PodMetrics | undefined>;
  /** Absent while unscheduled. */
  readonly node?: Read<Node | undefined>;
}

/** A Deployment, StatefulSet, DaemonSet or bare ReplicaSet behind a Service. */
export interface WorkloadTrace {
  readonly workload: Workload;
  readonly reference: ObjectReference;
  /** ReplicaSets of a Deployment, newest revision first; empty for other kinds. */
  readonly replicaSets: Read<readonly Workload[]>;
  /** Events about it and about its ReplicaSets. */
  readonly events: Read<readonly Event[]>;
  readonly hpas: Read<readonly HorizontalPodAutoscaler[]>;
}

/** Cluster DNS, found by the Service kube-system/kube-dns. */
export interface DnsTrace {
  readonly service: Read<Service | undefined>;
  readonly slices: Read<readonly EndpointSlice[]>;
  /** Pods labelled `k8s-app=kube-dns`; none is normal where DNS runs elsewhere. */
  readonly pods: Read<readonly Pod[]>;
  /** The ConfigMap kube-system/coredns; read only in trouble. */
  readonly config: Read<ConfigMap | undefined>;
  readonly logs: Read<readonly ContainerLog[]>;
}
