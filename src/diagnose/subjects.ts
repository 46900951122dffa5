import type { SecretFacts } from '../kubernetes/types.ts';
import { found, mapRead, type Read, valueOr } from '../model/read.ts';
import { showReference } from '../model/reference.ts';
import type { BackendTrace, ControllerInstance, IngressTrace, PodTrace, Trace } from '../model/trace.ts';
import type { Subject } from '../rules/rule.ts';
import type { VisitName } from '../rules/visits.ts';
import { whyServingUnknown } from './blocked.ts';
import { nodeSubjects } from './node-subjects.ts';

/** Everything that rules visit for one Ingress: a subject for each thing on its path, by visit. */
export type Subjects = { readonly [V in VisitName]: readonly Subject<V>[] };

/**
 * Lays out one Ingress's trace as the rules see it. A subject's first key is its own identity; the others say
 * what lies behind it on the path, so that a finding about it can explain one about them.
 */
export function subjectsOf(trace: Trace, ingressTrace: IngressTrace): Subjects {
  const { ingress, controller, routes, tls, backends, allIngresses } = ingressTrace;
  const common = { now: trace.now, logSeconds: trace.logSeconds, trace: ingressTrace };
  const everyRoute = routes.map(({ id }) => id);
  const backendKeys = backends.flatMap(keysOfBackend);
  const serving = servingReads(ingressTrace);

  return {
    ingress: [
      {
        visit: 'ingress',
        keys: ['ingress', 'controller', ...routes.map(routeKey)],
        routes: everyRoute,
        given: { ...common, ingress },
        reads: {
          allIngresses,
          ingressClasses: ingressTrace.ingressClasses,
          events: ingressTrace.events,
          instances: controller.instances,
          namespace: controller.ingressNamespace,
          classParameters: ingressTrace.classParameters,
          webhooks: ingressTrace.webhooks,
          namedSecrets: ingressTrace.annotations.secrets,
          namedConfigMaps: ingressTrace.annotations.configMaps,
          namedServices: ingressTrace.annotations.services,
          controllerConfig: serving.config,
          controllerLogs: serving.logs,
          controllerServices: serving.services,
          controllerPods: serving.pods,
          nodes: trace.nodes,
        },
      },
    ],
    controller:
      controller.serving === undefined
        ? []
        : [
            {
              visit: 'controller',
              keys: ['controller', 'ingress', ...routes.map(routeKey)],
              routes: everyRoute,
              given: { ...common, ingress, instance: controller.serving },
              reads: {
                pods: controller.serving.pods,
                controlPods: controller.serving.controlPods,
                services: controller.serving.services,
                balancerPods: controller.serving.balancerPods,
                addressPools: controller.serving.addressPools,
                config: controller.serving.config,
                metrics: controller.serving.metrics,
                events: controller.serving.events,
                logs: controller.serving.logs,
                nodes: trace.nodes,
              },
            },
          ],
    route: routes.map((route) => ({
      visit: 'route',
      keys: [
        routeKey(route),
        ...(route.backendKey === undefined ? [] : [`backend ${route.backendKey}`]),
        'ingress',
      ],
      routes: [route.id],
      given: {
        ...common,
        ingress,
        route,
        ...(trace.requestedUrl !== undefined && { requestedUrl: trace.requestedUrl }),
        isMatched: trace.requestedUrl === undefined || route.backend !== undefined,
      },
      reads: {
        allIngresses,
        secrets: secretsOf(ingressTrace),
        traefikObjects: ingressTrace.traefikObjects,
        httpProxies: ingressTrace.httpProxies,
        controllerServices: serving.services,
        controllerLogs: serving.logs,
      },
    })),
    tls: tls.map((entry) => ({
      visit: 'tls',
      keys: [`tls ${entry.field}`, ...entry.routes.map((id) => routeKey({ id }))],
      routes: entry.routes,
      given: { ...common, ingress, tls: entry },
      reads: {
        secret: entry.secret ?? found(undefined),
        namesakes: entry.namesakes,
        delegations: entry.delegations,
        issuance: entry.issuance,
        allIngresses,
      },
    })),
    backend: backends.map((backend) => ({
      visit: 'backend',
      keys: [...keysOfBackend(backend), 'ingress'],
      routes: backend.routes,
      given: { ...common, ingress, backend },
      reads: {
        service: backend.service,
        services: backend.scope.services,
        namesakes: backend.namesakes,
        events: backend.scope.events,
      },
    })),
    service: backends.flatMap((backend) => {
      const service = valueOr(backend.service, undefined);
      if (service === undefined) return [];
      return [
        {
          visit: 'service' as const,
          // A load balancer outside the cluster refuses a whole Ingress for one Service that it cannot use.
          keys: [...keysOfBackend(backend), 'ingress'],
          routes: backend.routes,
          given: { ...common, ingress, backend, service },
          reads: {
            pods: backend.pods,
            slices: backend.slices,
            legacyEndpoints: backend.legacyEndpoints,
            externalTarget: backend.externalTarget,
            nodes: trace.nodes,
            workloads: backend.workloads,
            namespaceWorkloads: backend.scope.workloads,
            namespacePods: backend.scope.pods,
            policies: backend.scope.policies,
            backendConfigs: ingressTrace.backendConfigs,
            events: backend.scope.events,
            namespace: backend.scope.namespace,
            callers: serving.pods,
            callerNamespace: serving.namespaceObject,
            callerPolicies: serving.policies,
            controllerLogs: serving.logs,
            vendorPolicies: backend.scope.vendorPolicies,
            ...backend.mesh,
          },
        },
      ];
    }),
    pod: backends.flatMap((backend) => {
      const service = valueOr(backend.service, undefined);
      if (service === undefined) return [];
      return valueOr(backend.pods, []).map((pod) => ({
        visit: 'pod' as const,
        keys: keysOfPod(backend, pod),
        routes: backend.routes,
        given: {
          ...common,
          backend,
          service,
          pod: pod.pod,
          ...(pod.owner !== undefined && { owner: pod.owner }),
        },
        reads: {
          events: pod.events,
          logs: pod.logs,
          metrics: pod.metrics,
          node: pod.node ?? found(undefined),
          slices: backend.slices,
          controllerLogs: serving.logs,
        },
      }));
    }),
    workload: backends.flatMap((backend) => {
      const service = valueOr(backend.service, undefined);
      if (service === undefined) return [];
      return valueOr(backend.workloads, []).map(({ workload, reference, replicaSets, events, hpas }) => {
        const pods = mapRead(backend.pods, (list) =>
          list.filter(
            ({ owner }) => owner !== undefined && showReference(owner) === showReference(reference),
          ),
        );
        return {
          visit: 'workload' as const,
          keys: [
            showReference(reference),
            `backend ${backend.key}`,
            ...valueOr(pods, []).map((pod) => showReference(pod.reference)),
          ],
          routes: backend.routes,
          given: { ...common, backend, service, workload, reference },
          reads: {
            replicaSets,
            events,
            hpas,
            pods,
            nodes: trace.nodes,
            quotas: backend.scope.quotas,
            slices: backend.slices,
          },
        };
      });
    }),
    node: nodeSubjects(common, trace, backends),
    cluster: [
      {
        visit: 'cluster',
        keys: ['cluster', ...new Set(backendKeys)],
        routes: everyRoute,
        given: { ...common, failures: trace.failures },
        reads: {
          dnsService: trace.dns.service,
          dnsSlices: trace.dns.slices,
          dnsPods: trace.dns.pods,
          dnsConfig: trace.dns.config,
          dnsLogs: trace.dns.logs,
          agents: trace.agents,
        },
      },
    ],
  };
}

/** The Secrets of all entries together; one that could not be read makes the whole fail. */
function secretsOf({ tls }: IngressTrace): Read<readonly SecretFacts[]> {
  const secrets: SecretFacts[] = [];
  for (const { secret } of tls) {
    if (secret === undefined) continue;
    if (!secret.ok) return secret;
    if (secret.value !== undefined) secrets.push(secret.value);
  }
  return found(secrets);
}

function routeKey({ id }: { readonly id: string }): string {
  return `route ${id}`;
}

function keysOfBackend(backend: BackendTrace): readonly string[] {
  return [
    `backend ${backend.key}`,
    ...valueOr(backend.pods, []).map((pod) => showReference(pod.reference)),
    ...valueOr(backend.workloads, []).map(({ reference }) => showReference(reference)),
  ];
}

function keysOfPod(backend: BackendTrace, { reference, owner }: PodTrace): readonly string[] {
  return [
    showReference(reference),
    `backend ${backend.key}`,
    ...(owner === undefined ? [] : [showReference(owner)]),
  ];
}

/** What rules about the way from the controller to the Pods read of it. */
function servingReads(
  trace: IngressTrace,
): Pick<ControllerInstance, 'pods' | 'services' | 'config' | 'namespaceObject' | 'policies' | 'logs'> {
  const { serving } = trace.controller;
  if (serving !== undefined) return serving;
  const unread = whyServingUnknown(trace);
  if (unread !== undefined) {
    return {
      pods: unread,
      services: unread,
      config: unread,
      namespaceObject: unread,
      policies: unread,
      logs: unread,
    };
  }
  return {
    pods: found([]),
    services: found([]),
    config: found(undefined),
    namespaceObject: found(undefined),
    policies: found([]),
    logs: found([]),
  };
}
