import type { KubeObject, LabelSelector } from '../types.ts';

/** elbv2.k8s.aws IngressClassParams (https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/). */
export interface IngressClassParams extends KubeObject {
  readonly spec?: {
    /** Which namespaces may use the class; absent: all. */
    readonly namespaceSelector?: LabelSelector;
    /** Certificates for HTTPS listeners. */
    readonly certificateArn?: readonly string[];
    /** `instance` or `ip`; goes before annotations. */
    readonly targetType?: string;
    /** The IngressGroup of all Ingresses of the class; goes before annotations. */
    readonly group?: { readonly name?: string };
  };
}
