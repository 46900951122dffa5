import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from '../../src/cluster/live/connect.ts';
import { recordingCluster } from '../../src/cluster/recording.ts';
import { diagnoseTarget } from '../../src/diagnose-target.ts';
import type { Verdict } from '../../src/model/diagnosis.ts';
import type { Confidence } from '../../src/model/finding.ts';
import type { Target } from '../../src/model/target.ts';
import { toDiagnosisList } from '../../src/render/contract.ts';

/** The parts of the JSON report that the comparison looks at. */
export interface DiagnosisDocument {
  readonly verdict: Verdict;
  readonly rootCauses: readonly FindingDocument[];
  readonly routes: readonly RouteDocument[];
  readonly findings: readonly FindingDocument[];
}

export interface FindingDocument {
  readonly rule: string;
  readonly confidence: Confidence;
}

export interface RouteDocument {
  readonly host: string;
  readonly path: string;
  readonly tls: boolean;
  readonly verdict: Verdict;
  readonly prediction: {
    readonly status: number | null;
    readonly symptom: string | null;
    readonly answeredBy: string | null;
    readonly confidence: Confidence;
    readonly partialStatus?: number | null;
  };
}

/** What to diagnose: an Ingress by its name, or a URL. */
export interface Asked {
  readonly namespace: string;
  readonly name: string;
  readonly url?: string;
}

/** The command that runs gateway-doctor. */
const [program = '', ...prefix] = (process.env['GATEWAY_DOCTOR_COMMAND'] ?? '').split(' ');

/** Runs gateway-doctor and gives what it prints. Rejects when it could not diagnose. */
export function runDoctor(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1' } };
    execFile(program, [...prefix, ...args], options, (error, stdout, stderr) => {
      const isDiagnosed = error === null || error.code === 1 || error.code === 3;
      if (isDiagnosed && stdout !== '') resolve(stdout);
      else
        reject(
          new Error(`gateway-doctor ${args.join(' ')}: ${stderr || error?.message || 'printed nothing'}`),
        );
    });
  });
}

/** The diagnosis of the live cluster, as JSON tells it. */
export async function diagnoseLive(asked: Asked, flags: readonly string[] = []): Promise<DiagnosisDocument> {
  const { items } = JSON.parse(await runDoctor([...wordsOf(asked), '-o', 'json', ...flags]));
  return items.find(isAbout(asked)) ?? items[0];
}

/**
 * Diagnoses the live cluster while recording it, writes the snapshot, and tells whether gateway-doctor makes the same
 * of that file, byte for byte.
 */
export async function replaysAlike(asked: Asked, file: string): Promise<boolean> {
  const connection = await connect(
    {},
    {
      variables: process.env,
      version: 'truth',
      isInteractive: false,
      tell: () => {},
      signal: new AbortController().signal,
    },
  );
  try {
    const recording = recordingCluster(connection.cluster);
    const { diagnoses } = await diagnoseTarget(recording.cluster, targetOf(asked), {});
    writeFileSync(file, recording.snapshot());
    const live = JSON.stringify(toDiagnosisList(diagnoses), undefined, 2);
    const replayed = JSON.parse(await runDoctor([...wordsOf(asked), '--from', file, '-o', 'json']));
    return JSON.stringify(replayed, undefined, 2) === live;
  } finally {
    connection.close();
  }
}

function wordsOf({ namespace, name, url }: Asked): readonly string[] {
  return [url ?? name, '-n', namespace];
}

function isAbout({ name }: Asked) {
  return ({ target }: { readonly target: { readonly name: string } }) => target.name === name;
}

function targetOf({ namespace, name, url }: Asked): Target {
  if (url === undefined) return { kind: 'ingress', namespace, name };
  const { protocol, hostname, pathname } = new URL(url);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return { kind: 'url', namespace, url: { url, scheme, host: hostname, path: pathname } };
}
