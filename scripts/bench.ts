import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { type Comparison, compare } from './bench/measure.ts';
import { startRelay } from './bench/relay.ts';
import { makeScene, type Scene } from './bench/scene.ts';

// npm run bench [-- RUNS]: how quickly the packaged binary starts and diagnoses, against the kubectl of scripts/cluster.
// The binary has to be there (npm run build, npm run package -- linux-x64). A cluster that runs already is used and
// left running. Exits with 1 when a target is missed: on a busy machine look at the ratios, which suffer least.

const root = path.join(import.meta.dirname, '..');
const binary = path.join(root, 'build/linux-x64/kubectl-gateway_doctor');
const cluster = path.join(root, 'scripts/cluster');
/** Milliseconds to the API server and back, where the network is a slow one. */
const roundTrip = 50;

/** What one comparison must show: the most that a ratio may be. */
interface Target {
  readonly name: string;
  readonly comparison: Comparison;
  readonly most: { readonly cpu?: number; readonly wall?: number };
}

async function measure(runs: number): Promise<readonly Target[]> {
  const scene = makeScene();
  const relay = await startRelay(serverPort(), roundTrip);
  try {
    return [
      ...(await startUps(runs)),
      ...(await diagnoses(scene, runs, '', 'at once', { cpu: 2, wall: 1 })),
      ...(await diagnoses(scene, runs, `--server https://${relay.address}`, `over ${roundTrip} ms`, {
        wall: 1,
      })),
    ];
  } finally {
    relay.close();
    scene.remove();
  }
}

/** What prints a text that the binary holds. */
async function startUps(runs: number): Promise<readonly Target[]> {
  const lines = ['version', '--help', 'completion bash', "__complete explain ''", 'explain GD2107'];
  const targets: Target[] = [];
  for (const line of lines) {
    const comparison = await compare(`${binary} ${line}`, 'kubectl version --client', runs, [0]);
    targets.push({ name: line, comparison, most: { cpu: 1 } });
  }
  return targets;
}

/** A diagnosis, against describing the Ingress and then the Service. */
async function diagnoses(
  { namespace, failing, healthy }: Scene,
  runs: number,
  flags: string,
  how: string,
  most: Target['most'],
): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (const [name, app] of [
    ['failing', failing],
    ['healthy', healthy],
  ]) {
    const describe = ['ingress', 'service'].map(
      (kind) => `kubectl describe ${kind} ${app} -n ${namespace} ${flags}`,
    );
    // 3: the bed has no metrics.
    const ours = `${binary} ${app} -n ${namespace} ${flags}`;
    const comparison = await compare(ours, describe.join(' && '), runs, [0, 1, 3]);
    targets.push({ name: `${name} Ingress ${how}`, comparison, most });
  }
  return targets;
}

function serverPort(): number {
  const kubeconfig = load(readFileSync(process.env['KUBECONFIG'] ?? '', 'utf8')) as {
    readonly clusters: readonly [{ readonly cluster: { readonly server: string } }];
  };
  return Number(new URL(kubeconfig.clusters[0].cluster.server).port);
}

function show(targets: readonly Target[], runs: number): void {
  const rows = targets.map(({ name, comparison: { ours, theirs, ratio }, most }) => [
    name,
    ...(['cpu', 'wall'] as const).flatMap((figure) => [
      ours[figure].toFixed(0),
      theirs[figure].toFixed(0),
      ratio[figure].toFixed(2),
      most[figure] === undefined ? '-' : `${most[figure].toFixed(1)} ${isMet(ratio[figure], most[figure])}`,
    ]),
  ]);
  const head = ['', 'CPU ms', 'kubectl', 'ratio', 'at most', 'wall ms', 'kubectl', 'ratio', 'at most'];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  console.log(`The binary has ${(statSync(binary).size / 1e6).toFixed(1)} MB.`);
  console.log(
    `Medians of ${runs} pairs of runs, one after the other; a ratio is the median of the pairs' ratios.`,
  );
  console.log('kubectl: `version --client`; for an Ingress `describe ingress`, then `describe service`.');
  console.log(`${roundTrip} ms: the round trip through a relay that delays, for both.\n`);
  console.log(lines.join('\n'));
}

function isMet(ratio: number, most: number): 'ok' | 'MISSED' {
  return ratio <= most ? 'ok' : 'MISSED';
}

async function bench(runs: number): Promise<number> {
  const targets = await measure(runs);
  show(targets, runs);
  const isAllMet = targets.every(({ comparison: { ratio }, most }) =>
    (['cpu', 'wall'] as const).every((figure) => ratio[figure] <= (most[figure] ?? Number.POSITIVE_INFINITY)),
  );
  return isAllMet ? 0 : 1;
}

/** Runs this script once more, where the cluster's network is. */
function benchInCluster(runs: number): number {
  const runsAlready = spawnSync(cluster, ['status'], { encoding: 'utf8' }).stdout.startsWith('level');
  if (!runsAlready && spawnSync(cluster, ['control'], { stdio: ['ignore', 2, 2] }).status !== 0) return 2;
  try {
    const line = ['exec', process.execPath, '--no-warnings', import.meta.filename, String(runs)];
    return spawnSync(cluster, line, { stdio: 'inherit' }).status ?? 2;
  } finally {
    // One that ran already is somebody's, who also ends it.
    if (!runsAlready) spawnSync(cluster, ['down'], { stdio: ['ignore', 2, 2] });
  }
}

const runs = Number(process.argv[2] ?? 15);
if (!Number.isInteger(runs) || runs < 1) {
  console.error('error: give the number of runs, such as 15');
  process.exitCode = 2;
} else if (!existsSync(binary)) {
  console.error('error: there is no binary yet: run npm run build, and npm run package -- linux-x64');
  process.exitCode = 2;
} else {
  process.exitCode = process.env['GATEWAY_DOCTOR_CLUSTER'] ? await bench(runs) : benchInCluster(runs);
}
