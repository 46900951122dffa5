import type { ValidatingWebhookConfiguration } from '../kubernetes/admission.ts';
import type {
  Certificate,
  CertificateRequest,
  Challenge,
  Issuer,
  Order,
} from '../kubernetes/custom/cert-manager.ts';
import type { IngressClassParams } from '../kubernetes/custom/class-parameters.ts';
import type { HttpProxy, TlsCertificateDelegation } from '../kubernetes/custom/contour.ts';
import type {
  AuthorizationPolicy,
  DestinationRule,
  PeerAuthentication,
  VirtualService,
} from '../kubernetes/custom/istio.ts';
import type { BackendConfig, IpAddressPool } from '../kubernetes/custom/load-balancers.ts';
import type { Middleware, ServersTransport, TlsOption } from '../kubernetes/custom/traefik.ts';
import type { AdminNetworkPolicy, CalicoPolicy, CiliumPolicy } from '../kubernetes/custom/vendor-policies.ts';
import type { Pod, PodMetrics } from '../kubernetes/pod-types.ts';
import type {
  ApiGroup,
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
import type {
  HorizontalPodAutoscaler,
  LimitRange,
  Node,
  PersistentVolumeClaim,
  ResourceQuota,
  Workload,
} from '../kubernetes/workload-types.ts';

/** Every kind that gateway-doctor reads, with the type of its objects. */
export interface Kinds {
  Ingress: Ingress;
  IngressClass: IngressClass;
  Service: Service;
  EndpointSlice: EndpointSlice;
  Endpoints: Endpoints;
  Pod: Pod;
  ReplicaSet: Workload;
  Deployment: Workload;
  StatefulSet: Workload;
  DaemonSet: Workload;
  Job: Workload;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  ResourceQuota: ResourceQuota;
  LimitRange: LimitRange;
  Node: Node;
  Namespace: Namespace;
  Event: Event;
  NetworkPolicy: NetworkPolicy;
  Secret: SecretFacts;
  ConfigMap: ConfigMap;
  PersistentVolumeClaim: PersistentVolumeClaim;
  PodMetrics: PodMetrics;
  APIGroup: ApiGroup;
  PeerAuthentication: PeerAuthentication;
  AuthorizationPolicy: AuthorizationPolicy;
  VirtualService: VirtualService;
  DestinationRule: DestinationRule;
  CiliumNetworkPolicy: CiliumPolicy;
  CiliumClusterwideNetworkPolicy: CiliumPolicy;
  GlobalNetworkPolicy: CalicoPolicy;
  AdminNetworkPolicy: AdminNetworkPolicy;
  ValidatingWebhookConfiguration: ValidatingWebhookConfiguration;
  IngressClassParams: IngressClassParams;
  TLSCertificateDelegation: TlsCertificateDelegation;
  HTTPProxy: HttpProxy;
  Middleware: Middleware;
  TLSOption: TlsOption;
  ServersTransport: ServersTransport;
  Certificate: Certificate;
  CertificateRequest: CertificateRequest;
  Issuer: Issuer;
  ClusterIssuer: Issuer;
  Order: Order;
  Challenge: Challenge;
  IPAddressPool: IpAddressPool;
  BackendConfig: BackendConfig;
}

export type Kind = keyof Kinds;

/** Where the API server serves a kind: `/api/v1/...` or `/apis/<group>/<version>/...`. */
export interface Resource {
  readonly apiVersion: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Kind → resource. Versions are the oldest that Kubernetes 1.25 and later all serve. */
export const RESOURCES: Readonly<Record<Kind, Resource>> = {
  Ingress: { apiVersion: 'networking.k8s.io/v1', plural: 'ingresses', namespaced: true },
  IngressClass: { apiVersion: 'networking.k8s.io/v1', plural: 'ingressclasses', namespaced: false },
  NetworkPolicy: { apiVersion: 'networking.k8s.io/v1', plural: 'networkpolicies', namespaced: true },
  Service: { apiVersion: 'v1', plural: 'services', namespaced: true },
  Pod: { apiVersion: 'v1', plural: 'pods', namespaced: true },
  Node: { apiVersion: 'v1', plural: 'nodes', namespaced: false },
  Namespace: { apiVersion: 'v1', plural: 'namespaces', namespaced: false },
  Event: { apiVersion: 'v1', plural: 'events', namespaced: true },
  Secret: { apiVersion: 'v1', plural: 'secrets', namespaced: true },
  ConfigMap: { apiVersion: 'v1', plural: 'configmaps', namespaced: true },
  ResourceQuota: { apiVersion: 'v1', plural: 'resourcequotas', namespaced: true },
  LimitRange: { apiVersion: 'v1', plural: 'limitranges', namespaced: true },
  PersistentVolumeClaim: { apiVersion: 'v1', plural: 'persistentvolumeclaims', namespaced: true },
  Endpoints: { apiVersion: 'v1', plural: 'endpoints', namespaced: true },
  EndpointSlice: { apiVersion: 'discovery.k8s.io/v1', plural: 'endpointslices', namespaced: true },
  ReplicaSet: { apiVersion: 'apps/v1', plural: 'replicasets', namespaced: true },
  Deployment: { apiVersion: 'apps/v1', plural: 'deployments', namespaced: true },
  StatefulSet: { apiVersion: 'apps/v1', plural: 'statefulsets', namespaced: true },
  DaemonSet: { apiVersion: 'apps/v1', plural: 'daemonsets', namespaced: true },
  Job: { apiVersion: 'batch/v1', plural: 'jobs', namespaced: true },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    plural: 'horizontalpodautoscalers',
    namespaced: true,
  },
  PodMetrics: { apiVersion: 'metrics.k8s.io/v1beta1', plural: 'pods', namespaced: true },
  // What discovery answers at /apis.
  APIGroup: { apiVersion: 'v1', plural: 'apigroups', namespaced: false },
  PeerAuthentication: {
    apiVersion: 'security.istio.io/v1beta1',
    plural: 'peerauthentications',
    namespaced: true,
  },
  AuthorizationPolicy: {
    apiVersion: 'security.istio.io/v1beta1',
    plural: 'authorizationpolicies',
    namespaced: true,
  },
  VirtualService: { apiVersion: 'networking.istio.io/v1beta1', plural: 'virtualservices', namespaced: true },
  DestinationRule: {
    apiVersion: 'networking.istio.io/v1beta1',
    plural: 'destinationrules',
    namespaced: true,
  },
  CiliumNetworkPolicy: { apiVersion: 'cilium.io/v2', plural: 'ciliumnetworkpolicies', namespaced: true },
  CiliumClusterwideNetworkPolicy: {
    apiVersion: 'cilium.io/v2',
    plural: 'ciliumclusterwidenetworkpolicies',
    namespaced: false,
  },
  GlobalNetworkPolicy: {
    apiVersion: 'crd.projectcalico.org/v1',
    plural: 'globalnetworkpolicies',
    namespaced: false,
  },
  AdminNetworkPolicy: {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    plural: 'adminnetworkpolicies',
    namespaced: false,
  },
  ValidatingWebhookConfiguration: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    plural: 'validatingwebhookconfigurations',
    namespaced: false,
  },
  IngressClassParams: {
    apiVersion: 'elbv2.k8s.aws/v1beta1',
    plural: 'ingressclassparams',
    namespaced: false,
  },
  TLSCertificateDelegation: {
    apiVersion: 'projectcontour.io/v1',
    plural: 'tlscertificatedelegations',
    namespaced: true,
  },
  HTTPProxy: { apiVersion: 'projectcontour.io/v1', plural: 'httpproxies', namespaced: true },
  Middleware: { apiVersion: 'traefik.io/v1alpha1', plural: 'middlewares', namespaced: true },
  TLSOption: { apiVersion: 'traefik.io/v1alpha1', plural: 'tlsoptions', namespaced: true },
  ServersTransport: { apiVersion: 'traefik.io/v1alpha1', plural: 'serverstransports', namespaced: true },
  Certificate: { apiVersion: 'cert-manager.io/v1', plural: 'certificates', namespaced: true },
  CertificateRequest: { apiVersion: 'cert-manager.io/v1', plural: 'certificaterequests', namespaced: true },
  Issuer: { apiVersion: 'cert-manager.io/v1', plural: 'issuers', namespaced: true },
  ClusterIssuer: { apiVersion: 'cert-manager.io/v1', plural: 'clusterissuers', namespaced: false },
  Order: { apiVersion: 'acme.cert-manager.io/v1', plural: 'orders', namespaced: true },
  Challenge: { apiVersion: 'acme.cert-manager.io/v1', plural: 'challenges', namespaced: true },
  IPAddressPool: { apiVersion: 'metallb.io/v1beta1', plural: 'ipaddresspools', namespaced: true },
  BackendConfig: { apiVersion: 'cloud.google.com/v1', plural: 'backendconfigs', namespaced: true },
};

/** The API group of a kind: empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
