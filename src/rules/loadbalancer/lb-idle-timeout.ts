import { kubectl } from '../../kubernetes/command.ts';
import type { Ingress, Service } from '../../kubernetes/types.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const lbIdleTimeout = defineRule({
  code: 'GD0230',
  name: 'lb-idle-timeout',
  title: 'the load balancer cuts silent connections before the controller gives up on them',
  hop: 'loadbalancer',
  severity: 'info',
  confidence: 'suspect',
  symptom: 'response-timeout',
  explains: [],
  visits: 'controller',
  needs: ['services'],
  uses: ['nodes'],

  *check({ trace, ingress, services, nodes }) {
    const wanted = wantedSeconds(ingress);
    if (wanted === undefined) return;
    for (const service of services) {
      const limit = limitOf(service, nodes ?? []);
      if (limit === undefined || limit.seconds >= wanted.seconds) continue;
      const object = referenceTo(service);
      yield {
        object,
        message: `its load balancer cuts connections that are silent for ${limit.seconds}s, while the Ingress lets responses take ${wanted.seconds}s`,
        evidence: [
          fieldEvidence(trace.reference, `metadata.annotations[${wanted.annotation}]`, wanted.value),
          limit.evidence,
        ],
        fix: {
          summary: `raise the load balancer's idle timeout above ${wanted.seconds} seconds`,
          commands: [
            {
              run: kubectl(
                object.namespace,
                'annotate',
                'service',
                object.name,
                '--overwrite',
                `${limit.annotation}=${Math.ceil((wanted.seconds + 1) / limit.unit)}`,
              ),
              effect: 'changes',
            },
          ],
        },
      };
    }
  },
});

/** Annotations by which an Ingress lets a response take its time, in seconds. */
const WANTED: readonly string[] = [
  'nginx.ingress.kubernetes.io/proxy-read-timeout',
  'nginx.org/proxy-read-timeout',
  'haproxy-ingress.github.io/timeout-server',
  'projectcontour.io/response-timeout',
];

const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
]);

function wantedSeconds({
  metadata,
}: Ingress): { readonly seconds: number; readonly annotation: string; readonly value: string } | undefined {
  for (const annotation of WANTED) {
    const value = metadata?.annotations?.[annotation];
    const [, number, unit = ''] = /^\s*(\d+)\s*([smh]?)\s*$/.exec(value ?? '') ?? [];
    if (value === undefined || number === undefined) continue;
    return { seconds: Number(number) * (UNITS.get(unit) ?? 1), annotation, value };
  }
  return undefined;
}

/** A load balancer's idle timeout; `unit` is that of its annotation, in seconds. */
interface Limit {
  readonly seconds: number;
  readonly annotation: string;
  readonly unit: number;
  readonly evidence: Evidence;
}

const BETA = 'service.beta.kubernetes.io/';

/** Clouds with the annotation that sets the timeout, its unit and its default. */
const CLOUDS = [
  { node: 'aws://', annotation: `${BETA}aws-load-balancer-connection-idle-timeout`, unit: 1, otherwise: 60 },
  { node: 'azure://', annotation: `${BETA}azure-load-balancer-tcp-idle-timeout`, unit: 60, otherwise: 4 },
  {
    node: 'digitalocean://',
    annotation: `${BETA}do-loadbalancer-http-idle-timeout-seconds`,
    unit: 1,
    otherwise: 60,
  },
] as const;

function limitOf(service: Service, nodes: readonly Node[]): Limit | undefined {
  const annotations = service.metadata?.annotations ?? {};
  if (service.spec?.type !== 'LoadBalancer' || isNetworkBalancer(service)) return undefined;
  const cloud = CLOUDS.find(({ node }) => nodes.some(({ spec }) => spec?.providerID?.startsWith(node)));
  if (cloud === undefined) return undefined;
  const { annotation, unit, otherwise } = cloud;
  const set = annotations[annotation]?.trim();
  if (set !== undefined && !/^\d+$/.test(set)) return undefined;
  return {
    seconds: Number(set ?? otherwise) * unit,
    annotation,
    unit,
    evidence: fieldEvidence(
      referenceTo(service),
      `metadata.annotations[${annotation}]`,
      set ?? `absent (the default is ${otherwise * unit}s)`,
    ),
  };
}

/** AWS' network load balancers have a timeout of their own, of 350 seconds, that this annotation does not set. */
function isNetworkBalancer({ metadata, spec }: Service): boolean {
  const type = metadata?.annotations?.[`${BETA}aws-load-balancer-type`];
  return type !== undefined || spec?.loadBalancerClass !== undefined;
}
