import { classAnnotationFieldConflict } from './class/class-annotation-field-conflict.ts';
import { classAnnotationOnly } from './class/class-annotation-only.ts';
import { controllerCrashlooping } from './class/controller-crashlooping.ts';
import { controllerNotReady } from './class/controller-not-ready.ts';
import { ingressclassControllerArgMismatch } from './class/ingressclass-controller-arg-mismatch.ts';
import { ingressclassMissing } from './class/ingressclass-missing.ts';
import { ingressclassNoController } from './class/ingressclass-no-controller.ts';
import { ingressclassUnsetNoDefault } from './class/ingressclass-unset-no-default.ts';
import { corednsConfigError } from './dns/coredns-config-error.ts';
import { corednsDown } from './dns/coredns-down.ts';
import { doctorRbacLimited } from './doctor/doctor-rbac-limited.ts';
import { endpointsAllNotReady } from './endpoints/endpoints-all-not-ready.ts';
import { endpointsNone } from './endpoints/endpoints-none.ts';
import { endpointsPartial } from './endpoints/endpoints-partial.ts';
import { endpointsStale } from './endpoints/endpoints-stale.ts';
import { endpointsTerminatingOnly } from './endpoints/endpoints-terminating-only.ts';
import { endpointsWithoutPorts } from './endpoints/endpoints-without-ports.ts';
import { defaultBackendDown } from './ingress-rule/default-backend-down.ts';
import { duplicateHostPath } from './ingress-rule/duplicate-host-path.ts';
import { hostNoMatch } from './ingress-rule/host-no-match.ts';
import { ingressBeingDeleted } from './ingress-rule/ingress-being-deleted.ts';
import { pathExactVsSubpath } from './ingress-rule/path-exact-vs-subpath.ts';
import { pathPrefixElementBoundary } from './ingress-rule/path-prefix-element-boundary.ts';
import { resourceBackend } from './ingress-rule/resource-backend.ts';
import { ruleWithoutHttp } from './ingress-rule/rule-without-http.ts';
import { ingressStatusEmpty } from './loadbalancer/ingress-status-empty.ts';
import { lbEtpLocalNoLocalPod } from './loadbalancer/lb-etp-local-no-local-pod.ts';
import { lbNoImplementation } from './loadbalancer/lb-no-implementation.ts';
import { lbServicePending } from './loadbalancer/lb-service-pending.ts';
import { netpolEgressDeny } from './network/netpol-egress-deny.ts';
import { netpolIngressDeny } from './network/netpol-ingress-deny.ts';
import { netpolPortMismatch } from './network/netpol-port-mismatch.ts';
import { nodeNotReady } from './node/node-not-ready.ts';
import { nodePressure } from './node/node-pressure.ts';
import { appLogErrors } from './pod/app-log-errors.ts';
import { podConfigError } from './pod/pod-config-error.ts';
import { podCpuSaturated } from './pod/pod-cpu-saturated.ts';
import { podCrashloop } from './pod/pod-crashloop.ts';
import { podEvicted } from './pod/pod-evicted.ts';
import { podExitZero } from './pod/pod-exit-zero.ts';
import { podImagePull } from './pod/pod-image-pull.ts';
import { podInitStuck } from './pod/pod-init-stuck.ts';
import { podInvalidImageName } from './pod/pod-invalid-image-name.ts';
import { podKilled137 } from './pod/pod-killed-137.ts';
import { podLivenessKill } from './pod/pod-liveness-kill.ts';
import { podMemoryNearLimit } from './pod/pod-memory-near-limit.ts';
import { podNoReadinessProbe } from './pod/pod-no-readiness-probe.ts';
import { podOomkilled } from './pod/pod-oomkilled.ts';
import { podReadinessGate } from './pod/pod-readiness-gate.ts';
import { podReadinessHttpStatus } from './pod/pod-readiness-http-status.ts';
import { podReadinessRefused } from './pod/pod-readiness-refused.ts';
import { podReadinessScheme } from './pod/pod-readiness-scheme.ts';
import { podReadinessTimeout } from './pod/pod-readiness-timeout.ts';
import { podReadyButRefusing } from './pod/pod-ready-but-refusing.ts';
import { podSidecarNotReady } from './pod/pod-sidecar-not-ready.ts';
import { podStartError } from './pod/pod-start-error.ts';
import { podStartupProbe } from './pod/pod-startup-probe.ts';
import { podUnschedulableConstraints } from './pod/pod-unschedulable-constraints.ts';
import { podUnschedulableResources } from './pod/pod-unschedulable-resources.ts';
import { podUnschedulableVolume } from './pod/pod-unschedulable-volume.ts';
import { podVolumeMount } from './pod/pod-volume-mount.ts';
import type { Rule } from './rule.ts';
import { externalnameNotAllowed } from './service/externalname-not-allowed.ts';
import { externalnamePort } from './service/externalname-port.ts';
import { manualSlicePortName } from './service/manual-slice-port-name.ts';
import { publishNotReady } from './service/publish-not-ready.ts';
import { serviceInOtherNamespace } from './service/service-in-other-namespace.ts';
import { serviceMissing } from './service/service-missing.ts';
import { serviceNoSelectorNoSlices } from './service/service-no-selector-no-slices.ts';
import { servicePortIsTargetport } from './service/service-port-is-targetport.ts';
import { servicePortMissing } from './service/service-port-missing.ts';
import { serviceSelectorNoPods } from './service/service-selector-no-pods.ts';
import { serviceSelectorTooBroad } from './service/service-selector-too-broad.ts';
import { serviceTargetportNameMissing } from './service/service-targetport-name-missing.ts';
import { serviceTargetportUndeclared } from './service/service-targetport-undeclared.ts';
import { serviceTerminating } from './service/service-terminating.ts';
import { tlsExpired } from './tls/tls-expired.ts';
import { tlsHostNotListed } from './tls/tls-host-not-listed.ts';
import { tlsKeyMismatch } from './tls/tls-key-mismatch.ts';
import { tlsNotYetValid } from './tls/tls-not-yet-valid.ts';
import { tlsSanMismatch } from './tls/tls-san-mismatch.ts';
import { tlsSecretMalformed } from './tls/tls-secret-malformed.ts';
import { tlsSecretMissing } from './tls/tls-secret-missing.ts';
import { workloadLimitrange } from './workload/workload-limitrange.ts';
import { workloadMissing } from './workload/workload-missing.ts';
import { workloadPaused } from './workload/workload-paused.ts';
import { workloadPodsecurity } from './workload/workload-podsecurity.ts';
import { workloadProgressDeadline } from './workload/workload-progress-deadline.ts';
import { workloadQuota } from './workload/workload-quota.ts';
import { workloadWebhookOrSa } from './workload/workload-webhook-or-sa.ts';
import { workloadZeroReplicas } from './workload/workload-zero-replicas.ts';

/** Every rule, in the order in which a request meets what it looks at. */
export const RULES: readonly Rule[] = [
  ingressclassMissing,
  ingressclassUnsetNoDefault,
  ingressclassNoController,
  ingressclassControllerArgMismatch,
  classAnnotationOnly,
  classAnnotationFieldConflict,
  controllerNotReady,
  controllerCrashlooping,
  ingressStatusEmpty,
  lbServicePending,
  lbNoImplementation,
  lbEtpLocalNoLocalPod,
  hostNoMatch,
  pathExactVsSubpath,
  pathPrefixElementBoundary,
  duplicateHostPath,
  ruleWithoutHttp,
  defaultBackendDown,
  resourceBackend,
  ingressBeingDeleted,
  tlsSecretMissing,
  tlsSecretMalformed,
  tlsKeyMismatch,
  tlsExpired,
  tlsNotYetValid,
  tlsSanMismatch,
  tlsHostNotListed,
  serviceMissing,
  serviceInOtherNamespace,
  servicePortMissing,
  serviceTargetportNameMissing,
  servicePortIsTargetport,
  serviceTargetportUndeclared,
  serviceSelectorNoPods,
  serviceSelectorTooBroad,
  serviceNoSelectorNoSlices,
  manualSlicePortName,
  externalnameNotAllowed,
  externalnamePort,
  publishNotReady,
  serviceTerminating,
  endpointsNone,
  endpointsAllNotReady,
  endpointsPartial,
  endpointsTerminatingOnly,
  endpointsWithoutPorts,
  endpointsStale,
  workloadZeroReplicas,
  workloadMissing,
  workloadPaused,
  workloadProgressDeadline,
  workloadQuota,
  workloadLimitrange,
  workloadPodsecurity,
  workloadWebhookOrSa,
  podUnschedulableResources,
  podUnschedulableConstraints,
  podUnschedulableVolume,
  podImagePull,
  podInvalidImageName,
  podConfigError,
  podReadinessHttpStatus,
  podVolumeMount,
  podStartError,
  podCrashloop,
  podExitZero,
  podOomkilled,
  podKilled137,
  podInitStuck,
  podReadinessRefused,
  podReadinessTimeout,
  podReadinessScheme,
  podLivenessKill,
  podStartupProbe,
  podReadinessGate,
  podSidecarNotReady,
  podReadyButRefusing,
  podNoReadinessProbe,
  podEvicted,
  podMemoryNearLimit,
  podCpuSaturated,
  appLogErrors,
  nodeNotReady,
  nodePressure,
  netpolIngressDeny,
  netpolPortMismatch,
  netpolEgressDeny,
  corednsDown,
  corednsConfigError,
  doctorRbacLimited,
];
