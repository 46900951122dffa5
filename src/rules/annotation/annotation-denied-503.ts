import { INGRESS_NGINX } from '../../controllers/annotations/ingress-nginx.ts';
import type { SetAnnotation } from '../../controllers/annotations/read.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { eventLastTime, newestEvent } from '../../kubernetes/events.ts';
import type { ConfigMap, Event, SecretFacts } from '../../kubernetes/types.ts';
import type { NamedObject } from '../../model/annotation-trace.ts';
import type { Evidence } from '../../model/finding.ts';
import { type ObjectReference, showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import {
  annotate,
  annotationEvidence,
  type NginxAnnotations,
  nginxAnnotations,
} from '../shared/annotations.ts';
import { lastMoment, linesAbout } from '../shared/controller-words.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { absence } from '../shared/named-objects.ts';

export const annotationDenied503 = defineRule({
  code: 'GD0520',
  name: 'annotation-denied-503',
  title: 'the controller denies the location, since it cannot honour an annotation',
  hop: 'annotation',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'access-denied',
  explains: [],
  visits: 'ingress',
  needs: ['namedConfigMaps', 'namedSecrets'],
  uses: ['events', 'controllerLogs', 'controllerConfig', 'controllerPods'],

  *check({
    trace,
    ingress,
    now,
    namedConfigMaps,
    namedSecrets,
    events,
    controllerLogs,
    controllerConfig,
    controllerPods,
  }) {
    const nginx = nginxAnnotations(trace);
    if (nginx === undefined) return;
    const object = trace.reference;
    const proven = [
      ...wrongValues(nginx),
      ...namedConfigMaps.flatMap((named) => brokenConfigMap(named, nginx) ?? []),
      ...namedSecrets.flatMap((named) => brokenKeyPair(named) ?? []),
    ];
    const since = lastMoment(controllerPods ?? [], [
      ingress,
      controllerConfig,
      ...[...namedConfigMaps, ...namedSecrets].map((named) => named.object),
    ]);
    const told = [
      ...tellingEvents(object, events ?? [], since),
      ...linesAbout(object, controllerLogs ?? [], 'error reading Ingress annotation', now, since),
    ];
    for (const { set, message, evidence } of proven) {
      yield {
        object,
        message: `every path is denied: ${message}`,
        evidence: [annotationEvidence(object, set), ...evidence, ...told],
        fix: {
          summary: `make \`${set.name}\` name what exists and is valid, or take it off`,
          commands: [
            { run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' },
            annotate(object, set.name),
          ],
        },
      };
    }
    const [first, ...rest] = told;
    if (proven.length > 0 || first === undefined) return;
    yield {
      object,
      confidence: 'likely',
      message: 'every path is denied: the controller could not honour an annotation',
      evidence: [first, ...rest],
      fix: {
        summary: 'mend what the controller names',
        commands: [{ run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' }],
      },
    };
  },
});

interface Denial {
  readonly set: SetAnnotation;
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

/** Values that deny by themselves, whether or not the controller checks values in general. */
function wrongValues({ find, policy }: NginxAnnotations): readonly Denial[] {
  const denials = [
    'allowlist-source-range',
    'denylist-source-range',
    'auth-response-headers',
    'auth-method',
  ].flatMap((key): readonly Denial[] => {
    const set = find(key);
    const fact = INGRESS_NGINX.keys.get(key);
    if (set === undefined || fact?.accepts?.(set.value) !== false) return [];
    if (key.startsWith('auth-') && find('auth-url') === undefined) return [];
    // An unknown method is only noticed by the general check.
    if (key === 'auth-method' && !policy.validates.value) return [];
    return [{ set, message: `\`${set.name}\` must be ${fact.expects}`, evidence: [] }];
  });
  const url = find('auth-url');
  if (url === undefined || isUrl(url.value)) return denials;
  // Where values are checked, one with other characters keeps the whole Ingress out instead.
  if (policy.validates.value && INGRESS_NGINX.keys.get('auth-url')?.accepts?.(url.value) === false)
    return denials;
  return [...denials, { set: url, message: `\`${url.name}\` needs a scheme and a host`, evidence: [] }];
}

function isUrl(text: string): boolean {
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(text)?.[1];
  return host !== undefined && !host.includes('..');
}

function brokenConfigMap(named: NamedObject<ConfigMap>, { settings }: NginxAnnotations): Denial | undefined {
  // Parameters of FastCGI from another namespace are left out, which denies nothing.
  if (named.key === 'fastcgi-params-configmap' && named.refused !== undefined) return undefined;
  const absent = absence(named, 'ConfigMap');
  if (absent !== undefined) return { set: setOf(named), ...absent };
  const { object, reference } = named;
  if (named.key !== 'custom-headers' || object === undefined || reference === undefined) return undefined;
  const allowed = (settings.get('global-allowed-response-headers') ?? '')
    .split(',')
    .map((name) => name.trim());
  const refused = Object.keys(object.data ?? {}).find((header) => !allowed.includes(header));
  if (refused === undefined) return undefined;
  return {
    set: setOf(named),
    message: `header \`${refused}\` of ${showReference(reference)} is not in the controller's \`global-allowed-response-headers\``,
    evidence: [fieldEvidence(reference, `data[${refused}]`, object.data?.[refused])],
  };
}

/** A Secret for the connection to the Pods; the one for clients answers otherwise. */
function brokenKeyPair(named: NamedObject<SecretFacts>): Denial | undefined {
  if (named.key !== 'proxy-ssl-secret') return undefined;
  const absent = absence(named, 'Secret');
  if (absent !== undefined) return { set: setOf(named), ...absent };
  const keys = named.object?.keys;
  if (keys === undefined || named.reference === undefined) return undefined;
  if (keys.includes('ca.crt') || (keys.includes('tls.crt') && keys.includes('tls.key'))) return undefined;
  return {
    set: setOf(named),
    message: `${showReference(named.reference)} holds neither a key pair nor \`ca.crt\``,
    evidence: [fieldEvidence(named.reference, 'data', keys.join(', ') || 'no keys')],
  };
}

function setOf({ annotation, key, value }: NamedObject<unknown>): SetAnnotation {
  return { name: annotation, key, value };
}

/** The newest event; one from before the last change of anything that it may be about tells nothing. */
function tellingEvents(
  object: ObjectReference,
  events: readonly Event[],
  since: number,
): readonly Evidence[] {
  const event = newestEvent(events, 'AnnotationParsingFailed');
  const time = event === undefined ? undefined : eventLastTime(event)?.getTime();
  if (event === undefined || (time !== undefined && time < since)) return [];
  return [eventEvidence(object, event)];
}
