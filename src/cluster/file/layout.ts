import { type Kind, RESOURCES } from '../kinds.ts';

/** What a file in a folder holds, as far as its path tells. */
export type FileRole =
  /** Objects; of this kind and namespace where the path tells. */
  | { readonly holds: 'objects'; readonly kind?: Kind; readonly namespace?: string }
  /** The logs of one Pod, as `kubectl cluster-info dump` writes them. */
  | { readonly holds: 'dumped logs' }
  | {
      readonly holds: 'log';
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
      readonly previous: boolean;
    }
  /** troubleshoot.sh's account of what it could not read of a kind. */
  | { readonly holds: 'failures'; readonly kind: Kind };

/** The folder of a troubleshoot.sh support bundle that holds Kubernetes objects. */
export const BUNDLE_FOLDER = 'cluster-resources';

/** Folder names of a support bundle that are not the resource's own plural. */
const BUNDLE_NAMES: Readonly<Record<string, Kind>> = {
  ingress: 'Ingress',
  'network-policy': 'NetworkPolicy',
  'resource-quota': 'ResourceQuota',
  pvcs: 'PersistentVolumeClaim',
};

/**
 * Tells from a path below the opened folder (with `/`) what the file holds; `undefined` for a file to leave alone.
 * Layouts: `kubectl cluster-info dump --output-directory` (https://kubernetes.io/docs/reference/kubectl/generated/kubectl_cluster-info/kubectl_cluster-info_dump/),
 * troubleshoot.sh (https://troubleshoot.sh/docs/collect/cluster-resources/), or any folder of YAML and JSON files.
 */
export function roleOf(path: string): FileRole | undefined {
  const parts = path.split('/');
  const bundle = parts.lastIndexOf(BUNDLE_FOLDER);
  if (bundle >= 0) return bundleRoleOf(parts.slice(bundle + 1));
  const fileName = parts.at(-1) ?? '';
  if (fileName === 'logs.txt') return { holds: 'dumped logs' };
  if (!/\.(?:ya?ml|json)$/.test(fileName)) return undefined;
  const namespace = parts.at(-2);
  const kind = kindOf(withoutEnding(fileName));
  if (kind === undefined) return { holds: 'objects' };
  if (!RESOURCES[kind].namespaced) return { holds: 'objects', kind };
  return namespace === undefined ? { holds: 'objects' } : { holds: 'objects', kind, namespace };
}

function bundleRoleOf(parts: readonly string[]): FileRole | undefined {
  const [folder = '', namespace, pod, container] = parts;
  if (folder === 'pods' && namespace === 'logs') return bundleLogRoleOf(parts.slice(2));
  if (!parts.at(-1)?.endsWith('.json') || parts.length > 2 || pod !== undefined || container !== undefined) {
    return undefined;
  }
  if (namespace !== undefined) {
    const kind = kindOf(folder);
    return kind && { holds: 'objects', kind, namespace: withoutEnding(namespace) };
  }
  const name = withoutEnding(folder);
  const failedKind = name.endsWith('-errors') ? kindOf(name.slice(0, -'-errors'.length)) : undefined;
  if (failedKind) return { holds: 'failures', kind: failedKind };
  const kind = kindOf(name);
  return kind && { holds: 'objects', kind };
}

function bundleLogRoleOf([namespace, pod, file, ...more]: readonly string[]): FileRole | undefined {
  if (namespace === undefined || pod === undefined || !file?.endsWith('.log') || more.length > 0)
    return undefined;
  const name = withoutEnding(file);
  // Says why a log could not be read, in a form of its own.
  if (name.endsWith('-logs-errors')) return undefined;
  const previous = name.endsWith('-previous');
  const container = previous ? name.slice(0, -'-previous'.length) : name;
  return { holds: 'log', namespace, pod, container, previous };
}

function kindOf(name: string): Kind | undefined {
  if (Object.hasOwn(BUNDLE_NAMES, name)) return BUNDLE_NAMES[name];
  return KINDS.find((kind) => RESOURCES[kind].plural === name);
}

// `pods` names two kinds; only Pods are dumped under that name.
const KINDS = (Object.keys(RESOURCES) as Kind[]).filter((kind) => kind !== 'PodMetrics');

function withoutEnding(fileName: string): string {
  return fileName.replace(/\.[^.]+$/, '');
}
