import { type AnnotationCatalogue, keysByKind } from './catalogue.ts';

/** Annotations of the AWS Load Balancer Controller. Facts: docs/guide/ingress/annotations.md. */
export const AWS_ALB: AnnotationCatalogue = {
  product: 'aws-alb',
  owner: 'AWS Load Balancer Controller',
  prefixes: ['alb.ingress.kubernetes.io'],
  keys: keysByKind({
    option: `scheme ip-address-type target-type backend-protocol backend-protocol-version ssl-policy auth-type
      auth-on-unauthenticated-request healthcheck-protocol mutual-authentication-mode`,
    list: `subnets security-groups certificate-arn tags target-node-labels auth-scope
      load-balancer-attributes target-group-attributes listen-ports success-codes mutual-authentication
      customer-owned-ipv4-pool wafv2-acl-arn-list listener-attributes frontend-nlb-subnets`,
    cidrs: 'inbound-cidrs security-group-prefix-lists frontend-nlb-inbound-cidrs',
    boolean: `ssl-redirect-enabled manage-backend-security-group-rules shield-advanced-protection
      multi-cluster-target-group use-regex-path-match enable-frontend-nlb`,
    number: `group.order ssl-redirect healthcheck-interval-seconds healthcheck-timeout-seconds
      healthy-threshold-count unhealthy-threshold-count auth-session-timeout target-group-health`,
    name: `load-balancer-name group.name waf-acl-id wafv2-acl-arn wafv2-acl-name web-acl-id healthcheck-port
      healthcheck-path auth-idp-cognito auth-idp-oidc auth-session-cookie healthcheck-success-codes
      load-balancer-capacity-reservation ipam-ipv4-pool-id frontend-nlb-scheme`,
  }),
  families: [
    /^actions\../,
    /^conditions\../,
    /^transforms\../,
    /^jwt-validation/,
    /^listener-attributes\../,
    /^frontend-nlb-/,
    /^minimum-load-balancer-capacity/,
  ],
  isComplete: false,
};

/** Annotations of GKE Ingress. Facts: its pkg/annotations/ingress.go. */
export const GKE: AnnotationCatalogue = {
  product: 'gke',
  owner: 'GKE Ingress',
  prefixes: ['networking.gke.io', 'ingress.gcp.kubernetes.io'],
  keys: keysByKind({
    list: 'managed-certificates pre-shared-cert certmap',
    name: 'v1beta1.FrontendConfig FrontendConfig instance-groups internal-load-balancer-subnet static-ip',
  }),
  isComplete: false,
  others: [
    'kubernetes.io/ingress.allow-http',
    'kubernetes.io/ingress.global-static-ip-name',
    'kubernetes.io/ingress.regional-static-ip-name',
  ],
};

/** Annotations of Azure's Application Gateway Ingress Controller. Facts: its pkg/annotations/ingress_annotations.go. */
export const AGIC: AnnotationCatalogue = {
  product: 'agic',
  owner: 'Application Gateway Ingress Controller',
  prefixes: ['appgw.ingress.kubernetes.io'],
  keys: keysByKind({
    boolean:
      'ssl-redirect connection-draining cookie-based-affinity use-private-ip health-probe-pick-hostname',
    number: `connection-draining-timeout request-timeout override-frontend-port health-probe-port
      health-probe-interval health-probe-timeout health-probe-unhealthy-threshold rule-priority`,
    option: 'backend-protocol cookie-based-affinity-distinct-name',
    name: `backend-hostname backend-path-prefix health-probe-hostname health-probe-path health-probe-status-codes
      appgw-ssl-certificate appgw-ssl-profile appgw-trusted-root-certificate waf-policy-for-path rewrite-rule-set
      rewrite-rule-set-custom-resource hostname-extension`,
  }),
  isComplete: false,
};
