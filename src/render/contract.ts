import type { IngressBackend } from '../kubernetes/types.ts';
import type {
  DiagnosedController,
  DiagnosedRoute,
  Diagnosis,
  Hop,
  NotChecked,
  RootCause,
} from '../model/diagnosis.ts';
import type { Evidence, Finding } from '../model/finding.ts';
import type { ObjectReference } from '../model/reference.ts';

/**
 * The value that `-o json` and `-o yaml` print: kept stable, keys in this order. What a diagnosis does not tell is
 * `null`; only an object's `namespace` is left out for cluster-scoped kinds, as Kubernetes does.
 */
export function toDiagnosisList(diagnoses: readonly Diagnosis[]) {
  return {
    apiVersion: 'gateway-doctor/v1',
    kind: 'DiagnosisList',
    items: diagnoses.map((diagnosis) => ({
      target: toObject(diagnosis.target),
      verdict: diagnosis.verdict,
      controller: toController(diagnosis.controller),
      rootCauses: diagnosis.rootCauses.map(toRootCause),
      routes: diagnosis.routes.map(toRoute),
      findings: diagnosis.findings.map(toFinding),
      notChecked: diagnosis.notChecked.map(toNotChecked),
    })),
  };
}

function toController(controller: DiagnosedController) {
  return {
    product: controller.product,
    class: controller.class ?? null,
    title: controller.title,
    namespace: controller.namespace ?? null,
    readyPods: controller.readyPods ?? null,
    pods: controller.pods ?? null,
    addresses: [...controller.addresses],
  };
}

function toRootCause({ finding, affects, explained, change }: RootCause) {
  return {
    ...toFinding(finding),
    affects: [...affects],
    explained: [...new Set(explained.map(({ code }) => code))],
    change: change ?? null,
  };
}

function toFinding(finding: Finding) {
  return {
    code: finding.code,
    rule: finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    object: toObject(finding.object),
    message: finding.message,
    evidence: finding.evidence.map(toEvidence),
    fix:
      finding.fix === undefined
        ? null
        : {
            summary: finding.fix.summary,
            commands: finding.fix.commands.map(({ run, effect }) => ({ run, effect })),
          },
    hop: finding.hop,
    symptom: finding.symptom ?? null,
    partial: finding.partial,
    since: finding.since ?? null,
    routes: [...finding.routes],
  };
}

function toRoute(route: DiagnosedRoute) {
  const { status, symptom, answeredBy, confidence, reason, partialStatus } = route.prediction;
  return {
    id: route.id,
    host: route.host,
    path: route.path,
    pathType: route.pathType,
    tls: route.tls,
    backend: route.backend === undefined ? null : toBackend(route.backend),
    verdict: route.verdict,
    prediction: {
      status,
      symptom: symptom ?? null,
      answeredBy: answeredBy ?? null,
      confidence,
      reason,
      // Here null is a value of its own (no HTTP answer), so that absence is the sign for "all requests alike".
      ...(partialStatus === undefined ? {} : { partialStatus }),
    },
    hops: route.hops.map(toHop),
  };
}

function toHop({ object, health, summary, evidence }: Hop) {
  return { object: toObject(object), health, summary, evidence: evidence.map(toEvidence) };
}

function toBackend({ service, resource }: IngressBackend) {
  const { number, name } = service?.port ?? {};
  return {
    ...(service && {
      service: {
        name: service.name ?? null,
        port: { ...(number !== undefined && { number }), ...(name !== undefined && { name }) },
      },
    }),
    ...(resource && {
      resource: {
        apiGroup: resource.apiGroup ?? null,
        kind: resource.kind ?? null,
        name: resource.name ?? null,
      },
    }),
  };
}

function toEvidence(evidence: Evidence) {
  const object = toObject(evidence.object);
  return 'field' in evidence
    ? { object, field: evidence.field, value: evidence.value }
    : { object, source: evidence.source, value: evidence.value };
}

function toNotChecked(item: NotChecked) {
  return 'read' in item
    ? { read: item.read, reason: item.reason, rules: [...item.rules] }
    : { rule: item.rule, reason: item.reason };
}

function toObject({ kind, namespace, name }: ObjectReference) {
  return { kind, ...(namespace !== undefined && { namespace }), name };
}
