import type { HttpProxy, TlsCertificateDelegation } from '../kubernetes/custom/contour.ts';
import type {
  AuthorizationPolicy,
  DestinationRule,
  PeerAuthentication,
  VirtualService,
} from '../kubernetes/custom/istio.ts';
import type { BackendConfig, IpAddressPool } from '../kubernetes/custom/load-balancers.ts';
import type { Middleware } from '../kubernetes/custom/traefik.ts';
import type { Pod, PodMetrics } from '../kubernetes/pod-types.ts';
import type {
  ConfigMap,
  EndpointSlice,
  Endpoints,
  Event,
  Ingress,
  IngressClass,
  Namespace,
  NetworkPolicy,
  SecretFacts,
  Service,
} from '../kubernetes/types.ts';
import type { HorizontalPodAutoscaler, Node, ResourceQuota, Workload } from '../kubernetes/workload-types.ts';
import type { NamedObject, NamedServiceObject } from '../model/annotation-trace.ts';
import type { IssuanceTrace } from '../model/certificate-trace.ts';
import type { ClassParameters, WebhookTrace } from '../model/class-trace.ts';
import type { ReadFailure } from '../model/read.ts';
import type { ObjectReference } from '../model/reference.ts';
import type {
  BackendTrace,
  ContainerLog,
  ControllerInstance,
  IngressTrace,
  PodTrace,
  RequestedUrl,
  RouteTrace,
  TlsTrace,
  VendorPolicy,
} from '../model/trace.ts';

/** Facts that every visit gives. */
export interface Common {
  readonly now: Date;
  /** For how many seconds back the controller's logs were read, and other log lines count. */
  readonly logSeconds: number;
  /** The Ingress under diagnosis with its controller and binding. */
  readonly trace: IngressTrace;
}

/**
 * What a rule can visit. `given` is always there; of `reads` a rule sees what it names in `needs`
 * (the rule does not run without it) or in `uses` (undefined when it could not be read).
 */
export interface Visits {
  /** The Ingress, once. */
  ingress: {
    given: Common & { readonly ingress: Ingress };
    reads: {
      allIngresses: readonly Ingress[];
      ingressClasses: readonly IngressClass[];
      events: readonly Event[];
      /** All instances of the Ingress's product. */
      instances: readonly ControllerInstance[];
      /** The Ingress's namespace; `undefined` too where no installation goes by its labels. */
      namespace: Namespace | undefined;
      /** What the IngressClass refers to; `undefined`: nothing that its controller reads. */
      classParameters: ClassParameters | undefined;
      /** Webhooks that judge Ingresses; read only where the controller is absent or has no ready Pod. */
      webhooks: readonly WebhookTrace[];
      /** Secrets that annotations name. */
      namedSecrets: readonly NamedObject<SecretFacts>[];
      /** ConfigMaps that annotations name. */
      namedConfigMaps: readonly NamedObject<ConfigMap>[];
      /** Services that annotations name. */
      namedServices: readonly NamedServiceObject[];
      /** The ConfigMap of the controller; `undefined`: it has none, or none serves the Ingress. */
      controllerConfig: ConfigMap | undefined;
      controllerLogs: readonly ContainerLog[];
      controllerServices: readonly Service[];
      /** Pods of the controller that take requests. */
      controllerPods: readonly Pod[];
      nodes: readonly Node[];
    };
  };
  /** The controller instance that serves the Ingress, if one does. */
  controller: {
    given: Common & { readonly ingress: Ingress; readonly instance: ControllerInstance };
    reads: {
      /** Pods that take requests. */
      pods: readonly Pod[];
      controlPods: readonly Pod[];
      services: readonly Service[];
      /** Pods that hold the Services' ports open on Nodes; empty unless a Service waits for an address. */
      balancerPods: readonly Pod[];
      /** MetalLB's pools of addresses; empty unless a Service waits for an address. */
      addressPools: readonly IpAddressPool[];
      config: ConfigMap | undefined;
      /** Use of its Pods; read only where one has restarted or is not ready. */
      metrics: readonly PodMetrics[];
      events: readonly Event[];
      logs: readonly ContainerLog[];
      nodes: readonly Node[];
    };
  };
  /** Each route; with a URL that nothing matches, one route without a backend and `requestedUrl` set. */
  route: {
    given: Common & {
      readonly ingress: Ingress;
      readonly route: RouteTrace;
      readonly requestedUrl?: RequestedUrl;
      /** Whether the URL (if any) is matched by this route. */
      readonly isMatched: boolean;
    };
    reads: {
      allIngresses: readonly Ingress[];
      /** The Secrets that `spec.tls` names, as far as they exist. */
      secrets: readonly SecretFacts[];
      /** Objects of the kinds that annotations for Traefik name; empty where they name none. */
      traefikObjects: readonly Middleware[];
      /** Every HTTPProxy, where Contour serves the Ingress; otherwise empty. */
      httpProxies: readonly HttpProxy[];
      controllerServices: readonly Service[];
      controllerLogs: readonly ContainerLog[];
    };
  };
  /** Each `spec.tls` entry. */
  tls: {
    given: Common & { readonly ingress: Ingress; readonly tls: TlsTrace };
    reads: {
      /** `undefined`: it does not exist. */
      secret: SecretFacts | undefined;
      /** Secrets of that name elsewhere; read only where it does not exist. */
      namesakes: readonly SecretFacts[];
      delegations: readonly TlsCertificateDelegation[];
      /** What cert-manager does about the Secret; `undefined` where the Secret is fine. */
      issuance: IssuanceTrace | undefined;
      allIngresses: readonly Ingress[];
    };
  };
  /** Each distinct Service + port that the Ingress refers to, whether or not it exists. */
  backend: {
    given: Common & { readonly ingress: Ingress; readonly backend: BackendTrace };
    reads: {
      /** `undefined`: it does not exist. */
      service: Service | undefined;
      /** All Services of the namespace. */
      services: readonly Service[];
      /** Services of that name elsewhere. */
      namesakes: readonly Service[];
      /** Events of the namespace. */
      events: readonly Event[];
    };
  };
  /** Each backend whose Service exists. */
  service: {
    given: Common & { readonly ingress: Ingress; readonly backend: BackendTrace; readonly service: Service };
    reads: {
      /** Pods that the selector matches. */
      pods: readonly PodTrace[];
      slices: readonly EndpointSlice[];
      /** Only for a product that reads no EndpointSlices; otherwise `undefined`. */
      legacyEndpoints: Endpoints | undefined;
      /** The Service of this cluster that `externalName` names; `undefined`: it names none, or one that does not exist. */
      externalTarget: Service | undefined;
      /** Every Node of the cluster. */
      nodes: readonly Node[];
      /** Workloads behind the Service. */
      workloads: readonly { readonly workload: Workload; readonly reference: ObjectReference }[];
      /** Every workload of the namespace. */
      namespaceWorkloads: readonly Workload[];
      /** Every Pod of the namespace; read only when the selector matches nothing. */
      namespacePods: readonly Pod[];
      policies: readonly NetworkPolicy[];
      /** GKE's BackendConfigs of the namespace, where the Service names some. */
      backendConfigs: readonly BackendConfig[];
      events: readonly Event[];
      /** Pods of the controller that take requests; the callers in a NetworkPolicy's eyes. */
      callers: readonly Pod[];
      /** The controller's namespace, for its labels. */
      callerNamespace: Namespace | undefined;
      /** NetworkPolicies of the controller's namespace. */
      callerPolicies: readonly NetworkPolicy[];
      /** The backend's own namespace, for its labels. */
      namespace: Namespace | undefined;
      controllerLogs: readonly ContainerLog[];
      /** Policies in CNI plugins' own kinds. */
      vendorPolicies: readonly VendorPolicy[];
      /** Istio's, of the namespace and of its root namespace; empty where no Pod has its sidecar. */
      peerAuthentications: readonly PeerAuthentication[];
      authorizationPolicies: readonly AuthorizationPolicy[];
      virtualServices: readonly VirtualService[];
      destinationRules: readonly DestinationRule[];
    };
  };
  /** Each Pod that a backend's selector matches, Pods that ended well or are being deleted included. */
  pod: {
    given: Common & {
      readonly backend: BackendTrace;
      readonly service: Service;
      readonly pod: Pod;
      readonly owner?: ObjectReference;
    };
    reads: {
      /** Events about this Pod. */
      events: readonly Event[];
      logs: readonly ContainerLog[];
      metrics: PodMetrics | undefined;
      /** `undefined`: unscheduled, or the Node does not exist. */
      node: Node | undefined;
      slices: readonly EndpointSlice[];
      controllerLogs: readonly ContainerLog[];
    };
  };
  /** Each workload behind a backend's Service. */
  workload: {
    given: Common & {
      readonly backend: BackendTrace;
      readonly service: Service;
      readonly workload: Workload;
      readonly reference: ObjectReference;
    };
    reads: {
      replicaSets: readonly Workload[];
      events: readonly Event[];
      hpas: readonly HorizontalPodAutoscaler[];
      quotas: readonly ResourceQuota[];
      /** The Pods behind the Service that this workload owns. */
      pods: readonly PodTrace[];
      /** Every Node of the cluster. */
      nodes: readonly Node[];
      slices: readonly EndpointSlice[];
    };
  };
  /** Each Node that hosts a Pod of a backend. */
  node: {
    given: Common & { readonly node: Node; readonly pods: readonly Pod[] };
    reads: {
      /** Events about those Pods. */
      podEvents: readonly Event[];
      /** DaemonSets of kube-system; read only in trouble. */
      agents: readonly Workload[];
    };
  };
  /** Cluster DNS and the doctor's own reads: once per diagnosis. */
  cluster: {
    given: Common & { readonly failures: readonly ReadFailure[] };
    reads: {
      dnsService: Service | undefined;
      dnsSlices: readonly EndpointSlice[];
      dnsPods: readonly Pod[];
      dnsConfig: ConfigMap | undefined;
      dnsLogs: readonly ContainerLog[];
      /** DaemonSets of kube-system; read only in trouble. */
      agents: readonly Workload[];
    };
  };
}

export type VisitName = keyof Visits;
/** The reads of a visit, by name. */
export type ReadName<V extends VisitName> = keyof Visits[V]['reads'];
