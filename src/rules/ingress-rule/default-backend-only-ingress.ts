import { isOn } from '../../controllers/settings.ts';
import { kubectl } from '../../kubernetes/command.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { type ObjectReference, referenceTo, showReference } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { isSameClass, isSameIngress } from '../shared/same-class.ts';

export const defaultBackendOnlyIngress = defineRule({
  code: 'GD0321',
  name: 'default-backend-only-ingress',
  title: 'an Ingress without rules has only a default backend',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'not-served',
  explains: ['ingress-status-empty'],
  visits: 'route',
  needs: ['allIngresses'],

  *check({ trace, ingress, requestedUrl, allIngresses }) {
    if (!isCatchAll(ingress)) return;
    const object = trace.reference;
    const backend = ingress.spec?.defaultBackend?.service?.name;
    const own = fieldEvidence(object, 'spec.defaultBackend.service.name', backend);
    const fix = {
      summary: 'give the Ingress a rule for each host that it is meant for',
      commands: [{ run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' }],
    } as const;
    const trouble =
      refusal(trace) ?? rivalry(trace, allIngresses) ?? noCertificate(trace, requestedUrl?.scheme);
    if (trouble === undefined) return;
    const { evidence, ...report } = trouble;
    yield { object, ...report, evidence: [own, ...evidence], fix };
  },
});

type Trouble = Pick<Report, 'message' | 'symptom' | 'confidence' | 'partial' | 'severity'> & {
  readonly evidence: readonly Evidence[];
};

function isCatchAll({ spec }: Ingress): boolean {
  return (spec?.rules ?? []).length === 0 && spec?.defaultBackend !== undefined;
}

function refusal({ controller }: IngressTrace): Trouble | undefined {
  const { profile, serving } = controller;
  if (profile.product !== 'ingress-nginx' || serving === undefined) return undefined;
  if (!isOn(serving.settings, 'disable-catch-all')) return undefined;
  const workload = serving.controlPlanes[0];
  return {
    message: 'has no rules, only a default backend, and the controller ignores such Ingresses',
    evidence:
      workload === undefined
        ? []
        : [{ object: referenceTo(workload), source: 'argument --disable-catch-all', value: 'true' }],
  };
}

/** Of several such Ingresses a controller serves one: on ingress-nginx the oldest. */
function rivalry({ ingress, controller }: IngressTrace, ingresses: readonly Ingress[]): Trouble | undefined {
  const { product } = controller.profile;
  if (product !== 'ingress-nginx' && product !== 'traefik') return undefined;
  const rivals = ingresses.filter(
    (other) => !isSameIngress(other, ingress) && isSameClass(other, ingress) && isCatchAll(other),
  );
  const created = ({ metadata }: Ingress) => metadata?.creationTimestamp ?? '';
  const rival = product === 'traefik' ? rivals[0] : rivals.find((other) => created(other) < created(ingress));
  if (rival === undefined) return undefined;
  const other: ObjectReference = referenceTo(rival);
  return {
    message: `${showReference(other)} has no rules but a default backend too, and a controller serves one of them only`,
    evidence: [
      fieldEvidence(other, 'spec.defaultBackend.service.name', rival.spec?.defaultBackend?.service?.name),
    ],
    symptom: 'wrong-backend',
    ...(product === 'traefik' && { confidence: 'likely', partial: true }),
  };
}

/** ingress-nginx looks for certificates host by host, and there is no host without a rule. */
function noCertificate(
  { ingress, controller }: IngressTrace,
  scheme: 'http' | 'https' | undefined,
): Trouble | undefined {
  const { profile, serving } = controller;
  const [entry] = ingress.spec?.tls ?? [];
  if (profile.product !== 'ingress-nginx' || entry === undefined || scheme === 'http') return undefined;
  if (serving?.settings.has('default-ssl-certificate') === true) return undefined;
  return {
    message: 'has no rules, so its spec.tls is not used: HTTPS requests get the default certificate',
    evidence: [fieldEvidence(referenceTo(ingress), 'spec.tls[0].secretName', entry.secretName)],
    symptom: 'untrusted-certificate',
    severity: 'medium',
    confidence: 'likely',
    partial: scheme === undefined,
  };
}
