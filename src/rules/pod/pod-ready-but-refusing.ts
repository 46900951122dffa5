import { timeOf } from '../../kubernetes/duration.ts';
import { logListeners } from '../../kubernetes/log-lines.ts';
import {
  findCondition,
  isPodReady,
  isPodTerminating,
  makerOf,
  servingContainer,
} from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { declaredPorts, resolveTargetPort } from '../../kubernetes/ports.ts';
import { probePort } from '../../kubernetes/probe.ts';
import type { Confidence, Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace, ContainerLog, IngressTrace, PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { eventLine, type SeenEvent } from '../shared/log-events.ts';
import { editOwner, showLog } from '../shared/pod-commands.ts';
import { servedPort } from '../shared/pod-consequences.ts';
import { attemptsOn, attemptsOnBackend } from '../shared/upstream-attempts.ts';

export const podReadyButRefusing = defineRule({
  code: 'GD4122',
  name: 'pod-ready-but-refusing',
  title: 'the Pod is Ready, but its port refuses connections',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'connection-refused',
  explains: [],
  visits: 'pod',
  needs: [],
  uses: ['logs', 'controllerLogs'],

  *check({ now, trace, backend, pod, owner, logs, controllerLogs }) {
    const judged = judge({ now, trace, backend, pod, logs, controllerLogs });
    if (judged === undefined) {
      if (logs === undefined && mayRefuse(pod, backend)) yield { cannotTell: 'logs' };
      if (controllerLogs === undefined && mayRefuse(pod, backend)) yield { cannotTell: 'controllerLogs' };
      return;
    }
    const { port, isLoopback, confidence, evidence } = judged;
    const serving = servingContainer(pod, servedPort(backend));
    yield {
      object: referenceTo(pod),
      message: isLoopback
        ? `it is Ready, but listens on port ${port} of the loopback address only`
        : `it is Ready, but port ${port} refuses connections`,
      confidence,
      partial: hasAnsweringPods({ now, trace, backend, pod, controllerLogs }),
      evidence: [
        ...evidence,
        fieldEvidence(
          referenceTo(pod),
          `${serving?.specField ?? 'spec.containers[]'}.readinessProbe`,
          serving?.spec.readinessProbe === undefined ? undefined : 'does not try this port',
        ),
      ],
      fix: {
        summary: isLoopback
          ? `let the app listen on 0.0.0.0:${port}, and give it a readiness probe on that port`
          : `let the app listen on port ${port}, or point targetPort at the port on which it does; add a readiness probe there`,
        commands: [...(serving === undefined ? [] : [showLog(pod, serving.name)]), ...editOwner(owner)],
      },
    };
  },
});

interface RefusalFacts {
  readonly now: Date;
  readonly trace: IngressTrace;
  readonly backend: BackendTrace;
  readonly pod: Pod;
  readonly logs?: readonly ContainerLog[] | undefined;
  readonly controllerLogs: readonly ContainerLog[] | undefined;
}

interface Judgement {
  readonly port: number;
  readonly isLoopback: boolean;
  readonly confidence: Confidence;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/** The Pod port that requests go to, unless it is none of ours or a probe that passes proves that it takes connections. */
function mayRefuse(pod: Pod, backend: BackendTrace): number | undefined {
  const port = backend.port === undefined ? undefined : resolveTargetPort(pod, backend.port.port);
  const isServed = port !== undefined && isPodReady(pod) && !isPodTerminating(pod) && !isProbed(pod, port);
  return isServed ? port : undefined;
}

function judge({ now, trace, backend, pod, logs, controllerLogs }: RefusalFacts): Judgement | undefined {
  const port = mayRefuse(pod, backend);
  if (port === undefined) return undefined;

  const refusal =
    refusalOf(trace, pod, port, controllerLogs, now) ??
    refusalOfAll({ now, trace, backend, pod, controllerLogs });
  const listener =
    loopbackListener(pod, port, logs) ??
    (refusal === undefined ? undefined : siblingListener(backend, pod, port));
  if (listener !== undefined) {
    const told = refusal === undefined ? [] : [eventLine(refusal)];
    const confidence = refusal === undefined ? 'likely' : 'certain';
    return { port, isLoopback: true, confidence, evidence: [listener, ...told] };
  }
  // A targetPort that no container declares is the Service's fault, which has its own rule.
  const declared = declaredPorts(pod.spec);
  if (declared.length > 0 && declared.every(({ number }) => number !== port)) return undefined;
  if (refusal === undefined) return undefined;
  return {
    port,
    isLoopback: false,
    // A line without an address does not say that it was this Pod.
    confidence: refusal.isExplicit && refusal.tries !== undefined ? 'certain' : 'likely',
    evidence: [eventLine(refusal)],
  };
}

function isProbed(pod: Pod, port: number): boolean {
  return (pod.spec?.containers ?? []).some(
    (spec) => spec.readinessProbe !== undefined && probePort(spec.readinessProbe, spec) === port,
  );
}

function loopbackListener(pod: Pod, port: number, logs: readonly ContainerLog[] = []): Evidence | undefined {
  for (const log of logs.filter(({ previous }) => !previous)) {
    const listeners = logListeners(log.text).filter((listener) => listener.port === port);
    const [first] = listeners;
    if (first === undefined || listeners.some(({ isLoopback }) => !isLoopback)) continue;
    return logEvidence(referenceTo(pod), log, first.line);
  }
  return undefined;
}

/** What another Pod of the same ReplicaSet (or other maker) logs: of some Pods no log is read. */
function siblingListener({ pods }: BackendTrace, pod: Pod, port: number): Evidence | undefined {
  const maker = makerOf(pod);
  const siblings = valueOr(pods, []).filter((other) => maker !== undefined && makerOf(other.pod) === maker);
  for (const other of siblings) {
    const listener = loopbackListener(other.pod, port, valueOr(other.logs, []));
    if (listener !== undefined) return listener;
  }
  return undefined;
}

/** The last try of the controller to reach the Pod, if it was refused, and since the Pod is Ready. */
function refusalOf(
  trace: IngressTrace,
  pod: Pod,
  port: number,
  controllerLogs: readonly ContainerLog[] | undefined,
  now: Date,
): SeenEvent | undefined {
  const readySince = readyTime(pod);
  for (const log of controllerLogs ?? []) {
    const attempt = attemptsOn(trace, log, now, pod, port).at(-1);
    if (attempt?.outcome !== 'refused') continue;
    const { event } = attempt;
    if (event.time !== undefined && readySince !== undefined && event.time < readySince) continue;
    return event;
  }
  return undefined;
}

/** The newest of the requests to the backend since the Pod is Ready, where all of them were refused. */
function refusalOfAll({ now, trace, backend, pod, controllerLogs }: RefusalFacts): SeenEvent | undefined {
  const readySince = readyTime(pod);
  const attempts = (controllerLogs ?? [])
    .flatMap((log) => attemptsOnBackend(trace, log, now, backend))
    .filter(({ event: { time } }) => time === undefined || readySince === undefined || time >= readySince);
  return attempts.every(({ outcome }) => outcome === 'refused') ? attempts.at(-1)?.event : undefined;
}

function readyTime(pod: Pod): Date | undefined {
  return timeOf(findCondition(pod.status?.conditions, 'Ready')?.lastTransitionTime);
}

/** Whether another ready Pod takes the requests: by the controller's log, or because its readiness probe tries the port. */
function hasAnsweringPods({ now, trace, backend, pod, controllerLogs }: RefusalFacts): boolean {
  return valueOr(backend.pods, []).some((other: PodTrace) => {
    if (!isPodReady(other.pod) || isPodTerminating(other.pod)) return false;
    if (other.pod.metadata?.name === pod.metadata?.name) return false;
    const port = backend.port === undefined ? undefined : resolveTargetPort(other.pod, backend.port.port);
    if (port === undefined) return false;
    if (isProbed(other.pod, port)) return true;
    const logs = valueOr(other.logs, []);
    if (judge({ now, trace, backend, pod: other.pod, logs, controllerLogs }) !== undefined) return false;
    return (controllerLogs ?? []).some(
      (log) => attemptsOn(trace, log, now, other.pod, port).at(-1)?.outcome === 'answered',
    );
  });
}
