import { readFileSync } from 'node:fs';
import type { Agent, OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
// The root export loads the models of every API, which takes longer than all the rest together.
import { KubeConfig, makeAbsolutePath } from '@kubernetes/client-node/dist/config.js';
import { type Cluster, newClusters, newUsers, type User } from '@kubernetes/client-node/dist/config_types.js';
import { isRecord } from '../../kubernetes/record.ts';
import { prepareAgent } from './agent.ts';
import { setDefaultAuthorities } from './authorities.ts';
import { ConnectionError } from './connection-error.ts';
import { messageOf } from './error-text.ts';
import { type Entry, fileTrouble, textOf } from './kubeconfig.ts';
import type { ConnectionEnvironment } from './options.ts';
import { proxyFromEnvironment, withoutPassword } from './proxy.ts';
import { impersonationHeaders, type Target } from './target.ts';

/** All that a request needs besides its path. */
export interface Access {
  readonly server: URL;
  readonly agent: Agent;
  readonly headers: OutgoingHttpHeaders;
  /** `user:password` of HTTP basic authentication. */
  readonly basic: string | undefined;
  /** The proxy in between, without its password. */
  readonly proxy: string | undefined;
  /** DISABLE_HTTP2 turns HTTP/2 off, as it does in client-go, for what stands in between and cannot speak it. */
  readonly allowsHttp2: boolean;
  /** Whether new credentials may be had where these are refused: from a plugin, a provider or a file. */
  readonly isRenewable: boolean;
}

/** Lets a request's own timeout come first, which is reported as such. */
const grace = 1000;

/**
 * Reads certificates and tokens, runs the credential plugin; asks nothing of the API server.
 * `timeout` is that of requests in milliseconds; without it a silent proxy would be waited for even after them.
 */
export async function authenticate(
  target: Target,
  environment: ConnectionEnvironment,
  timeout: number | undefined,
): Promise<Access> {
  const cluster = readCluster(target.cluster, environment);
  const { user, isRenewable } = await readUser(target, environment);
  setDefaultAuthorities(user.authProvider !== undefined || cluster.proxyUrl?.startsWith('https:') === true);
  const config = new KubeConfig();
  config.loadFromClusterAndUser(cluster, user);
  const options: RequestOptions = timeout === undefined ? {} : { timeout: timeout + grace };
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw credentialProblem(target, error);
  }
  const { agent } = options;
  if (agent === undefined || typeof agent === 'boolean') throw new TypeError('client-node gave no agent');
  prepareAgent(agent, options, target);
  return {
    server: new URL(cluster.server),
    agent,
    headers: {
      ...(isRecord(options.headers) ? (options.headers as OutgoingHttpHeaders) : {}),
      ...impersonationHeaders(target.user.fields),
      'User-Agent': `kubectl-gateway_doctor/${environment.version}`,
    },
    basic: options.auth ?? undefined,
    proxy: cluster.proxyUrl === undefined ? undefined : withoutPassword(cluster.proxyUrl),
    allowsHttp2: !environment.variables['DISABLE_HTTP2'],
    isRenewable,
  };
}

function readCluster({ name, fields, folder }: Entry, environment: ConnectionEnvironment): Cluster {
  const server = serverUrl(textOf(fields['server']), fields);
  if (server === undefined) {
    const given = textOf(fields['server']);
    const wrong = given === undefined ? 'has no `server`' : `has a \`server\` that is no URL: \`${given}\``;
    throw new ConnectionError(
      `cluster \`${name}\` ${wrong}; give it one in the kubeconfig or pass \`--server\``,
    );
  }
  // Any name will do for the reader, which takes no empty one.
  const [cluster] = newClusters([{ name: name || 'cluster', cluster: { ...fields, server: server.href } }]);
  if (cluster === undefined) throw new ConnectionError(`cluster \`${name}\` cannot be read`);
  const proxyUrl = cluster.proxyUrl || proxyFromEnvironment(server, environment.variables);
  if (proxyUrl !== undefined && !URL.canParse(proxyUrl)) {
    throw new ConnectionError(`the proxy \`${withoutPassword(proxyUrl)}\` of cluster \`${name}\` is no URL`);
  }
  const { proxyUrl: _, caFile, ...rest } = cluster;
  return {
    ...rest,
    ...(caFile ? { caFile: makeAbsolutePath(folder, caFile) } : {}),
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    // client-node wants this said of plain HTTP, where there is nothing to verify.
    skipTLSVerify: cluster.skipTLSVerify || server.protocol === 'http:',
  };
}

/** kubectl takes `host:port` for HTTPS where the cluster says anything about TLS, and else for HTTP. */
function serverUrl(text: string | undefined, fields: Entry['fields']): URL | undefined {
  if (!text) return undefined;
  const speaksTls = ['certificate-authority', 'certificate-authority-data', 'insecure-skip-tls-verify'].some(
    (name) => fields[name],
  );
  const full = text.includes('://') ? text : `${speaksTls ? 'https' : 'http'}://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined;
}

async function readUser(
  { user: entry, cluster }: Target,
  environment: ConnectionEnvironment,
): Promise<{ readonly user: User; readonly isRenewable: boolean }> {
  const { name, fields, folder } = entry;
  // kubectl knows no `token-file`, which client-node reads in place of `tokenFile`.
  const { exec, 'auth-provider': provider, 'token-file': _unknown, ...plain } = fields;
  const tokenFile = textOf(fields['tokenFile']);
  const token = tokenFile ? readToken(makeAbsolutePath(folder, tokenFile), name) : textOf(fields['token']);
  // As in client-go, a token that is there makes plugins and providers needless.
  const usesProvider = !token && isRecord(provider);
  const credential = !token && isRecord(exec) ? await runPlugin(entry, cluster, environment) : {};
  const [read] = newUsers([
    { name: name || 'user', user: { ...plain, ...(usesProvider ? { 'auth-provider': provider } : {}) } },
  ]);
  if (read === undefined) throw new ConnectionError(`user \`${name}\` cannot be read`);
  const { certFile, keyFile, token: _, ...rest } = read;
  const handedOut = credential.token ?? token;
  const user: User = {
    ...rest,
    ...(certFile ? { certFile: makeAbsolutePath(folder, certFile) } : {}),
    ...(keyFile ? { keyFile: makeAbsolutePath(folder, keyFile) } : {}),
    ...(handedOut === undefined ? {} : { token: handedOut }),
  };
  const isRenewable = Boolean(tokenFile) || usesProvider || (!token && isRecord(exec));
  if (credential.certificate === undefined || credential.key === undefined) return { user, isRenewable };
  const { certFile: _file, keyFile: _key, ...withoutFiles } = user;
  const issued = { certData: base64(credential.certificate), keyData: base64(credential.key) };
  return { user: { ...withoutFiles, ...issued }, isRenewable };
}

/** Most users have no plugin: what starts a process is loaded for those who have. */
async function runPlugin(user: Entry, cluster: Entry, environment: ConnectionEnvironment) {
  const { runExecPlugin } = await import('./exec-credential.ts');
  return runExecPlugin(user, cluster, environment);
}

function readToken(file: string, user: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConnectionError(
      `cannot read \`${file}\`, the token of user \`${user}\`: ${fileTrouble(error)}`,
      error,
    );
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function credentialProblem({ cluster, user }: Target, error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  if (isRecord(error) && typeof error['path'] === 'string') {
    const { name, fields } = cluster;
    const ca = textOf(fields['certificate-authority']);
    const isAuthority = ca !== undefined && makeAbsolutePath(cluster.folder, ca) === error['path'];
    const owner = isAuthority ? `cluster \`${name}\`` : `user \`${user.name}\``;
    return new ConnectionError(
      `cannot read \`${error['path']}\`, which ${owner} names: ${fileTrouble(error)}`,
      error,
    );
  }
  return new ConnectionError(
    `the credentials of user \`${user.name}\` cannot be had: ${messageOf(error)}; log in again`,
    error,
  );
}
