import { annotationField } from '../../controllers/annotations/read.ts';
import { type Limit, type LimitName, limitOf } from '../../controllers/limits.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';

/** The limit that holds for requests to the Service; undefined for none that is known. */
export function backendLimit(
  { controller, ingress }: IngressTrace,
  name: LimitName,
  service: Service | undefined,
): Limit | undefined {
  const settings = controller.serving?.settings ?? new Map();
  return limitOf(name, controller.profile.product, ingress, service, settings);
}

/** Where the limit stands, or that it is the product's default; nothing for no limit. */
export function limitEvidence(
  trace: IngressTrace,
  limit: Limit | undefined,
  service: Service | undefined,
): readonly Evidence[] {
  if (limit === undefined) return [];
  const { value, from, name } = limit;
  if (from === 'ingress') return [fieldEvidence(trace.reference, annotationField(name), value)];
  if (from === 'service' && service !== undefined) {
    return [fieldEvidence(referenceTo(service), annotationField(name), value)];
  }
  const { serving, profile } = trace.controller;
  const config = serving === undefined ? undefined : valueOr(serving.config, undefined);
  if (from === 'instance' && config?.data?.[name] !== undefined) {
    return [fieldEvidence(referenceTo(config), `data[${name}]`, value)];
  }
  const [workload] = serving?.controlPlanes ?? [];
  const object = workload === undefined ? trace.reference : referenceTo(workload);
  const source = from === 'default' ? `default of ${profile.title} for ${name}` : `setting ${name}`;
  return [{ object, source, value }];
}

/** `5` of a controller that counts in seconds, or `5s`, as a length of time; undefined for anything else. */
export function limitSeconds(limit: Limit | undefined): number | undefined {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(limit?.value ?? '') ?? [];
  return amount === undefined ? undefined : Number(amount) * ({ ms: 0.001, m: 60, h: 3600 }[unit] ?? 1);
}

/**
 * How long a request may wait where one try after the other runs into a time limit, since both limits multiply.
 * Nothing where the controller tries once, or how often is not known.
 */
export function waitEvidence(
  trace: IngressTrace,
  limit: Limit | undefined,
  service: Service,
): readonly Evidence[] {
  const tries = backendLimit(trace, 'tries', service);
  const seconds = limitSeconds(limit);
  const count = Number(tries?.value);
  if (tries === undefined || limit === undefined || seconds === undefined || !(count > 1)) return [];
  const value = `${count} × ${seconds}s = ${count * seconds}s (${tries.name} × ${limit.name})`;
  return [{ object: trace.reference, source: 'longest wait for an answer', value }];
}

/** The annotation or setting that changes the limit, for a fix in words. */
export function limitPlace(limit: Limit | undefined): string {
  return limit === undefined ? 'the limit' : `\`${limit.name}\``;
}
