import { INGRESS_NGINX } from '../../controllers/annotations/ingress-nginx.ts';
import { listAnnotation } from '../../controllers/annotations/read.ts';
import { isOn } from '../../controllers/settings.ts';
import { isGatewayOf } from '../../kubernetes/addresses.ts';
import { cidrContains } from '../../kubernetes/cidr.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { hostMatches } from '../../kubernetes/hosts.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import type { Evidence, Fix } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence, nginxAnnotations } from '../shared/annotations.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { admittedOf } from '../shared/ingress-requests.ts';
import { eventLine, eventsOf, eventsSince, type SeenEvent } from '../shared/log-events.ts';
import { patchObject } from '../shared/patch.ts';

export const sourceAllowlist = defineRule({
  code: 'GD0528',
  name: 'source-allowlist',
  title: 'clients are refused by their address',
  hop: 'annotation',
  severity: 'high',
  confidence: 'certain',
  symptom: 'forbidden',
  explains: [],
  visits: 'ingress',
  needs: [],
  uses: ['controllerLogs', 'controllerServices', 'nodes'],

  *check({ trace, ingress, now, controllerLogs, controllerServices, nodes }) {
    const nginx = nginxAnnotations(trace);
    if (nginx === undefined) return;
    const object = trace.reference;
    const allow = nginx.find('allowlist-source-range');
    const set = allow ?? nginx.find('denylist-source-range');
    const events = eventsSince(eventsOf(trace, controllerLogs, now), ingress);
    const refusals = refusalsOf(trace, events);
    const newest = refusals.at(-1);
    const clients = [...new Set(refusals.flatMap(({ client }) => client ?? []))];
    const seen = clients.filter((client) => isNode(client, nodes ?? []));
    const [service] = (controllerServices ?? []).filter(hidesClients);
    const knowsClients = CLIENT_SETTINGS.some((name) => isOn(nginx.settings, name));
    const [first, ...rest] = [
      ...(set === undefined ? [] : [annotationEvidence(object, set)]),
      ...(newest === undefined ? [] : [eventLine(newest.event)]),
      ...(service === undefined ? [] : [policyOf(service)]),
    ];
    if (first === undefined) return;
    const evidence = [first, ...rest] as const;
    // A program on a Node may be refused by right, as long as others get through.
    if (seen.length > 0 && admittedOf(trace, events).length === 0) {
      yield {
        object,
        ...(service === undefined && { confidence: 'likely' }),
        message: `the controller sees the address of a Node (${seen.slice(0, 3).join(', ')}) instead of the client's, and its access list refuses that`,
        evidence,
        ...(seen.length < clients.length && { partial: true }),
        fix: showClients(service),
      };
    } else if (newest !== undefined) {
      const examples = clients.slice(0, 3).join(', ');
      yield {
        object,
        ...REMARK,
        message: `the access list refuses clients${examples === '' ? '' : `, such as ${examples}`}`,
        evidence,
        fix: {
          summary: 'put the clients on the list if they belong there',
          commands:
            allow === undefined
              ? [{ run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' }]
              : [annotate(object, allow.name, [allow.value, ...clients.slice(0, 1)].join(','))],
        },
      };
    } else if (
      allow !== undefined &&
      service !== undefined &&
      !knowsClients &&
      !allowsNodes(trace, nodes ?? [])
    ) {
      yield {
        object,
        ...REMARK,
        message:
          'the list may refuse everybody: requests can reach the controller with the address of a Node instead of the client',
        evidence,
        fix: showClients(service),
      };
    }
  },
});

/** That a list does what it is made for, or may do more, is a cause only to somebody who saw just that status. */
const REMARK = { severity: 'info', confidence: 'suspect' } as const;

/** Settings by which the controller takes the client's address from elsewhere than the connection. */
const CLIENT_SETTINGS = ['use-forwarded-headers', 'use-proxy-protocol', 'enable-real-ip'];

function policyOf(service: Service): Evidence {
  return fieldEvidence(
    referenceTo(service),
    'spec.externalTrafficPolicy',
    service.spec?.externalTrafficPolicy,
  );
}

function showClients(service: Service | undefined): Fix {
  return {
    summary:
      'let the controller see the address of clients: `externalTrafficPolicy: Local`, or the PROXY protocol or headers of the load balancer before it',
    commands:
      service === undefined
        ? []
        : [
            patchObject(referenceTo(service), [
              { op: 'add', field: 'spec.externalTrafficPolicy', value: 'Local' },
            ]),
          ],
  };
}

interface Refusal {
  readonly event: SeenEvent;
  readonly client?: string;
}

function refusalsOf({ routes }: IngressTrace, events: readonly SeenEvent[]): readonly Refusal[] {
  const refused = events.filter(({ pattern, line }) => pattern === 'forbidden' && line.includes('by rule'));
  return refused
    .filter(({ host = '' }) => routes.some((route) => hostMatches(route.host, host)))
    .map((event) => {
      const client = /, client: ([^,\s]+)/.exec(event.line)?.[1];
      return { event, ...(client !== undefined && { client }) };
    });
}

/** Traffic from outside passes a Node that puts its own address in place of the client's. */
function hidesClients({ spec }: Service): boolean {
  const isExposed = spec?.type === 'LoadBalancer' || spec?.type === 'NodePort';
  return isExposed && spec?.externalTrafficPolicy !== 'Local';
}

function addressesOf(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap(({ status }) =>
    (status?.addresses ?? []).flatMap(({ type, address }) =>
      address !== undefined && type !== 'Hostname' ? [address] : [],
    ),
  );
}

function isNode(client: string, nodes: readonly Node[]): boolean {
  return (
    addressesOf(nodes).includes(client) ||
    nodes.some(({ spec }) => spec?.podCIDRs?.some((block) => isGatewayOf(block, client)) === true)
  );
}

/** Whether the list has a Node's address, or is none at all: then all is denied, which is another finding. */
function allowsNodes({ ingress, controller }: IngressTrace, nodes: readonly Node[]): boolean {
  const settings = controller.serving?.settings;
  const ranges = listAnnotation(ingress, 'ingress-nginx', 'allowlist-source-range', settings);
  if (INGRESS_NGINX.keys.get('allowlist-source-range')?.accepts?.(ranges.join(',')) === false) return true;
  return addressesOf(nodes).some((address) =>
    ranges.some((range) => range === address || cidrContains(range, address)),
  );
}
