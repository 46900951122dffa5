import { judgeAppLog, judgeStatuses } from '../../kubernetes/app-log.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import { isPodReady, isPodTerminating, podAddresses, servingContainer } from '../../kubernetes/pod.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import { type ProxyAttempt, proxyAttempts } from '../../kubernetes/proxy-log.ts';
import type { Container, Pod } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { reference, referenceTo } from '../../model/reference.ts';
import type { BackendTrace, ContainerLog } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { logEvidence } from '../shared/evidence.ts';
import { showLog } from '../shared/pod-commands.ts';
import { servedPort } from '../shared/pod-consequences.ts';

/** Seconds for which answers in the controller's log count. */
const RECENT = 900;

export const appLogErrors = defineRule({
  code: 'GD4127',
  name: 'app-log-errors',
  title: 'the app itself answers requests with errors',
  hop: 'pod',
  severity: 'high',
  confidence: 'likely',
  symptom: 'application-error',
  explains: [],
  visits: 'pod',
  needs: ['logs'],
  uses: ['controllerLogs'],

  *check({ now, backend, pod, logs, controllerLogs }) {
    const judged = judge({ now, backend, pod, logs, controllerLogs });
    if (judged === undefined) return;
    const { container, words, status, isPartial, evidence } = judged;
    yield {
      object: referenceTo(pod),
      message: `the app in container \`${container}\` ${words}`,
      ...(status !== undefined && { status }),
      partial: isPartial || hasWorkingPods({ now, backend, pod, controllerLogs }),
      evidence,
      fix: { summary: 'mend what the log of the app names', commands: [showLog(pod, container)] },
    };
  },
});

interface AppFacts {
  readonly now: Date;
  readonly backend: BackendTrace;
  readonly pod: Pod;
  readonly logs: readonly ContainerLog[];
  readonly controllerLogs: readonly ContainerLog[] | undefined;
}

/** Whether another ready Pod, of which a log line or an answer was seen, shows no such errors. */
function hasWorkingPods({ now, backend, pod, controllerLogs }: Omit<AppFacts, 'logs'>): boolean {
  return valueOr(backend.pods, []).some((other) => {
    if (!isPodReady(other.pod) || isPodTerminating(other.pod)) return false;
    if (other.pod.metadata?.name === pod.metadata?.name) return false;
    // Logs are read of a few Pods only; nothing seen is no sign of work.
    const logs = valueOr(other.logs, []).filter(({ text }) => text.trim() !== '');
    const answers = (controllerLogs ?? []).flatMap((log) => recentAnswers(other.pod, backend, log, now));
    if (logs.length === 0 && answers.length === 0) return false;
    return judge({ now, backend, pod: other.pod, logs, controllerLogs }) === undefined;
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

function judge({ now, backend, pod, logs, controllerLogs }: AppFacts): Judgement | undefined {
  const serving = servingContainer(pod, servedPort(backend));
  if (serving === undefined || !isPodReady(pod) || isPodTerminating(pod)) return undefined;
  const log = logs.find(({ container, previous }) => container === serving.name && !previous);
  const own = log === undefined ? undefined : judgeAppLog(log.text, now, probePaths(serving.spec));
  const seen = answersSeen(pod, backend, controllerLogs, now);
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
  pod: Pod,
  backend: BackendTrace,
  controllerLogs: readonly ContainerLog[] | undefined,
  now: Date,
): { readonly status: number; readonly isPartial: boolean; readonly evidence: Evidence } | undefined {
  for (const log of controllerLogs ?? []) {
    const answers = recentAnswers(pod, backend, log, now);
    const judged = judgeStatuses(answers.flatMap(({ status }) => status ?? []));
    const line = answers.findLast(({ status }) => status === judged?.status)?.line;
    if (judged === undefined || line === undefined) continue;
    return { ...judged, evidence: logEvidence(reference('Pod', log.namespace, log.pod), log, line) };
  }
  return undefined;
}

function recentAnswers(
  pod: Pod,
  backend: BackendTrace,
  log: ContainerLog,
  now: Date,
): readonly ProxyAttempt[] {
  const port = backend.port === undefined ? undefined : resolveTargetPort(pod, backend.port.port);
  if (port === undefined) return [];
  return podAddresses(pod)
    .flatMap((address) => proxyAttempts(log.text, address, port))
    .filter(({ time }) => time === undefined || (secondsSince(time.toISOString(), now) ?? 0) <= RECENT)
    .filter(({ outcome }) => outcome === 'answered');
}
