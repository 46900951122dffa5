import type { Rule } from '../rule.ts';
import { agicBackendEmpty } from './agic-backend-empty.ts';
import { agicControlPlaneError } from './agic-control-plane-error.ts';
import { agicProbeMismatch } from './agic-probe-mismatch.ts';
import { awsFailedBuildModel } from './aws-failed-build-model.ts';
import { awsFailedDeployModel } from './aws-failed-deploy-model.ts';
import { awsGroupPoisoned } from './aws-group-poisoned.ts';
import { awsInstanceTargetClusterip } from './aws-instance-target-clusterip.ts';
import { awsTargetsUnhealthy } from './aws-targets-unhealthy.ts';
import { gkeBackendUnhealthy } from './gke-backend-unhealthy.ts';
import { gkeNewIngressProvisioning } from './gke-new-ingress-provisioning.ts';
import { gkeTranslateError } from './gke-translate-error.ts';
import { hostDnsMismatch } from './host-dns-mismatch.ts';
import { ingressStatusEmpty } from './ingress-status-empty.ts';
import { lbAzureProbePath } from './lb-azure-probe-path.ts';
import { lbEtpLocalNoLocalPod } from './lb-etp-local-no-local-pod.ts';
import { lbFirewallNodeport } from './lb-firewall-nodeport.ts';
import { lbHairpinProxyProtocol } from './lb-hairpin-proxy-protocol.ts';
import { lbIdleTimeout } from './lb-idle-timeout.ts';
import { lbIpPoolExhausted } from './lb-ip-pool-exhausted.ts';
import { lbKlipperHostportClash } from './lb-klipper-hostport-clash.ts';
import { lbMixedProtocol } from './lb-mixed-protocol.ts';
import { lbNoImplementation } from './lb-no-implementation.ts';
import { lbNodeportOnly } from './lb-nodeport-only.ts';
import { lbProxyProtocolMismatch } from './lb-proxy-protocol-mismatch.ts';
import { lbServicePending } from './lb-service-pending.ts';
import { lbSourceRanges } from './lb-source-ranges.ts';
import { lbTlsOffloadToHttpsPort } from './lb-tls-offload-to-https-port.ts';

/** In the order of their codes. */
export const LOADBALANCER_RULES: readonly Rule[] = [
  ingressStatusEmpty,
  lbServicePending,
  lbNoImplementation,
  lbEtpLocalNoLocalPod,
  awsFailedBuildModel,
  awsFailedDeployModel,
  awsGroupPoisoned,
  awsInstanceTargetClusterip,
  awsTargetsUnhealthy,
  gkeBackendUnhealthy,
  gkeTranslateError,
  gkeNewIngressProvisioning,
  agicBackendEmpty,
  agicControlPlaneError,
  agicProbeMismatch,
  lbIpPoolExhausted,
  lbKlipperHostportClash,
  lbMixedProtocol,
  lbProxyProtocolMismatch,
  lbHairpinProxyProtocol,
  lbTlsOffloadToHttpsPort,
  lbSourceRanges,
  lbAzureProbePath,
  lbIdleTimeout,
  hostDnsMismatch,
  lbFirewallNodeport,
  lbNodeportOnly,
];
