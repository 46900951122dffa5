import { kubectl } from '../../kubernetes/command.ts';
import { declaredPorts, servicePortField, showDeclaredPorts, targetPortOf } from '../../kubernetes/ports.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Fix } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';
import { showLabels } from '../shared/selector-near-miss.ts';
import { isJobPod, isProbed, ownerKey, readyPods } from '../shared/service-pods.ts';

export const serviceSelectorTooBroad = defineRule({
  code: 'GD2108',
  name: 'service-selector-too-broad',
  title: 'the Service selector also matches Pods of another workload that do not serve its port',
  hop: 'service',
  severity: 'high',
  confidence: 'likely',
  symptom: 'connection-refused',
  explains: ['pod-ready-but-refusing'],
  visits: 'service',
  needs: ['pods'],

  *check({ backend, service, pods }) {
    const port = backend.port?.port;
    if (port === undefined) return;
    const targetPort = targetPortOf(port);
    // Pods that lack a named port are left out of the EndpointSlice: nothing is sent to them.
    if (typeof targetPort !== 'number') return;

    const ready = readyPods(pods);
    const serving = ready.filter((each) => serves(each, targetPort));
    const owners = new Set(serving.map(ownerKey));
    const strangers = ready.filter((each) => !serves(each, targetPort) && !owners.has(ownerKey(each)));
    const [server] = serving;
    const [stranger] = strangers;
    if (server === undefined || stranger === undefined) return;

    const object = referenceTo(service);
    const others = [...new Set(strangers.map(ownerKey))];
    yield {
      object,
      message: `selector \`${showLabels(service.spec?.selector ?? {})}\` also matches the Pods of ${others.join(', ')}, which do not declare port ${targetPort}`,
      evidence: [
        fieldEvidence(object, 'spec.selector', showLabels(service.spec?.selector ?? {})),
        fieldEvidence(object, `${servicePortField(service, port)}.targetPort`, targetPort),
        ...[server, stranger].map(({ pod, reference }) =>
          fieldEvidence(reference, 'spec.containers[].ports', showDeclaredPorts(declaredPorts(pod.spec))),
        ),
      ],
      fix: fixOf(service, serving, strangers),
      partial: true,
    };
  },
});

function serves(pod: PodTrace, port: number): boolean {
  if (isJobPod(pod)) return false;
  return declaredPorts(pod.pod.spec).some(({ number }) => number === port) || isProbed(pod.pod, port);
}

function fixOf(service: Service, serving: readonly PodTrace[], strangers: readonly PodTrace[]): Fix {
  const { namespace, name } = referenceTo(service);
  const selector = service.spec?.selector ?? {};
  const look = {
    run: kubectl(namespace, 'get', 'pods', '-l', showLabels(selector), '--show-labels'),
    effect: 'looks',
  } as const;
  const label = distinguishingLabel(serving, strangers);
  if (label === undefined) {
    return {
      summary: `give the Pods that serve \`${name}\` a label of their own and add it to the selector`,
      commands: [look],
    };
  }
  const value = { ...selector, [label.key]: label.value };
  return {
    summary: `add label \`${label.key}=${label.value}\` to the selector`,
    commands: [look, patchObject(referenceTo(service), [{ op: 'replace', field: 'spec.selector', value }])],
  };
}

/** A label that every Pod in service has and no stranger does; labels that change with each rollout do not do. */
function distinguishingLabel(serving: readonly PodTrace[], strangers: readonly PodTrace[]) {
  const [first] = serving;
  const labels = Object.entries(first?.pod.metadata?.labels ?? {});
  const found = labels.find(
    ([key, value]) =>
      !/hash|revision|version/.test(key) &&
      serving.every(({ pod }) => pod.metadata?.labels?.[key] === value) &&
      strangers.every(({ pod }) => pod.metadata?.labels?.[key] !== value),
  );
  return found && { key: found[0], value: found[1] };
}
