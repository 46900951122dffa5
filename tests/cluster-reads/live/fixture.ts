import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dump } from 'js-yaml';
import type { ConnectionEnvironment } from '../../../src/cluster/live/options.ts';

/** An environment of which nothing leaks in from the machine that runs the tests. */
export function environment(changes: Partial<ConnectionEnvironment> = {}): ConnectionEnvironment {
  return {
    variables: {},
    version: '1.2.3',
    isInteractive: false,
    tell: () => undefined,
    serviceAccountFolder: '/nonexistent',
    ...changes,
  };
}

export function folder(): string {
  return mkdtempSync(path.join(tmpdir(), 'gateway-doctor-'));
}

/** Writes a file and answers its path; a value that is no string is written as YAML. */
export function write(into: string, name: string, content: unknown, mode = 0o600): string {
  const file = path.join(into, name);
  writeFileSync(file, typeof content === 'string' ? content : dump(content), { mode });
  return file;
}

export interface Parts {
  readonly cluster?: object;
  readonly user?: object;
  readonly context?: object;
}

/** A kubeconfig of one cluster, user and context, all called `name`. */
export function kubeconfig(name: string, { cluster, user, context }: Parts = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: `https://${name}.example:6443`, ...cluster } }],
    users: [{ name, user: { token: `token-of-${name}`, ...user } }],
    contexts: [{ name, context: { cluster: name, user: name, ...context } }],
    'current-context': name,
  };
}
