import { findAnnotation } from '../../controllers/annotations/read.ts';
import type { Product } from '../../controllers/profile.ts';
import { isOn, isTrue } from '../../controllers/settings.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { annotationEvidence } from './annotations.ts';

/** That a controller sends a backend's requests to the ClusterIP of its Service instead of to its Pods, and by what. */
export interface ClusterIpUse {
  /** `passthrough`: TLS connections are passed on unread; `forward`: requests are. */
  readonly way: 'passthrough' | 'forward';
  readonly evidence: Evidence;
}

/** By what a product is told to use the ClusterIP: the annotation, on which objects, and the setting for all Ingresses. */
interface Switch {
  readonly annotation: string;
  readonly on: readonly ('service' | 'ingress')[];
  readonly setting?: string;
}

const SWITCHES: Readonly<Partial<Record<Product, Switch>>> = {
  'ingress-nginx': { annotation: 'service-upstream', on: ['ingress'], setting: 'service-upstream' },
  'f5-nginx': { annotation: 'use-cluster-ip', on: ['ingress'] },
  'haproxy-ingress': {
    annotation: 'service-upstream',
    on: ['service', 'ingress'],
    setting: 'service-upstream',
  },
  traefik: {
    annotation: 'service.nativelb',
    on: ['service'],
    setting: 'providers.kubernetesingress.nativelbbydefault',
  },
};

/** Where the ClusterIP is used, what says so; undefined where Pods' addresses are, as by every product unless told otherwise. */
export function clusterIpUse(trace: IngressTrace, service: Service): ClusterIpUse | undefined {
  const { profile } = trace.controller;
  const toldBy = SWITCHES[profile.product];
  return passthrough(trace) ?? (toldBy === undefined ? undefined : forward(trace, service, toldBy));
}

/** ingress-nginx passes TLS on by a proxy of its own, which knows Services and no Pods. */
function passthrough({ ingress, reference, controller }: IngressTrace): ClusterIpUse | undefined {
  const { profile, serving } = controller;
  if (profile.product !== 'ingress-nginx' || serving === undefined) return undefined;
  const annotation = findAnnotation(ingress, profile.product, 'ssl-passthrough', serving.settings);
  if (!isTrue(annotation?.value) || !isOn(serving.settings, 'enable-ssl-passthrough')) return undefined;
  return annotation && { way: 'passthrough', evidence: annotationEvidence(reference, annotation) };
}

/** The first annotation that is there decides, else the controller's own setting. */
function forward(
  { ingress, controller }: IngressTrace,
  service: Service,
  { annotation: key, on, setting }: Switch,
): ClusterIpUse | undefined {
  const { profile, serving } = controller;
  const objects = { service, ingress };
  for (const object of on.map((each) => objects[each])) {
    const annotation = findAnnotation(object, profile.product, key, serving?.settings);
    if (annotation === undefined) continue;
    if (!isTrue(annotation.value)) return undefined;
    return { way: 'forward', evidence: annotationEvidence(referenceTo(object), annotation) };
  }
  const [workload] = serving?.controlPlanes ?? [];
  if (serving === undefined || workload === undefined || setting === undefined) return undefined;
  if (!isOn(serving.settings, setting)) return undefined;
  const evidence = { object: referenceTo(workload), source: `setting ${setting}`, value: 'true' };
  return { way: 'forward', evidence };
}
