import { judgeAppLog, judgeStatuses } from '../../kubernetes/app-log.ts';
import { isPodReady, isPodTerminating, servingContainer } from '../../kubernetes/pod.ts';
import type { Container, Pod } from '../../kubernetes/pod-types.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace, ContainerLog, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { logEvidence } from '../shared/evidence.ts';
import { eventLine } from '../shared/log-events.ts';
import { showLog } from '../shared/pod-commands.ts';
import { servedPort } from '../shared/pod-consequences.ts';
import { attemptsOn, type UpstreamAttempt } from '../shared/upstream-attempts.ts';

export const appLogErrors = defineRule({
  code: 'GD4127',
  name: 'app-log-errors',
  title: 'the app itself answers requests with errors',
  hop: 'pod',
  severity: 'high',
  confidence: 'likely',
  symptom: 'application-error',
  explains: ['upstream-read-timeout'],
  visits: 'pod',
  needs: ['logs'],
  uses: ['controllerLogs'],

  *check({ now, logSeconds, trace, backend, pod, logs, controllerLogs }) {
    const judged = judge({ now, logSeconds, trace, backend, pod, logs, controllerLogs });
    if (judged === undefined) return;
    const { container, words, status, isPartial, evidence } = judged;
    yield {
      object: referenceTo(pod),
      message: `the app in container \`${container}\` ${words}`,
      ...(status !== undefined && { status }),
      partial: isPartial || hasWorkingPods({ now, logSeconds, trace, backend, pod, controllerLogs }),
      evidence,
      fix: { summary: 'mend what the log of the app names', commands: [showLog(pod, container)] },
    };
  },
});

interface AppFacts {
  readonly now: Date;
  readonly logSeconds: number;
  readonly trace: IngressTrace;
  readonly backend: BackendTrace;
  readonly pod: Pod;
  readonly logs: readonly ContainerLog[];
  readonly controllerLogs: readonly ContainerLog[] | undefined;
}

/** Whether another ready Pod, of which a log line or an answer was seen, shows no such errors. */
function hasWorkingPods({ pod, ...facts }: Omit<AppFacts, 'logs'>): boolean {
  const { backend, controllerLogs } = facts;
  return valueOr(backend.pods, []).some((other) => {
    if (!isPodReady(other.pod) || isPodTerminating(other.pod)) return false;
    if (other.pod.metadata?.name === pod.metadata?.name) return false;
    // Logs are read of a few Pods only; nothing seen is no sign of work.
    const logs = valueOr(other.logs, []).filter(({ text }) => text.trim() !== '');
    const answers = (controllerLogs ?? []).flatMap((log) => answersOf({ ...facts, pod: other.pod }, log));
    if (logs.length === 0 && answers.length === 0) return false;
    return judge({ ...facts, pod: other.pod, logs }) === undefined;
  });
}

interface Judgement {
  readonly container: string;
  readonly words: string;
  /** Of most of the failing answers. */
  readonly status?: number;
  readonly isPartial: boolean;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

function judge(facts: AppFacts): Judgement | undefined {
  const { now, logSeconds, backend, pod, logs } = facts;
  const serving = servingContainer(pod, servedPort(backend));
  if (serving === undefined || !isPodReady(pod) || isPodTerminating(pod)) return undefined;
  const log = logs.find(({ container, previous }) => container === serving.name && !previous);
  const own =
    log === undefined ? undefined : judgeAppLog(log.text, now, logSeconds, probePaths(serving.spec));
  const seen = answersSeen(facts);
  const toldByApp =
    log === undefined || own === undefined ? [] : [logEvidence(referenceTo(pod), log, own.line)];
  const [first, ...rest] = [...(seen === undefined ? [] : [seen.evidence]), ...toldByApp];
  if (first === undefined) return undefined;

  const status = seen?.status ?? own?.status;
  const answers = status === undefined ? undefined : `answers ${status}`;
  const tells =
    own === undefined || own.trouble === 'server errors' ? undefined : `logs errors (\`${own.trouble}\`)`;
  return {
    container: serving.name,
    words: [answers, tells].filter((part) => part !== undefined).join(' and '),
    ...(status !== undefined && { status }),
    isPartial: seen?.isPartial ?? own?.isPartial ?? false,
    evidence: [first, ...rest],
  };
}

function probePaths({ readinessProbe, livenessProbe, startupProbe }: Container): readonly string[] {
  return [readinessProbe, livenessProbe, startupProbe].flatMap((probe) =>
    probe?.httpGet === undefined ? [] : [probe.httpGet.path ?? '/'],
  );
}

/** What the controller's log says the Pod itself has answered lately. */
function answersSeen(
  facts: AppFacts,
): { readonly status: number; readonly isPartial: boolean; readonly evidence: Evidence } | undefined {
  for (const log of facts.controllerLogs ?? []) {
    const answers = answersOf(facts, log);
    const judged = judgeStatuses(answers.flatMap(({ status }) => status ?? []));
    const telling = answers.findLast(({ status }) => status === judged?.status)?.event;
    if (judged === undefined || telling === undefined) continue;
    return { ...judged, evidence: eventLine(telling) };
  }
  return undefined;
}

function answersOf(
  { trace, now, pod, backend }: Pick<AppFacts, 'trace' | 'now' | 'pod' | 'backend'>,
  log: ContainerLog,
): readonly UpstreamAttempt[] {
  const port = backend.port === undefined ? undefined : resolveTargetPort(pod, backend.port.port);
  if (port === undefined) return [];
  return attemptsOn(trace, log, now, pod, port).filter(({ outcome }) => outcome === 'answered');
}
