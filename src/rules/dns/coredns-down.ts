import { kubectl } from '../../kubernetes/command.ts';
import { countEndpoints, endpointsOf } from '../../kubernetes/endpoints.ts';
import { podStateWord } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { showCount } from '../shared/backend-endpoints.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { failedLookups, NAME_LOOKUP_CONSEQUENCES } from '../shared/name-lookups.ts';

export const corednsDown = defineRule({
  code: 'GD5201',
  name: 'coredns-down',
  title: 'cluster DNS has no ready endpoint',
  hop: 'dns',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'application-error',
  explains: NAME_LOOKUP_CONSEQUENCES,
  visits: 'cluster',
  needs: ['dnsService', 'dnsSlices'],
  uses: ['dnsPods'],

  *check({ trace, dnsService, dnsSlices, dnsPods }) {
    // Without such a Service DNS runs elsewhere; without a selector somebody else looks after its endpoints.
    const selector = dnsService?.spec?.selector ?? {};
    if (dnsService === undefined) return;
    if (dnsSlices.length === 0 && Object.keys(selector).length === 0) return;
    const count = countEndpoints(endpointsOf(dnsSlices));
    if (count.ready > 0) return;

    const object = referenceTo(dnsService);
    const { namespace } = object;
    const effects = trace.backends.map(effectOn);
    const told = effects.flatMap(({ evidence }) => evidence);
    yield {
      object,
      message: 'cluster DNS has no ready endpoint: names cannot be looked up',
      evidence: [
        { object, source: 'EndpointSlices', value: showCount(count) },
        ...(dnsPods ?? [])
          .slice(0, 3)
          .map((pod) => ({ object: referenceTo(pod), source: 'state', value: podStateWord(pod) })),
        ...told.slice(0, 3),
      ],
      fix: {
        summary: 'get the Pods of cluster DNS to run',
        commands: [
          { run: kubectl(namespace, 'get', 'pods', '-l', 'k8s-app=kube-dns', '-o', 'wide'), effect: 'looks' },
          { run: kubectl(namespace, 'describe', 'pods', '-l', 'k8s-app=kube-dns'), effect: 'looks' },
          { run: kubectl(namespace, 'logs', '-l', 'k8s-app=kube-dns', '--tail=50'), effect: 'looks' },
        ],
      },
      ...consequence(effects, mayRunElsewhere(trace.backends, dnsPods)),
    };
  },
});

interface Effect {
  readonly kind: 'external name' | 'failed lookups' | 'none';
  readonly evidence: readonly Evidence[];
}

/** What the backend shows of names that cannot be looked up. A Pod that needs none works all the same. */
function effectOn({ service, pods }: BackendTrace): Effect {
  const found = valueOr(service, undefined);
  if (found?.spec?.type === 'ExternalName') {
    const evidence = [fieldEvidence(referenceTo(found), 'spec.externalName', found.spec.externalName)];
    return { kind: 'external name', evidence };
  }
  const evidence = valueOr(pods, []).flatMap(failedLookups);
  return { kind: evidence.length > 0 ? 'failed lookups' : 'none', evidence };
}

/**
 * The finding is about all routes. That all their requests fail is known where every backend shows it; else only those
 * fail that need a name.
 */
function consequence(effects: readonly Effect[], isElsewhere: boolean) {
  const isEvery = effects.length > 0 && effects.every(({ kind }) => kind !== 'none');
  if (!isEvery) {
    const isAny = effects.some(({ kind }) => kind !== 'none');
    if (isElsewhere && !isAny) return { severity: 'info', symptom: null } as const;
    // Nothing shows that these backends need names; whoever does fails all the same.
    if (!isAny) return { severity: 'high', confidence: 'likely', symptom: 'dns-down' } as const;
    return { severity: 'high', confidence: 'likely', partial: true } as const;
  }
  const isExternal = effects.every(({ kind }) => kind === 'external name');
  return { confidence: 'likely', symptom: isExternal ? 'name-unresolved' : 'application-error' } as const;
}

/** Cloud DNS for GKE takes the place of the Pods, and leaves the Service without any. */
function mayRunElsewhere(backends: readonly BackendTrace[], dnsPods: readonly Pod[] | undefined): boolean {
  if (dnsPods === undefined || dnsPods.length > 0) return false;
  return backends.some(({ pods }) =>
    valueOr(pods, []).some(({ node }) =>
      (node === undefined ? undefined : valueOr(node, undefined))?.spec?.providerID?.startsWith('gce://'),
    ),
  );
}
