import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { isRecord, type JsonRecord } from '../../kubernetes/record.ts';
import { ConnectionError } from './connection-error.ts';
import { codeOf, messageOf, oneLine } from './error-text.ts';
import { type Entry, textOf } from './kubeconfig.ts';
import type { ConnectionEnvironment } from './options.ts';

/** What a credential plugin hands out; at least a token, or a certificate with its key (PEM). */
interface ExecCredential {
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** A plugin that nobody can answer must not hang; one that asks a person may take its time. */
const silentTimeout = 60_000;
const maxOutput = 1024 * 1024;

/**
 * Runs the user's credential plugin as kubectl does
 * (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins).
 * client-node can run plugins too, but leaves out KUBERNETES_EXEC_INFO, without which some refuse to work,
 * and keeps what they tell the user (a code to type in) to itself.
 */
export async function runExecPlugin(
  user: Entry,
  cluster: Entry,
  environment: ConnectionEnvironment,
): Promise<ExecCredential> {
  const exec = isRecord(user.fields['exec']) ? user.fields['exec'] : {};
  const command = textOf(exec['command']);
  if (!command) throw new ConnectionError(`user \`${user.name}\`: \`exec\` names no \`command\``);
  const mode = textOf(exec['interactiveMode']) ?? 'IfAvailable';
  if (mode === 'Always' && !environment.isInteractive) {
    throw new ConnectionError(
      `credential plugin \`${command}\` of user \`${user.name}\` needs a terminal: run it where there is one`,
    );
  }
  const isInteractive = environment.isInteractive && mode !== 'Never';
  const run: PluginRun = {
    command: resolveCommand(command, user.folder),
    arguments: Array.isArray(exec['args']) ? exec['args'].flatMap((item: unknown) => textOf(item) ?? []) : [],
    variables: pluginVariables(exec, cluster, isInteractive, environment),
    isInteractive,
    complain: (what) => {
      const hint = textOf(exec['installHint']);
      return new ConnectionError(
        `credential plugin \`${command}\` of user \`${user.name}\` ${what}${hint ? `; ${oneLine(hint)}` : ''}`,
      );
    },
  };
  return parseCredential(await output(run, environment), exec, run.complain);
}

interface PluginRun {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly isInteractive: boolean;
  /** An error about the plugin: `failed`, `was not found` ... */
  readonly complain: (what: string) => ConnectionError;
}

/** A command with a slash in it is relative to its kubeconfig; one without is looked up on PATH. */
function resolveCommand(command: string, folder: string): string {
  return /[\\/]/.test(command) ? path.resolve(folder, command) : command;
}

function pluginVariables(
  exec: JsonRecord,
  cluster: Entry,
  isInteractive: boolean,
  environment: ConnectionEnvironment,
): Readonly<Record<string, string | undefined>> {
  const extra = Array.isArray(exec['env']) ? exec['env'].filter(isRecord) : [];
  const spec =
    exec['provideClusterInfo'] === true
      ? { cluster: clusterInfo(cluster), interactive: isInteractive }
      : { interactive: isInteractive };
  const info = { kind: 'ExecCredential', apiVersion: exec['apiVersion'], spec };
  return {
    ...environment.variables,
    KUBERNETES_EXEC_INFO: JSON.stringify(info),
    ...Object.fromEntries(extra.map((item) => [textOf(item['name']) ?? '', textOf(item['value']) ?? ''])),
  };
}

function clusterInfo({ fields }: Entry): JsonRecord {
  const names = [
    'server',
    'tls-server-name',
    'insecure-skip-tls-verify',
    'certificate-authority-data',
    'proxy-url',
  ];
  const known = names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]);
  const extensions = Array.isArray(fields['extensions']) ? fields['extensions'].filter(isRecord) : [];
  const config = extensions.find((item) => item['name'] === 'client.authentication.k8s.io/exec');
  return { ...Object.fromEntries(known), ...(config === undefined ? {} : { config: config['extension'] }) };
}

function output(run: PluginRun, environment: ConnectionEnvironment): Promise<string> {
  const deadline = run.isInteractive ? undefined : AbortSignal.timeout(silentTimeout);
  const ends = [environment.signal, deadline].filter((signal) => signal !== undefined);
  return new Promise((resolve, reject) => {
    const child = spawn(run.command, run.arguments, {
      env: run.variables,
      stdio: [run.isInteractive ? 'inherit' : 'ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(ends.length === 0 ? {} : { signal: AbortSignal.any(ends) }),
    });
    const words = relayWords(child, environment.tell);
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.length > maxOutput) child.kill();
    });
    child.on('error', (error) => {
      words.end();
      reject(run.complain(whyNotRun(error, environment.signal, deadline)));
    });
    // A plugin's own children may hold its output open when it is ended.
    child.on('exit', (_, killedBy) => {
      if (killedBy === null) return;
      child.stdout?.destroy();
      child.stderr?.destroy();
    });
    child.on('close', (code, killedBy) => {
      words.end();
      if (code === 0) return resolve(text);
      const how = killedBy === null ? `failed with exit code ${code}` : `was ended by ${killedBy}`;
      const said = words.last();
      reject(run.complain(said === '' ? how : `${how}: ${said}`));
    });
  });
}

function whyNotRun(
  error: Error,
  interrupt: AbortSignal | undefined,
  deadline: AbortSignal | undefined,
): string {
  if (interrupt?.aborted) return 'was interrupted';
  if (deadline?.aborted) return `did not answer within ${silentTimeout / 1000}s`;
  if (codeOf(error) === 'ENOENT') return 'was not found: install it or put it on PATH';
  return `did not start: ${messageOf(error)}`;
}

/** How long a plugin may run before its words are shown at once: then it may be waiting for its user. */
const patience = 1000;
const maxLinesShown = 20;

/** Shows what a plugin says once it takes long; one that fails at once is reported by its last line alone. */
function relayWords(child: ChildProcess, tell: (line: string) => void) {
  let waiting: string[] = [];
  let unfinished = '';
  let last = '';
  let shown = 0;
  let isPatient = true;
  const show = () => {
    for (const line of waiting) if (shown++ < maxLinesShown) tell(line);
    waiting = [];
  };
  const timer = setTimeout(() => {
    isPatient = false;
    show();
  }, patience);
  const take = (line: string) => {
    const clean = oneLine(line);
    if (clean === '') return;
    last = clean;
    if (waiting.length < maxLinesShown) waiting.push(clean);
    if (!isPatient) show();
  };
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = `${unfinished}${chunk}`.split('\n');
    unfinished = (lines.pop() ?? '').slice(0, maxOutput);
    lines.forEach(take);
  });
  return {
    last: () => last,
    end: () => {
      clearTimeout(timer);
      take(unfinished);
      unfinished = '';
    },
  };
}

function parseCredential(text: string, exec: JsonRecord, complain: PluginRun['complain']): ExecCredential {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw complain('answered something else than an ExecCredential in JSON');
  }
  const status = isRecord(answer) && answer['kind'] === 'ExecCredential' ? answer['status'] : undefined;
  if (!isRecord(answer) || !isRecord(status)) throw complain('answered no ExecCredential with a `status`');
  if (answer['apiVersion'] !== exec['apiVersion']) {
    throw complain(
      `answered in ${textOf(answer['apiVersion'])}, while the kubeconfig asks for ${textOf(exec['apiVersion'])}`,
    );
  }
  const token = textOf(status['token'])?.trim();
  const certificate = textOf(status['clientCertificateData']);
  const key = textOf(status['clientKeyData']);
  if (!token && !(certificate && key))
    throw complain('answered no token and no client certificate with its key');
  return { ...(token ? { token } : {}), ...(certificate && key ? { certificate, key } : {}) };
}
