/** The annotation that named the class before `spec.ingressClassName` existed. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** The annotation that makes an IngressClass the default for Ingresses that are created without one. */
export const DEFAULT_CLASS_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';
