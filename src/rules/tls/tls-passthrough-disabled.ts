import { isOn, settingsOf } from '../../controllers/settings.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { Workload } from '../../kubernetes/workload-types.ts';
import type { Command } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence, nginxAnnotations } from '../shared/annotations.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';

export const tlsPassthroughDisabled = defineRule({
  code: 'GD0441',
  name: 'tls-passthrough-disabled',
  title: 'TLS is to be passed through, but the controller was not started for that',
  hop: 'tls',
  severity: 'high',
  confidence: 'likely',
  symptom: 'plain-to-tls-backend',
  explains: ['backend-speaks-https', 'tls-host-not-listed'],
  visits: 'controller',
  needs: [],

  *check({ trace, ingress, instance }) {
    const nginx = nginxAnnotations(trace);
    const set = nginx?.find('ssl-passthrough');
    const [workload] = instance.controlPlanes;
    if (nginx === undefined || set === undefined || workload === undefined || !nginx.isOn('ssl-passthrough'))
      return;
    // An argument only: the ConfigMap's key of that name is never read.
    const isEnabled = isOn(settingsOf(workload), 'enable-ssl-passthrough');
    if (isEnabled && hasRootPath(ingress)) return;
    const speaksTls = /^(?:https|grpcs)$/i.test(nginx.find('backend-protocol')?.value ?? '');
    const object = trace.reference;
    const reason = isEnabled
      ? 'only a rule for path `/` is passed through'
      : 'the controller runs without --enable-ssl-passthrough';
    const toPods = speaksTls ? 'TLS of its own' : 'plain HTTP';
    yield {
      object,
      ...(speaksTls && { confidence: 'certain', severity: 'low', symptom: null }),
      message: `\`${set.name}\` has no effect, since ${reason}: TLS ends at the controller, which speaks ${toPods} to the Pods`,
      evidence: [
        annotationEvidence(object, set),
        isEnabled
          ? fieldEvidence(object, 'spec.rules[*].http.paths[*].path', pathsOf(ingress).join(', '))
          : {
              object: referenceTo(workload),
              source: 'argument --enable-ssl-passthrough',
              value: 'absent',
            },
      ],
      fix: {
        summary: isEnabled
          ? 'have one rule with path `/`, or let the controller end TLS and set `backend-protocol` to what the Pods speak'
          : 'start the controller with --enable-ssl-passthrough, or let it end TLS and set `backend-protocol` to what the Pods speak',
        commands: [
          ...(isEnabled ? [] : addArgument(workload)),
          annotate(object, set.name.replace(/ssl-passthrough$/, 'backend-protocol'), 'HTTPS'),
        ],
      },
    };
  },
});

function pathsOf({ spec }: Ingress): readonly string[] {
  return (spec?.rules ?? []).flatMap(({ http }) => (http?.paths ?? []).map(({ path = '/' }) => path));
}

function hasRootPath(ingress: Ingress): boolean {
  return pathsOf(ingress).includes('/');
}

function addArgument(workload: Workload): readonly Command[] {
  const containers = workload.spec?.template?.spec?.containers ?? [];
  const index = containers.findIndex(({ args }) => args !== undefined);
  if (index < 0) return [];
  const field = `spec.template.spec.containers[${index}].args[-]`;
  return [patchObject(referenceTo(workload), [{ op: 'add', field, value: '--enable-ssl-passthrough' }])];
}
