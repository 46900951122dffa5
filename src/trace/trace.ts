import { filledSlices } from '../kubernetes/endpoints.ts';
import type { Ingress } from '../kubernetes/types.ts';
import { type Read, valueOr } from '../model/read.ts';
import { referenceTo } from '../model/reference.ts';
import type { Target } from '../model/target.ts';
import type { IngressTrace, RouteTrace, Trace } from '../model/trace.ts';
import { traceAgents } from './agents.ts';
import { traceAnnotations } from './annotation-references.ts';
import { traceBackends } from './backends.ts';
import { traceBackendConfigs } from './balancers.ts';
import { bindClass } from './binding.ts';
import { traceParameters, traceWebhooks } from './class.ts';
import { traceHttpProxies } from './contour.ts';
import { listControllers, traceController } from './controllers.ts';
import { traceDns } from './dns.ts';
import { listIngresses, namespaceOf, selectIngresses } from './ingresses.ts';
import type { Lookup } from './lookup.ts';
import { traceNamespace } from './namespace.ts';
import { readEventsAbout } from './pods.ts';
import { routesOf } from './routes.ts';
import { traceTls } from './tls.ts';
import { traceTraefik } from './traefik.ts';
import { resolveUrl } from './url.ts';

/** What the user asked for beside the target. */
export interface TraceOptions {
  /** The HTTP status that was seen. */
  readonly seenStatus?: number;
}

/**
 * Follows the request path from the target through everything that it refers to.
 * Answers the Trace, and the Ingresses that could be seen (the failure, when none could be listed).
 */
export function buildTrace(
  lookup: Lookup,
  target: Target,
  { seenStatus }: TraceOptions,
): { readonly trace: Trace; readonly visible: Read<readonly Ingress[]> } {
  const visible = listIngresses(lookup, target);
  // What any path needs is asked for in the first round, not after the Ingress is known.
  const namespace = namespaceOf(target);
  if (namespace !== undefined) traceNamespace(lookup, namespace);
  lookup.list('IngressClass', {});
  lookup.list('APIGroup', {});
  listControllers(lookup);

  const requestedUrl = target.kind === 'url' ? target.url : undefined;
  const ingresses = visible.ok
    ? requestedUrl === undefined
      ? selectIngresses(visible.value, target).map((ingress) => traceCurrent(lookup, ingress, visible))
      : resolveUrl(lookup, selectIngresses(visible.value, target), requestedUrl).map(({ ingress, route }) =>
          traceIngress(lookup, ingress, visible, [route]),
        )
    : [];
  const dns = traceDns(lookup, ingresses);
  return {
    visible,
    trace: {
      now: lookup.now,
      ...(requestedUrl !== undefined && { requestedUrl }),
      ...(seenStatus !== undefined && { seenStatus }),
      logSeconds: lookup.logSeconds,
      ingresses,
      dns,
      nodes: lookup.list('Node', {}),
      agents: traceAgents(lookup, ingresses),
      failures: lookup.failures(),
    },
  };
}

/**
 * Traces an Ingress. Where nothing is behind what it names, it is read once more: in between it may have been told
 * to name something else, and what it named before may be gone for that reason.
 */
function traceCurrent(lookup: Lookup, ingress: Ingress, visible: Read<readonly Ingress[]>): IngressTrace {
  const trace = traceIngress(lookup, ingress, visible);
  if (!leadsNowhere(trace)) return trace;
  const { namespace = '', name = '' } = ingress.metadata ?? {};
  const again = valueOr(lookup.get('Ingress', namespace, name), undefined);
  return again === undefined || again === ingress ? trace : traceIngress(lookup, again, visible);
}

function leadsNowhere({ backends, tls }: IngressTrace): boolean {
  return (
    backends.some(
      ({ service, port, slices }) =>
        (service.ok && port === undefined) || (slices.ok && filledSlices(slices.value).length === 0),
    ) || tls.some(({ secret }) => secret?.ok === true && secret.value === undefined)
  );
}

function traceIngress(
  lookup: Lookup,
  ingress: Ingress,
  visible: Read<readonly Ingress[]>,
  routes: readonly RouteTrace[] = routesOf(ingress),
): IngressTrace {
  const { namespace = '', name = '' } = ingress.metadata ?? {};
  const ingressClasses = lookup.list('IngressClass', {});
  const binding = bindClass(ingress, ingressClasses);
  const controller = traceController(lookup, binding, namespace);
  const backends = traceBackends(lookup, namespace, controller.profile, routes);
  return {
    ingress,
    reference: referenceTo(ingress),
    binding,
    controller,
    allIngresses: visible,
    ingressClasses,
    classParameters: traceParameters(lookup, ingress, binding, controller.profile),
    webhooks: traceWebhooks(lookup, controller),
    annotations: traceAnnotations(lookup, ingress, controller),
    events: readEventsAbout(lookup.list('Event', { namespace }), 'Ingress', [name]),
    routes,
    tls: traceTls(lookup, ingress, routes, controller, visible),
    backends,
    traefikObjects: traceTraefik(lookup, ingress, controller, backends),
    backendConfigs: traceBackendConfigs(lookup, controller, namespace, backends),
    httpProxies: traceHttpProxies(lookup, controller),
  };
}
