/**
 * Whether a rule's host takes a request's host (no port): the same name, `*.` in place of exactly one label,
 * or no host at all, which takes any (https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards).
 */
export function hostMatches(ruleHost: string, requestHost: string): boolean {
  if (ruleHost === '') return true;
  const rule = ruleHost.toLowerCase();
  const request = requestHost.toLowerCase();
  if (rule === request) return true;
  if (!rule.startsWith('*.')) return false;
  const suffix = rule.slice(1);
  if (!request.endsWith(suffix)) return false;
  const label = request.slice(0, -suffix.length);
  return label !== '' && !label.includes('.');
}

/** Which of two rule hosts that both match wins: negative when `a` does. A full name before a wildcard before none. */
export function compareHosts(a: string, b: string): number {
  return vagueness(a) - vagueness(b);
}

function vagueness(host: string): number {
  if (host === '') return 2;
  return host.startsWith('*.') ? 1 : 0;
}
