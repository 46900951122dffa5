import type { Rule } from '../rule.ts';
import { appLogErrors } from './app-log-errors.ts';
import { podConfigError } from './pod-config-error.ts';
import { podCpuSaturated } from './pod-cpu-saturated.ts';
import { podCrashSignal } from './pod-crash-signal.ts';
import { podCrashloop } from './pod-crashloop.ts';
import { podEvicted } from './pod-evicted.ts';
import { podExit143 } from './pod-exit-143.ts';
import { podExitZero } from './pod-exit-zero.ts';
import { podFlapping } from './pod-flapping.ts';
import { podImagePull } from './pod-image-pull.ts';
import { podInitStuck } from './pod-init-stuck.ts';
import { podInvalidImageName } from './pod-invalid-image-name.ts';
import { podKeepaliveShorter } from './pod-keepalive-shorter.ts';
import { podKilled137 } from './pod-killed-137.ts';
import { podLivenessKill } from './pod-liveness-kill.ts';
import { podMemoryNearLimit } from './pod-memory-near-limit.ts';
import { podNoGracefulShutdown } from './pod-no-graceful-shutdown.ts';
import { podNoReadinessProbe } from './pod-no-readiness-probe.ts';
import { podOomkilled } from './pod-oomkilled.ts';
import { podPreempted } from './pod-preempted.ts';
import { podReadinessGate } from './pod-readiness-gate.ts';
import { podReadinessHttpStatus } from './pod-readiness-http-status.ts';
import { podReadinessRefused } from './pod-readiness-refused.ts';
import { podReadinessScheme } from './pod-readiness-scheme.ts';
import { podReadinessTimeout } from './pod-readiness-timeout.ts';
import { podReadyButRefusing } from './pod-ready-but-refusing.ts';
import { podSandbox } from './pod-sandbox.ts';
import { podSchedulingGated } from './pod-scheduling-gated.ts';
import { podSidecarNotReady } from './pod-sidecar-not-ready.ts';
import { podStartError } from './pod-start-error.ts';
import { podStartupProbe } from './pod-startup-probe.ts';
import { podTerminatingStuck } from './pod-terminating-stuck.ts';
import { podUnschedulableConstraints } from './pod-unschedulable-constraints.ts';
import { podUnschedulableResources } from './pod-unschedulable-resources.ts';
import { podUnschedulableVolume } from './pod-unschedulable-volume.ts';
import { podVolumeMount } from './pod-volume-mount.ts';

/** In the order of their codes. */
export const POD_RULES: readonly Rule[] = [
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
  podSchedulingGated,
  podSandbox,
  podCrashSignal,
  podExit143,
  podPreempted,
  podTerminatingStuck,
  podFlapping,
  podKeepaliveShorter,
  podNoGracefulShutdown,
];
