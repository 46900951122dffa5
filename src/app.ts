import { setTimeout as sleep } from 'node:timers/promises';
import { usesColor } from './cli/color.ts';
import { type Edge, widthOf } from './cli/edge.ts';
import { EXIT_CODES, exitCodeOf } from './cli/exit-code.ts';
import type { Invocation, Selection } from './cli/invocation.ts';
import { startProgress } from './cli/progress.ts';
import { UsageError } from './cli/usage-error.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { Diagnosis } from './model/diagnosis.ts';
import { openSource } from './open-source.ts';

/** Milliseconds between two diagnoses of `--watch`. */
const watchInterval = 5000;
const clearScreen = '\u001b[H\u001b[2J';

type DiagnoseInvocation = Extract<Invocation, { command: 'diagnose' }>;

/** Diagnoses and prints the report on stdout; answers the exit code. Rejects with a known error for what stops it. */
export async function runDiagnosis(invocation: DiagnoseInvocation, edge: Edge): Promise<number> {
  if (!invocation.isWatch) {
    const { text, code } = await report(invocation, edge);
    edge.stdout.write(text);
    return code;
  }
  while (!edge.signal.aborted) {
    const { text } = await report(invocation, edge);
    edge.stdout.write(edge.stdout.isTerminal ? `${clearScreen}${text}` : text);
    await sleep(watchInterval, undefined, { signal: edge.signal }).catch(() => {});
  }
  return EXIT_CODES.interrupted;
}

/** Prints on stdout all that a diagnosis of the selection reads, as a file for `--from`; answers the exit code. */
export async function runSnapshot(selection: Selection, edge: Edge): Promise<number> {
  const { recordingCluster } = await import('./cluster/recording.ts');
  let snapshot = () => '';
  await diagnose(selection, edge, (cluster) => {
    const recording = recordingCluster(cluster);
    snapshot = recording.snapshot;
    return recording.cluster;
  });
  edge.stdout.write(snapshot());
  return EXIT_CODES.healthy;
}

async function report({ selection, format, color }: DiagnoseInvocation, edge: Edge) {
  const { diagnoses, now } = await diagnose(selection, edge, (cluster) => cluster);
  const { reportText } = await import('./cli/report.ts');
  const isNamed = selection.words.kind !== 'everything';
  const text = reportText(diagnoses, format, isNamed, {
    width: widthOf(edge.stdout, edge.variables),
    color: usesColor(color, edge.stdout.isTerminal, edge.variables),
    now,
    seenStatus: selection.seenStatus,
  });
  return { text, code: exitCodeOf(diagnoses.map(({ verdict }) => verdict)) };
}

/** `wrap` may put itself between the diagnosis and the cluster. */
async function diagnose(
  selection: Selection,
  edge: Edge,
  wrap: (cluster: Cluster) => Cluster,
): Promise<{ readonly diagnoses: readonly Diagnosis[]; readonly now: Date }> {
  const progress = startProgress(edge.stderr);
  progress.show('connecting');
  try {
    const source = await openSource(selection.source, edge);
    try {
      // Loaded while the connection is being made.
      const { resolveTarget } = await import('./cli/resolve-target.ts');
      const { diagnoseTarget } = await import('./diagnose-target.ts');
      const target = await resolveTarget(selection, source.cluster, source.namespace);
      const { seenStatus, logSeconds } = selection;
      const cluster = wrap(source.cluster);
      const { diagnoses, problem } = await diagnoseTarget(cluster, target, {
        ...(seenStatus !== undefined && { seenStatus }),
        ...(logSeconds !== undefined && { logSeconds }),
        onProgress: progress.show,
      });
      source.checkReachable();
      if (problem !== undefined) throw new UsageError(problem.message);
      return { diagnoses, now: cluster.now() };
    } finally {
      source.close();
    }
  } finally {
    progress.end();
  }
}
