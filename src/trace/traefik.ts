import {
  CRD_PROVIDER,
  routerReferences,
  transportReferences,
} from '../controllers/annotations/traefik-references.ts';
import type { Middleware } from '../kubernetes/custom/traefik.ts';
import type { Ingress } from '../kubernetes/types.ts';
import { found, joinReads, type Read, valueOr } from '../model/read.ts';
import type { BackendTrace, ControllerTrace } from '../model/trace.ts';
import type { Lookup } from './lookup.ts';

/** The objects of the kinds that annotations of the Ingress and its Services name; none where they name none. */
export function traceTraefik(
  lookup: Lookup,
  ingress: Ingress,
  { profile }: ControllerTrace,
  backends: readonly BackendTrace[],
): Read<readonly Middleware[]> {
  if (profile.product !== 'traefik') return found([]);
  const services = backends.flatMap(({ service }) => valueOr(service, undefined) ?? []);
  const references = [...routerReferences(ingress), ...services.flatMap(transportReferences)];
  const kinds = references.filter(({ provider }) => provider === CRD_PROVIDER).map(({ kind }) => kind);
  return joinReads([...new Set(kinds)].map((kind) => lookup.listServed(kind, {})));
}
