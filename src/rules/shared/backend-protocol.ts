import {
  type BackendProtocol,
  backendProtocol,
  protocolAnnotation,
} from '../../controllers/backend-protocol.ts';
import type { Container, Probe } from '../../kubernetes/pod-types.ts';
import { resolveTargetPort, servicePortField } from '../../kubernetes/ports.ts';
import { probePort } from '../../kubernetes/probe.ts';
import type { Service, ServicePort } from '../../kubernetes/types.ts';
import type { Command, Evidence } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { BackendTrace, IngressTrace, PodTrace } from '../../model/trace.ts';
import { annotate } from './annotations.ts';
import { fieldEvidence } from './evidence.ts';
import type { SeenEvent } from './log-events.ts';
import { readyPods } from './service-pods.ts';

/** What the controller speaks to the backend; undefined where that is not known. */
export function spokenProtocol(
  { controller, ingress }: IngressTrace,
  service: Service,
  port: ServicePort,
): BackendProtocol | undefined {
  const settings = controller.serving?.settings ?? new Map();
  return backendProtocol(controller.profile.product, ingress, service, port, settings);
}

/** A check by which the kubelet finds the Pod ready, and so proves what its port speaks. */
export interface PassingProbe {
  readonly pod: PodTrace;
  readonly speaks: 'http' | 'https' | 'grpc';
  readonly field: string;
  readonly value: string;
}

/** The readiness probes that pass on just the port to which requests go, of Pods that are Ready. */
export function passingProbes(pods: readonly PodTrace[], port: ServicePort): readonly PassingProbe[] {
  return readyPods(pods).flatMap((pod) => {
    const number = resolveTargetPort(pod.pod, port);
    return (pod.pod.spec?.containers ?? []).flatMap((container) => {
      const probe = container.readinessProbe;
      if (probe === undefined || number === undefined || probePort(probe, container) !== number) return [];
      return passingProbe(pod, container, probe) ?? [];
    });
  });
}

function passingProbe(pod: PodTrace, { name = '' }: Container, probe: Probe): PassingProbe | undefined {
  const { httpGet, grpc } = probe;
  const field = `spec.containers[${name}].readinessProbe`;
  if (grpc !== undefined)
    return { pod, speaks: 'grpc', field: `${field}.grpc.port`, value: `${grpc.port ?? ''}` };
  if (httpGet === undefined) return undefined;
  const isTls = httpGet.scheme?.toUpperCase() === 'HTTPS';
  return {
    pod,
    speaks: isTls ? 'https' : 'http',
    field: `${field}.httpGet.scheme`,
    value: isTls ? 'HTTPS' : 'HTTP',
  };
}

/** The probe as evidence. */
export function probeEvidence({ pod, field, value }: PassingProbe): Evidence {
  return fieldEvidence(pod.reference, field, value);
}

/** Whether the backend's Pods have answered requests well, so that the protocol is right whatever it looks like. */
export function hasAnswered(events: readonly SeenEvent[]): boolean {
  return events.some(({ pattern, tries = [] }) => {
    const status = tries.at(-1)?.status ?? 0;
    return pattern === 'request' && status >= 200 && status < 400;
  });
}

/** What makes the controller speak as it does, or that nothing does. */
export function spokenEvidence(
  trace: IngressTrace,
  service: Service,
  port: ServicePort,
  { tls, http2, because }: BackendProtocol,
): Evidence {
  if (because !== undefined) {
    const object = because.object === 'ingress' ? trace.reference : referenceTo(service);
    const field = because.field.replace('spec.ports[]', servicePortField(service, port));
    return fieldEvidence(object, field, because.value);
  }
  const words = `${http2 ? 'HTTP/2' : 'HTTP/1.1'}${tls ? ' over TLS' : ' without TLS'}`;
  return {
    object: trace.reference,
    source: `default of ${trace.controller.profile.title} towards Pods`,
    value: words,
  };
}

/** Sets the annotation that makes the controller speak something else to the backend. */
export function speakInstead(
  trace: IngressTrace,
  service: Service,
  { port }: BackendTrace,
  wanted: 'http' | 'https' | 'grpc',
): readonly Command[] {
  if (port === undefined) return [];
  const set = protocolAnnotation(trace.controller.profile.product, wanted, service, port.port);
  if (set === undefined) return [];
  const object: ObjectReference = set.object === 'ingress' ? trace.reference : referenceTo(service);
  return [annotate(object, set.name, set.value)];
}
