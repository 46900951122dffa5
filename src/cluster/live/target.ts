import path from 'node:path';
import { isRecord, type JsonRecord } from '../../kubernetes/record.ts';
import { ConnectionError } from './connection-error.ts';
import { inClusterTarget } from './in-cluster.ts';
import { type Entry, type Kubeconfig, loadKubeconfig, textOf } from './kubeconfig.ts';
import { listNames, suggestName } from './near-name.ts';
import type { ConnectionEnvironment, ConnectionOptions } from './options.ts';

/** Which server to ask, and as whom: kubeconfig and flags put together, nothing read or run yet. */
export interface Target {
  /** Name of the context, where one was used. */
  readonly context: string | undefined;
  /** The context's namespace. */
  readonly namespace: string | undefined;
  readonly cluster: Entry;
  readonly user: Entry;
}

/** Chooses context, cluster and user as kubectl does; throws a ConnectionError for what is not there. */
export function chooseTarget(options: ConnectionOptions, environment: ConnectionEnvironment): Target {
  if (options.asGroup?.length && !options.as) {
    throw new ConnectionError('`--as-group` needs `--as`: groups are impersonated together with a user');
  }
  const config = loadKubeconfig(options.kubeconfig, environment.variables);
  const isEmpty = config.clusters.size === 0 && config.contexts.size === 0;
  const inCluster = isEmpty && !options.server ? inClusterTarget(environment) : undefined;
  const target = inCluster ?? fromKubeconfig(options, config, environment);
  return {
    ...target,
    cluster: { ...target.cluster, fields: overrideCluster(target.cluster.fields, options) },
    user: { ...target.user, fields: overrideUser(target.user.fields, options) },
  };
}

function fromKubeconfig(
  options: ConnectionOptions,
  config: Kubeconfig,
  environment: ConnectionEnvironment,
): Target {
  const contextName = options.context || config.currentContext || undefined;
  const context = contextName === undefined ? undefined : find(config, 'contexts', contextName);
  const clusterName = options.cluster || textOf(context?.fields['cluster']) || undefined;
  const userName = options.user || textOf(context?.fields['user']) || undefined;
  const usedBy = context === undefined ? '' : `, which context \`${context.name}\` names,`;
  if (clusterName === undefined && !options.server) throw nothingChosen(config, context, environment);
  const cluster =
    clusterName === undefined
      ? nameless
      : find(config, 'clusters', clusterName, options.cluster ? '' : usedBy);
  const user =
    userName === undefined ? nameless : find(config, 'users', userName, options.user ? '' : usedBy);
  return {
    context: context?.name,
    namespace: textOf(context?.fields['namespace']) || undefined,
    cluster,
    user,
  };
}

const nameless: Entry = { name: '', fields: {}, folder: '.' };

function find(
  config: Kubeconfig,
  section: 'clusters' | 'users' | 'contexts',
  name: string,
  usedBy = '',
): Entry {
  const entry = config[section].get(name);
  if (entry !== undefined) return entry;
  const kind = section.slice(0, -1);
  const suggestion = suggestName(name, [...config[section].keys()]);
  throw new ConnectionError(
    `${kind} \`${name}\`${usedBy} does not exist in ${whereLooked(config)}${suggestion}`,
  );
}

function whereLooked(config: Kubeconfig): string {
  return config.files.length === 0
    ? 'any kubeconfig: no file was found'
    : `kubeconfig ${listNames(config.files)}`;
}

function nothingChosen(
  config: Kubeconfig,
  context: Entry | undefined,
  environment: ConnectionEnvironment,
): ConnectionError {
  if (context !== undefined) {
    return new ConnectionError(
      `context \`${context.name}\` names no cluster; pass \`--cluster\` or choose another \`--context\``,
    );
  }
  if (config.contexts.size > 0) {
    const contexts = listNames([...config.contexts.keys()]);
    return new ConnectionError(
      `no current context is set in ${whereLooked(config)}; pass \`--context\` with one of ${contexts}`,
    );
  }
  const looked = environment.variables['KUBECONFIG']
    ? `KUBECONFIG=${environment.variables['KUBECONFIG']}`
    : '~/.kube/config (KUBECONFIG is not set)';
  const state = config.files.length === 0 ? 'no kubeconfig was found' : `${whereLooked(config)} is empty`;
  return new ConnectionError(
    `no cluster to ask: ${state}; looked at ${looked} and for a Pod's service account; ` +
      'pass `--kubeconfig FILE`, or `--from FILE` to read a snapshot',
  );
}

/** client-go's rules for flags over fields: see `getCluster` in tools/clientcmd/client_config.go. */
function overrideCluster(fields: JsonRecord, options: ConnectionOptions): JsonRecord {
  const changed: JsonRecord = { ...fields };
  if (options.server) {
    changed['server'] = options.server;
    delete changed['tls-server-name'];
  }
  if (options.certificateAuthority || options.insecureSkipTlsVerify) {
    delete changed['certificate-authority'];
    delete changed['certificate-authority-data'];
    changed['insecure-skip-tls-verify'] = options.insecureSkipTlsVerify === true;
  }
  if (options.certificateAuthority) {
    changed['certificate-authority'] = path.resolve(options.certificateAuthority);
  }
  if (options.certificateAuthority && options.insecureSkipTlsVerify) {
    throw new ConnectionError(
      '`--certificate-authority` and `--insecure-skip-tls-verify` exclude each other; pass one',
    );
  }
  return changed;
}

function overrideUser(fields: JsonRecord, options: ConnectionOptions): JsonRecord {
  const changed: JsonRecord = { ...fields };
  if (options.token) {
    changed['token'] = options.token;
    delete changed['tokenFile'];
  }
  if (options.as) changed['as'] = options.as;
  if (options.asGroup?.length) changed['as-groups'] = options.asGroup;
  return changed;
}

/** The headers that make the API server answer as somebody else, from `as`, `as-uid`, `as-groups`, `as-user-extra`. */
export function impersonationHeaders(user: JsonRecord): Record<string, string | string[]> {
  const name = textOf(user['as']);
  if (!name) return {};
  const headers: Record<string, string | string[]> = { 'Impersonate-User': name };
  const uid = textOf(user['as-uid']);
  if (uid) headers['Impersonate-Uid'] = uid;
  const groups = stringsOf(user['as-groups']);
  if (groups.length > 0) headers['Impersonate-Group'] = groups;
  const extra = isRecord(user['as-user-extra']) ? user['as-user-extra'] : {};
  for (const [key, values] of Object.entries(extra)) {
    headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = stringsOf(values);
  }
  return headers;
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((item: unknown) => textOf(item) ?? []) : [];
}
