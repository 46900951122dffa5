import { httpsRedirect } from '../../controllers/annotations/redirects.ts';
import { isOn } from '../../controllers/settings.ts';
import { entryPointsOf, publicPorts } from '../../controllers/traefik-entrypoints.ts';
import { kubectl } from '../../kubernetes/command.ts';
import type { Service, ServicePort } from '../../kubernetes/types.ts';
import type { Command, Evidence } from '../../model/finding.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import type { IngressTrace, RouteTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { concernsBackend, eventLine, eventsOf, eventsSince } from '../shared/log-events.ts';
import { redirectRun } from '../shared/redirect-runs.ts';

export const sslRedirectLoop = defineRule({
  code: 'GD0560',
  name: 'ssl-redirect-loop',
  title: 'HTTPS requests reach the controller as plain HTTP, and it sends them to HTTPS',
  hop: 'annotation',
  severity: 'high',
  confidence: 'likely',
  symptom: 'redirect-loop',
  explains: ['plain-redirect-by-design'],
  visits: 'route',
  needs: [],
  uses: ['controllerServices', 'controllerLogs'],

  *check({ now, trace, ingress, route, controllerServices, controllerLogs }) {
    const cause = redirectCause(trace, route);
    if (cause === undefined || route.backend === undefined) return;
    const offload = offloadOf(trace, controllerServices ?? []);
    const events = eventsSince(eventsOf(trace, controllerLogs, now), ingress);
    const backend = trace.backends.find(({ key }) => key === route.backendKey);
    const own = events.filter(
      (event) =>
        event.tries?.length === 0 &&
        backend !== undefined &&
        concernsBackend(event, trace, backend, new Set()),
    );
    const run = redirectRun(own);
    const lines: readonly Evidence[] = run === undefined ? [] : run.slice(-2).map(eventLine);
    const [first, ...rest] = [...(offload?.evidence ?? []), ...lines];
    if (first === undefined) {
      if (controllerServices === undefined) yield { cannotTell: 'controllerServices' };
      return;
    }
    const where =
      offload === undefined
        ? 'something in front of the controller'
        : showReference(referenceTo(offload.service));
    yield {
      object: offload === undefined ? trace.reference : referenceTo(offload.service),
      message: `${where} hands HTTPS requests on as plain HTTP, and ${trace.controller.profile.title} sends those to https again (${cause})`,
      evidence: [first, ...rest],
      fix: {
        summary:
          'let the controller trust X-Forwarded-Proto (`use-forwarded-headers: "true"` of ingress-nginx), where what ends TLS sets it; otherwise end TLS at the controller, or turn its redirect off',
        commands: commandsOf(trace),
      },
    };
  },
});

/** What makes the controller redirect requests that it takes for plain HTTP; undefined where it knows better. */
function redirectCause(trace: IngressTrace, route: RouteTrace): string | undefined {
  const { profile, serving } = trace.controller;
  if (serving === undefined) return undefined;
  const { settings } = serving;
  if (profile.product === 'traefik') {
    const web = entryPointsOf(settings).find(({ redirectsTo }) => redirectsTo !== undefined);
    if (web === undefined) return undefined;
    const trusts = ['insecure', 'trustedips'].some((key) =>
      settings.has(`entrypoints.${web.name}.forwardedheaders.${key}`),
    );
    return trusts ? undefined : `redirection of entry point ${web.name}`;
  }
  if (profile.product !== 'ingress-nginx') return undefined;
  if (isOn(settings, 'use-forwarded-headers') || isOn(settings, 'use-proxy-protocol')) return undefined;
  return httpsRedirect(profile.product, trace.ingress, settings, route.tls)?.because;
}

interface Offload {
  readonly service: Service;
  readonly evidence: readonly Evidence[];
}

/** A Service whose port 443 leads to the port where the controller takes plain HTTP. */
function offloadOf({ controller }: IngressTrace, services: readonly Service[]): Offload | undefined {
  for (const service of services) {
    const ports = [...(service.spec?.ports ?? []).entries()];
    const secure = ports.find(([, { port }]) => port === 443);
    const plain = ports.find(([, { port }]) => port === 80);
    if (secure === undefined || !isPlainPort(controller, secure[1], plain?.[1])) continue;
    const object = referenceTo(service);
    return {
      service,
      evidence: [
        fieldEvidence(object, `spec.ports[${secure[0]}].targetPort`, secure[1].targetPort),
        ...(plain === undefined
          ? []
          : [fieldEvidence(object, `spec.ports[${plain[0]}].targetPort`, plain[1].targetPort)]),
      ],
    };
  }
  return undefined;
}

function isPlainPort(
  { profile, serving }: IngressTrace['controller'],
  secure: ServicePort,
  plain: ServicePort | undefined,
): boolean {
  if (profile.product === 'traefik') {
    const service: Service = { spec: { ports: [secure] } };
    const entryPoints = entryPointsOf(serving?.settings ?? new Map());
    return entryPoints.some(
      (each) =>
        each.redirectsTo !== undefined && publicPorts(each, [service], serving?.proxies ?? []).length > 0,
    );
  }
  const target = secure.targetPort;
  return (
    target === 'http' ||
    target === 80 ||
    (plain !== undefined && target !== undefined && plain.targetPort === target)
  );
}

function commandsOf({ controller, reference }: IngressTrace): readonly Command[] {
  const look: Command = {
    run: kubectl(reference.namespace, 'get', 'ingress', reference.name, '-o', 'yaml'),
    effect: 'looks',
  };
  const config = controller.serving?.config;
  const name = config?.ok === true ? config.value?.metadata?.name : undefined;
  if (name === undefined || controller.profile.product !== 'ingress-nginx') return [look];
  const patch = JSON.stringify({ data: { 'use-forwarded-headers': 'true' } });
  return [
    look,
    {
      run: kubectl(controller.serving?.namespace, 'patch', 'configmap', name, '--type=merge', '-p', patch),
      effect: 'changes',
    },
  ];
}
