import type { Container } from '../kubernetes/pod-types.ts';
import type { StringMap } from '../kubernetes/types.ts';
import type { Workload } from '../kubernetes/workload-types.ts';
import { commandLine } from './settings.ts';

/** The containers of a workload; none for a Job, which never takes requests (admission webhook and certificate Jobs). */
export function containersOf(workload: Workload): readonly Container[] {
  if (workload.kind === 'Job') return [];
  return workload.spec?.template?.spec?.containers ?? [];
}

/** Labels of the workload and of its Pods, which go first. */
export function labelsOf({ metadata, spec }: Workload): StringMap {
  return { ...metadata?.labels, ...spec?.template?.metadata?.labels };
}

/**
 * The last parts of an image's repository without registry, tag and digest, in lower case:
 * `mirror.example:5000/library/traefik:v3@sha256:...` → `library/traefik` for two. What mirrors and rebuilders
 * prepend to the last part (`mirrored-`, `hardened-`) is left out.
 */
export function imageName({ image = '' }: Container, parts = 1): string {
  const [withTag = ''] = image.toLowerCase().split('@', 1);
  const path = withTag.replace(/:[^/:]*$/, '').split('/');
  const last = (path.pop() ?? '')
    .replace(/^(?:mirrored-|hardened-)+/, '')
    .replace(/-(?:fips|amd64|arm64|arm)$/, '');
  return [...path, last].slice(-parts).join('/');
}

/**
 * Whether a container's command line runs a program of this name, in whatever folder, also through a shell or
 * an init program (`dumb-init -- /traefik`): only words before the first flag of its own count.
 */
export function runs(container: Container, program: string): boolean {
  for (const word of commandLine(container)) {
    const isOfInit = word === '--' || /^-[a-z]*c$/.test(word);
    if (word.startsWith('-') && !isOfInit) return false;
    if (word.split('/').at(-1) === program) return true;
  }
  return false;
}

/** Whether a container's command line has this very word. */
export function hasWord(container: Container, word: string): boolean {
  return commandLine(container).includes(word);
}
