import type { LogEvent, LogPattern, Refusal } from '../../model/log-event.ts';
import { eventOf, patternOf } from './line.ts';

/**
 * What controllers say about themselves: ingress-nginx (internal/ingress/controller), F5's (internal/nginx) and
 * HAProxy Ingress; refused permissions as client-go's reflectors tell them in every product.
 */
const PATTERNS: readonly (readonly [LogPattern, RegExp])[] = [
  [
    'permission-denied',
    /is forbidden: User "?\\?"?system:serviceaccount:|No permissions to list and get Ingress Classes/,
  ],
  [
    'reload-failed',
    /Unexpected failure reloading the backend|Error reloading NGINX|nginx reload failed|error reloading (?:server|haproxy)|error validating config file/i,
  ],
  ['reload-done', /Backend successfully reloaded|haproxy successfully reloaded|Nginx reloaded successfully/i],
  ['sync-failed', /dynamic reconfiguration failed|Unexpected failure reconfiguring NGINX/i],
  ['sync-done', /dynamic reconfiguration succeeded/i],
  ['no-endpoint', /does not have any active Endpoint/],
  ['service-unknown', /Error obtaining Endpoints for Service/],
  ['certificate-default', /Error getting SSL certificate .*Using default certificate/],
];

/** A line that a controller writes about its own work. */
export function readOwnLog(line: string, now: Date): LogEvent | undefined {
  const pattern = patternOf(PATTERNS, line);
  if (pattern === undefined) return undefined;
  const object = /(?:Service|certificate) "([\w.-]+\/[\w.-]+)"/.exec(line)?.[1];
  const refusal = pattern === 'permission-denied' ? refusalOf(line) : undefined;
  return eventOf(pattern, line, now, { object, refusal });
}

/** The words of Kubernetes' authorizer, quoted once more where they stand in another text. */
const REFUSED =
  /User \\?"?([\w:.-]+)\\?"? cannot (\w+) resource \\?"([\w./-]+)\\?"(?: in API group \\?"([\w.-]*)\\?")?(?: in the namespace \\?"([\w-]+)\\?")?/;

function refusalOf(line: string): Refusal | undefined {
  const [, account, verb, name, group, namespace] = REFUSED.exec(line) ?? [];
  if (account === undefined || verb === undefined || name === undefined) {
    // ingress-nginx asks once, when it starts, and does without from then on.
    const isOfClasses = line.includes('get Ingress Classes');
    return isOfClasses ? { verb: 'list', resource: 'ingressclasses.networking.k8s.io' } : undefined;
  }
  const resource = group === undefined || group === '' ? name : `${name}.${group}`;
  return { account, verb, resource, ...(namespace !== undefined && { namespace }) };
}
