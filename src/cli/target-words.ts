import { UsageError } from './usage-error.ts';

/** What the words of the command line name; the namespace is still to be told by `-n` or the context. */
export type TargetWords =
  | { readonly kind: 'everything' }
  | { readonly kind: 'name'; readonly namespace?: string; readonly name: string }
  | {
      readonly kind: 'url';
      readonly url: string;
      readonly scheme: 'http' | 'https';
      readonly host: string;
      readonly path: string;
    };

const ingressWords = new Set([
  'ing',
  'ingress',
  'ingresses',
  'ingress.networking.k8s.io',
  'ingresses.networking.k8s.io',
]);

// Not namespaces but kinds that people start from by habit; `-n` reaches a namespace of such a name.
const otherKinds =
  /^(service|services|svc|pods?|po|deploy|deployments?|ingressclass(es)?|httproutes?|gateways?)$/i;

/** Reads `web`, `ing/web`, `ingress web`, `shop/web`, a URL, or no words at all. Throws a UsageError for others. */
export function readTarget(words: readonly string[]): TargetWords {
  const [first, second, ...more] = words;
  if (first === undefined) return { kind: 'everything' };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(first)) return readUrl(first, words.slice(1));
  const isKindApart = ingressWords.has(first.toLowerCase());
  if (isKindApart && second !== undefined) return readName(second, more);
  if (isKindApart) return { kind: 'everything' };
  if (second !== undefined) throw notOneTarget(words);
  return readName(first, []);
}

function readName(word: string, more: readonly string[]): TargetWords {
  if (more.length > 0) throw notOneTarget([word, ...more]);
  const parts = word.split('/');
  const [first = '', second] = parts;
  if (parts.length > 2) {
    throw new UsageError(
      `\`${word}\` is neither an Ingress nor a URL; a URL starts with https:// or http://`,
    );
  }
  if (second === undefined) return { kind: 'name', name: checkName(first, word) };
  if (ingressWords.has(first.toLowerCase())) return { kind: 'name', name: checkName(second, word) };
  if (otherKinds.test(first)) {
    throw new UsageError(
      `a diagnosis starts from an Ingress, not from \`${word}\`; name the Ingress or the URL`,
    );
  }
  // A namespace's name has no dots, a host mostly has.
  if (first.includes('.')) {
    throw new UsageError(`\`${word}\` is neither an Ingress nor a URL; for the URL give \`https://${word}\``);
  }
  return { kind: 'name', namespace: checkName(first, word), name: checkName(second, word) };
}

// Kubernetes' DNS subdomain, which the names of Ingresses and namespaces are.
const objectName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

function checkName(name: string, word: string): string {
  if (objectName.test(name)) return name;
  throw new UsageError(`\`${word}\` cannot be the name of an Ingress`);
}

function readUrl(word: string, more: readonly string[]): TargetWords {
  if (more.length > 0) throw notOneTarget([word, ...more]);
  const url = URL.canParse(word) ? new URL(word) : undefined;
  const scheme = url?.protocol === 'https:' ? 'https' : url?.protocol === 'http:' ? 'http' : undefined;
  if (url === undefined || scheme === undefined) {
    throw new UsageError(`\`${word}\` is not a URL such as https://shop.example.com/api`);
  }
  return { kind: 'url', url: word, scheme, host: url.hostname, path: url.pathname };
}

function notOneTarget(words: readonly string[]): UsageError {
  const shown = words.map((word) => `\`${word}\``).join(' ');
  return new UsageError(`give one Ingress or URL at a time, not ${shown}`);
}
