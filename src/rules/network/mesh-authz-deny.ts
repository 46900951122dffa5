import { kubectl } from '../../kubernetes/command.ts';
import type { AuthorizationPolicy, AuthorizationSource } from '../../kubernetes/custom/istio.ts';
import { isCaptured, isMeshed, selects } from '../../kubernetes/mesh.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import type { Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { readyPods } from '../shared/service-pods.ts';

export const meshAuthzDeny = defineRule({
  code: 'GD5111',
  name: 'mesh-authz-deny',
  title: "Istio's AuthorizationPolicies admit nobody like the controller to the Pods",
  hop: 'network',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'forbidden',
  explains: ['app-log-errors'],
  visits: 'service',
  needs: ['pods'],
  uses: ['authorizationPolicies', 'callers'],

  *check({ trace, backend, pods, authorizationPolicies, callers }) {
    const servicePort = backend.port?.port;
    if (servicePort === undefined) return;
    const ready = readyPods(pods);
    const meshed = ready.filter(({ pod }) => {
      const port = resolveTargetPort(pod, servicePort);
      return port !== undefined && isMeshed(pod) && isCaptured(pod, port);
    });
    if (meshed.length === 0) return;
    if (authorizationPolicies === undefined) {
      yield { cannotTell: 'authorizationPolicies' };
      return;
    }
    const denied = meshed.flatMap(({ pod }) => denialOf(pod, authorizationPolicies, callers ?? []) ?? []);
    const [first] = denied;
    if (first === undefined) return;
    yield reportOf(first, trace.controller.profile.title, denied.length < ready.length);
  },
});

interface Denial {
  readonly policy: AuthorizationPolicy;
  readonly why: string;
  readonly sources: readonly AuthorizationSource[];
}

/**
 * Why no request of the callers gets in, where that is sure: a DENY policy for everything, or ALLOW policies none of
 * which has a rule that callers like these can meet (https://istio.io/latest/docs/reference/config/security/authorization-policy/).
 */
function denialOf(
  pod: Pod,
  policies: readonly AuthorizationPolicy[],
  callers: readonly Pod[],
): Denial | undefined {
  const applying = policies.filter((policy) => selects(policy, pod));
  const actionOf = ({ spec }: AuthorizationPolicy) => spec?.action ?? 'ALLOW';
  const shut = applying.find((policy) => actionOf(policy) === 'DENY' && policy.spec?.rules?.some(isForAll));
  if (shut !== undefined) return { policy: shut, why: 'denies every request', sources: [] };

  const allowing = applying.filter((policy) => actionOf(policy) === 'ALLOW');
  const [first] = allowing;
  if (first === undefined) return undefined;
  const rules = allowing.flatMap(({ spec }) => spec?.rules ?? []);
  if (rules.length === 0) return { policy: first, why: 'admits nobody: it has no rules', sources: [] };
  // Without the callers nobody knows who they are; a rule that could fit admits them.
  if (callers.length === 0) return undefined;
  const sources = rules.flatMap(({ from }) => (from ?? []).map(({ source }) => source ?? {}));
  const mayFit = rules.some(
    ({ from }) =>
      from === undefined || from.some(({ source }) => callers.some((caller) => mayBe(caller, source ?? {}))),
  );
  if (mayFit) return undefined;
  return { policy: allowing.find(hasRules) ?? first, why: 'admits other callers only', sources };
}

function hasRules({ spec }: AuthorizationPolicy): boolean {
  return (spec?.rules ?? []).length > 0;
}

function isForAll({
  from,
  to,
  when,
}: {
  readonly from?: object;
  readonly to?: object;
  readonly when?: object;
}) {
  return from === undefined && to === undefined && when === undefined;
}

/** Whether the caller can be what the source names. A Pod outside the mesh has no identity: no principal, no namespace. */
function mayBe(caller: Pod, { principals, namespaces }: AuthorizationSource): boolean {
  if (principals === undefined && namespaces === undefined) return true;
  if (!isMeshed(caller)) return false;
  const { namespace = '' } = caller.metadata ?? {};
  const account = caller.spec?.serviceAccountName ?? 'default';
  const isPrincipal = principals?.some((each) => fits(each, `/ns/${namespace}/sa/${account}`)) ?? true;
  return isPrincipal && (namespaces?.some((each) => fits(each, namespace)) ?? true);
}

/** Istio's string match (exact, `prefix*`, `*suffix`, `*`); of a principal the trust domain before `/ns/` is left open. */
function fits(pattern: string, value: string): boolean {
  if (pattern.startsWith('*')) return value.endsWith(pattern.slice(1)) || pattern.slice(1).endsWith(value);
  const ownPart = pattern.includes('/ns/') ? pattern.slice(pattern.indexOf('/ns/')) : pattern;
  return ownPart.endsWith('*') ? value.startsWith(ownPart.slice(0, -1)) : value === ownPart;
}

function reportOf({ policy, why, sources }: Denial, title: string, partial: boolean): Report {
  const object = referenceTo(policy);
  return {
    object,
    message: `${why}, so the Pods' sidecar answers ${title} \`RBAC: access denied\``,
    status: 403,
    partial,
    evidence: [
      fieldEvidence(object, 'spec.action', policy.spec?.action ?? 'ALLOW'),
      fieldEvidence(object, 'spec.rules', JSON.stringify(policy.spec?.rules ?? [])),
      ...(sources.length === 0
        ? []
        : [fieldEvidence(object, 'spec.rules[].from[].source', JSON.stringify(sources))]),
    ],
    fix: {
      summary:
        "admit the controller by its namespace and service account (it needs a sidecar for that), or by its Pods' addresses in `ipBlocks`",
      commands: [
        {
          run: kubectl(object.namespace, 'get', 'authorizationpolicy', object.name, '-o', 'yaml'),
          effect: 'looks',
        },
        {
          run: kubectl(object.namespace, 'edit', 'authorizationpolicy', object.name),
          effect: 'changes',
        },
      ],
    },
  };
}
