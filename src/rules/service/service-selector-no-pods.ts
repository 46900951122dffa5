import { kubectl } from '../../kubernetes/command.ts';
import type { LabelComparison } from '../../kubernetes/nearest.ts';
import type { StringMap } from '../../kubernetes/types.ts';
import type { Evidence, Fix } from '../../model/finding.ts';
import { type ObjectReference, referenceTo, showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';
import { hasLivePods, isSelectedTemplate, nearMiss, showLabels } from '../shared/selector-near-miss.ts';

export const serviceSelectorNoPods = defineRule({
  code: 'GD2107',
  name: 'service-selector-no-pods',
  title: 'the Service selector matches no Pod',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  explains: ['endpoints-none'],
  visits: 'service',
  needs: ['pods'],
  uses: ['namespaceWorkloads', 'namespacePods'],

  *check({ backend, service, pods, namespaceWorkloads, namespacePods }) {
    const selector = service.spec?.selector ?? {};
    if (Object.keys(selector).length === 0 || hasLivePods(pods)) return;
    if (namespaceWorkloads?.some((workload) => isSelectedTemplate(workload, selector))) return;

    const object = referenceTo(service);
    const miss = nearMiss(service, backend.scope, namespaceWorkloads, namespacePods);
    if (miss === undefined) {
      // Nothing is near: workload-missing says so, where the workloads could be read.
      if (namespaceWorkloads !== undefined) return;
      yield {
        object,
        message: `selector \`${showLabels(selector)}\` matches no Pod`,
        evidence: [selectorEvidence(object, selector)],
        fix: { summary: 'compare the selector with the labels of the Pods', commands: [look(object)] },
        confidence: 'likely',
      };
      return;
    }
    const { candidate, comparisons } = miss;
    const wrong = comparisons.filter(({ outcome }) => outcome !== 'equal');
    yield {
      object,
      message: `selector \`${showLabels(selector)}\` matches no Pod: ${wrong.map(compare).join(', ')} in ${showReference(candidate.reference)}`,
      evidence: [
        selectorEvidence(object, selector),
        ...comparisons.map((comparison) => labelEvidence(candidate.reference, candidate.field, comparison)),
      ],
      fix: fixOf(object, comparisons, candidate),
      // A workload that has no Pods just now could be the one that is meant.
      ...(namespaceWorkloads === undefined && { confidence: 'likely' }),
    };
  },
});

function selectorEvidence(object: ObjectReference, selector: StringMap): Evidence {
  return fieldEvidence(object, 'spec.selector', showLabels(selector));
}

function compare({ key, wanted, outcome, actual }: LabelComparison): string {
  if (actual === undefined) return `label \`${key}\` is absent`;
  if (outcome === 'renamed') return `\`${wanted}\` is the value of label \`${actual.key}\``;
  return `label \`${key}\` is \`${actual.value}\``;
}

function labelEvidence(object: ObjectReference, field: string, comparison: LabelComparison): Evidence {
  const { key, wanted, outcome, actual } = comparison;
  const label = `${field}[${actual?.key ?? key}]`;
  if (outcome === 'equal') return fieldEvidence(object, label, `${wanted} (matches)`);
  return fieldEvidence(object, label, `${actual?.value ?? 'absent'} (wanted: ${key}=${wanted})`);
}

function fixOf(
  object: ObjectReference,
  comparisons: readonly LabelComparison[],
  candidate: { readonly reference: ObjectReference; readonly selector: StringMap },
): Fix {
  const actual = comparisons.flatMap((comparison) => comparison.actual ?? []);
  // Without a counterpart for each pair the selector could become too broad: the workload's own is exact.
  const value =
    actual.length < comparisons.length
      ? candidate.selector
      : Object.fromEntries(actual.map((label) => [label.key, label.value]));
  return {
    summary: `make the selector match the labels of ${showReference(candidate.reference)}, if that is meant`,
    commands: [look(object), patchObject(object, [{ op: 'replace', field: 'spec.selector', value }])],
  };
}

function look({ namespace }: ObjectReference) {
  return { run: kubectl(namespace, 'get', 'pods', '--show-labels'), effect: 'looks' } as const;
}
