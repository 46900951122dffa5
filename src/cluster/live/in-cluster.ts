import { existsSync, readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import path from 'node:path';
import type { ConnectionEnvironment } from './options.ts';
import type { Target } from './target.ts';

/** https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
const defaultFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The API server as a Pod sees it, with its service account; `undefined` outside a Pod. */
export function inClusterTarget(environment: ConnectionEnvironment): Target | undefined {
  const folder = environment.serviceAccountFolder ?? defaultFolder;
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment.variables;
  if (!host || !port || !existsSync(path.join(folder, 'token'))) return undefined;
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  return {
    context: undefined,
    namespace: readIfPresent(path.join(folder, 'namespace')),
    cluster: { name: 'in-cluster', fields: { server, 'certificate-authority': 'ca.crt' }, folder },
    user: { name: 'service account', fields: { tokenFile: 'token' }, folder },
  };
}

function readIfPresent(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() || undefined : undefined;
}
