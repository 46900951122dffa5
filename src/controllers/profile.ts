import type { Ingress, IngressClass, Service, ServicePort } from '../kubernetes/types.ts';
import type { Workload } from '../kubernetes/workload-types.ts';
import type { Symptom } from '../model/symptom.ts';
import type { ScopeFlags } from './scope.ts';

/** The products that are known by name; `unknown` is everything else. */
export const PRODUCTS = [
  'ingress-nginx',
  'f5-nginx',
  'traefik',
  'haproxy-ingress',
  'contour',
  'istio',
  'aws-alb',
  'gke',
  'agic',
  'unknown',
] as const;
export type Product = (typeof PRODUCTS)[number];

/** Which part of a product a workload runs: the proxy that requests pass, what configures it, or both in one. */
export type Role = 'proxy' | 'control-plane' | 'both';

/**
 * What HTTPS clients get without a usable Secret: the controller's own certificate, a handshake that fails,
 * nobody who listens for HTTPS, no difference (Secrets are not read at all), or what is not known.
 */
export type BrokenCertificate =
  | 'default-certificate'
  | 'handshake-failure'
  | 'no-https'
  | 'no-difference'
  | 'unknown';

/**
 * A controller's settings: its command-line flags without dashes, in lower case, and the ConfigMap values
 * that mean the same, such as `controller-class` → `k8s.io/ingress-nginx`. A flag without a value is `true`,
 * the values of a repeated one are joined by commas. Empty where a managed product hides them.
 */
export type Settings = ReadonlyMap<string, string>;

/** How an Ingress names its class. */
export interface ClassBinding {
  /** `spec.ingressClassName`. */
  readonly field?: string;
  /** The annotation `kubernetes.io/ingress.class`. */
  readonly annotation?: string;
  /**
   * The IngressClass that `field` names (the annotation's, or the default one, without it), if it exists and
   * could be read. Profiles take it into account only where the product does.
   */
  readonly ingressClass?: IngressClass;
}

/** Whether one controller instance takes an Ingress up, and the settings or fields that decide it, in words. */
export interface Claim {
  readonly claims: boolean;
  readonly because: string;
}

/** The HTTP status of a symptom; `null` where no HTTP answer comes or it cannot be told, with the reason in `note`. */
export interface Answer {
  readonly status: number | null;
  readonly by: 'controller' | 'application' | 'nobody';
  /** It leaves the route out of its configuration: broader paths of the host take the requests, where there are any. */
  readonly skipsRoute?: true;
  readonly note?: string;
}

/** A Service port with how the Ingress's reference found it; `targetPort` only where a controller is that lenient. */
export interface FoundPort {
  readonly port: ServicePort;
  readonly by: 'number' | 'name' | 'targetPort';
}

/** What the Ingress backend names: exactly one of the two in a valid Ingress. */
export interface PortReference {
  readonly number?: number;
  readonly name?: string;
}

/** All that gateway-doctor knows about one ingress controller product. Facts come from its source and documentation. */
export interface ControllerProfile {
  readonly product: Product;
  /** As reports print it. */
  readonly title: string;
  /** `IngressClass.spec.controller` values that mean this product (defaults; instances may be set to others). */
  readonly controllerNames: readonly string[];
  /** Its proxy runs outside the cluster: no proxy Pods to look for, and it serves its last configuration without them. */
  readonly isManaged: boolean;
  /** Whether its control plane runs outside the cluster too, so that no workload at all is to be found (GKE). */
  readonly isInvisible: boolean;
  /** Who wins when annotation and field disagree. */
  readonly classPrecedence: 'field' | 'annotation';
  /** Whether it reads IngressClass objects at all; Contour compares names only. */
  readonly readsIngressClasses: boolean;
  /** What HTTPS clients get where the Secret that `spec.tls` names is missing or holds no key pair. */
  readonly brokenCertificate: BrokenCertificate;
  /**
   * Which hosts it serves with any loaded certificate whose names cover them, whatever `spec.tls` says: all of them,
   * those that no entry lists, or none.
   */
  readonly certificateByName: 'all' | 'unlisted' | 'none';
  /** Which of two Ingresses with the same host and path is served: the older one, or one that cannot be foretold. */
  readonly duplicateWinner: 'oldest' | 'unknown';
  /** Whether an instance with these settings writes its address into the status of Ingresses. */
  writesStatus(settings: Settings): boolean;
  /** The flags by which it is told to look at a part of the cluster only; absent where it has none that are known. */
  readonly scopeFlags?: ScopeFlags;
  /** The kind of objects that it takes `spec.parameters` of its IngressClass for; absent where it reads none that is known. */
  readonly parametersKind?: { readonly apiGroup: string; readonly kind: 'IngressClassParams' | 'ConfigMap' };
  /**
   * The namespace in which it looks for the Secrets of `spec.tls`, given that of its proxies; absent or undefined for
   * the Ingress's own.
   */
  secretNamespace?(ingress: Ingress, proxies: string | undefined): string | undefined;
  /** Label selectors (`app.kubernetes.io/name in (...)`) under which its workloads are commonly found: the cheap first look. */
  readonly labels: readonly { readonly key: string; readonly value: string }[];
  /** Tells from image, labels and arguments whether a workload (Deployment, DaemonSet, StatefulSet) runs this product. */
  recognise(workload: Workload): Role | undefined;
  /** Whether an instance with these settings takes up an Ingress bound like this. Settings of a managed product are empty. */
  claims(binding: ClassBinding, settings: Settings): Claim;
  /** The Service port that an Ingress backend's port means to this controller, if any. */
  findPort(service: Service, reference: PortReference): FoundPort | undefined;
  /** Whether a path rule matches a request path (no query string), among all rules of one host of the Ingress. */
  pathMatches(rule: PathRule, requestPath: string): boolean;
  /** Which of two rules that both match wins: negative when `a` does. Longest or Exact first by most products. */
  comparePaths(a: PathRule, b: PathRule): number;
  /** What becomes of a request that runs into the symptom, on an instance with these settings. */
  answer(symptom: Symptom, settings: Settings): Answer;
  /** Whether an endpoint gets traffic: `ready` for most, `serving` for some. Values have Kubernetes' defaults applied. */
  usesEndpoint(endpoint: {
    readonly ready: boolean;
    readonly serving: boolean;
    readonly terminating: boolean;
  }): boolean;
  /**
   * Whether it sends requests to a ready address of a slice that lists no port of the Service port's name
   * (ingress-nginx falls back to a numeric targetPort).
   */
  fallsBackToTargetPort(port: ServicePort): boolean;
  /** Failures of an endpoint for which it tries another one before it answers; absent for none. */
  readonly triesNextEndpoint?: readonly Symptom[];
  /** Whether it forwards to ExternalName Services with these settings. */
  allowsExternalName(settings: Settings): boolean;
  /** Whether it finds Pods by Endpoints objects, which end at 1000 addresses, instead of EndpointSlices; absent for no. */
  readonly readsLegacyEndpoints?: true;
  /** Seconds: its default time limit for a response's first byte, undefined for none. */
  readonly responseTimeoutSeconds?: number;
}

/** One path of an Ingress as a controller sees it; annotations matter to some (regular expressions). */
export interface PathRule {
  readonly path: string;
  readonly pathType: string;
  readonly ingress: Ingress;
  /**
   * Other Ingresses that the controller serves on the same host: on ingress-nginx one of them with regular
   * expressions turns every path of the host into one.
   */
  readonly neighbours?: readonly Ingress[];
}
