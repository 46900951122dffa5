import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dump, load } from 'js-yaml';
import { type Connection, connect } from '../../src/cluster/live/connect.ts';
import type { ConnectionEnvironment, ConnectionOptions } from '../../src/cluster/live/options.ts';
import { environment, folder, write } from '../cluster-reads/live/fixture.ts';

/** The test bed's kubeconfig: a user with all rights, by a token. */
export const kubeconfig = process.env['GATEWAY_DOCTOR_TEST_KUBECONFIG'] ?? '';
if (kubeconfig === '')
  throw new Error('GATEWAY_DOCTOR_TEST_KUBECONFIG names no kubeconfig of a test cluster');

interface File {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority': string } },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
  readonly contexts: readonly [{ readonly name: string }];
}

const file = load(readFileSync(kubeconfig, 'utf8')) as File;
/** Where the real API server is, its authority's file, and the administrator's token. */
export const server = file.clusters[0].cluster.server;
export const authority = path.resolve(
  path.dirname(kubeconfig),
  file.clusters[0].cluster['certificate-authority'],
);
export const token = file.users[0].user.token;
export const contextName = file.contexts[0].name;

/** Runs kubectl as the administrator; `manifest` goes to its standard input. */
export function kubectl(args: readonly string[], manifest?: readonly object[]): string {
  return execFileSync('kubectl', ['--kubeconfig', kubeconfig, ...args], {
    encoding: 'utf8',
    ...(manifest === undefined ? {} : { input: manifest.map((object) => dump(object)).join('---\n') }),
  });
}

/** A namespace of one test file's own. */
export function makeNamespace(): string {
  const name = `live-${randomBytes(4).toString('hex')}`;
  kubectl(['create', 'namespace', name]);
  return name;
}

export function removeNamespace(name: string): void {
  kubectl(['delete', 'namespace', name, '--wait=false']);
}

const here = folder();
let files = 0;

/** Connects with a kubeconfig that differs from the bed's in these fields. */
export function connectWith(
  {
    cluster,
    user,
    context,
  }: { readonly cluster?: object; readonly user?: object; readonly context?: object },
  options: ConnectionOptions = {},
  changes: Partial<ConnectionEnvironment> = {},
): Promise<Connection> {
  files += 1;
  const config = {
    clusters: [{ name: 'bed', cluster: { server, 'certificate-authority': authority, ...cluster } }],
    users: [{ name: 'admin', user: user ?? { token } }],
    contexts: [{ name: 'bed', context: { cluster: 'bed', user: 'admin', ...context } }],
    'current-context': 'bed',
  };
  return connect(
    { kubeconfig: write(here, `config-${files}`, config), ...options },
    environment({ variables: { PATH: process.env['PATH'] }, ...changes }),
  );
}
