import { CONTROLLERS, productLikeClass, productOfClass, profileFor } from '../controllers/index.ts';
import type { ClassBinding, ControllerProfile } from '../controllers/profile.ts';
import { outOfScope, type Place, selectsNamespaces, type Watcher } from '../controllers/scope.ts';
import type { Workload } from '../kubernetes/workload-types.ts';
import { found, joinReads, mapRead, type Read, valueOr } from '../model/read.ts';
import type { ControllerTrace } from '../model/trace.ts';
import { type Candidate, describeInstance, settingsOfCandidate, traceInstance } from './installation.ts';
import { isPending, type Lookup } from './lookup.ts';

/** Finds which product serves an Ingress that is bound like this, and that product's installations. */
export function traceController(
  lookup: Lookup,
  binding: ClassBinding,
  namespace: string | undefined,
): ControllerTrace {
  const { field, annotation } = binding;
  const key = JSON.stringify(['controller', field, annotation, namespace]);
  return lookup.once(key, () => readController(lookup, binding, namespace));
}

function readController(
  lookup: Lookup,
  binding: ClassBinding,
  namespace: string | undefined,
): ControllerTrace {
  // GKE's controller runs outside the cluster and adopts every Ingress without a class.
  const isGke = valueOr(lookup.list('Node', {}), []).some(({ spec }) =>
    spec?.providerID?.startsWith('gce://'),
  );
  const cheap = listControllers(lookup);
  const profileThere = cheap.ok ? chooseProfile(binding, cheap.value, isGke) : undefined;
  const watches = (candidate: Candidate) =>
    outOfScope(watcherOf(candidate), placeOf(lookup, [candidate], namespace)) === undefined;
  const isSettled =
    profileThere?.isInvisible === true ||
    (cheap.ok && cheap.value.some((candidate) => claimsBinding(candidate, binding) && watches(candidate)));
  // Labels are conventions: only a look at every workload tells that no controller is there.
  const candidates = isSettled || isPending(cheap) ? cheap : findCandidates(lookup, undefined);
  const all = valueOr(candidates, valueOr(cheap, []));
  const profile = chooseProfile(binding, all, isGke) ?? profileFor('unknown');

  const ofProduct = mapRead(candidates, (list) => list.filter((candidate) => candidate.profile === profile));
  const claimants = valueOr(ofProduct, []).filter((candidate) => claimsBinding(candidate, binding));
  const claiming = claimants.find(watches) ?? claimants[0];
  // Beside those that claim the Ingress, the product's other installations matter by their settings only.
  const instances = mapRead(ofProduct, (list) =>
    list.map((candidate) =>
      claiming === undefined || claimsBinding(candidate, binding)
        ? traceInstance(lookup, candidate, namespace)
        : describeInstance(candidate),
    ),
  );
  const serving =
    claiming === undefined
      ? undefined
      : valueOr(instances, []).find(({ controlPlanes }) => controlPlanes === claiming.controlPlanes);
  // What is said to run outside the cluster has no installation here; of an unknown product that is not known.
  const isOutside = profile.isInvisible && (profile.product !== 'unknown' || candidates.ok);
  return {
    profile,
    instances: isOutside ? found([]) : instances,
    ...(serving !== undefined && { serving }),
    ingressNamespace: placeOf(lookup, claimants, namespace).object,
    others: all
      .filter((candidate) => candidate.profile !== profile)
      .map((candidate) => describeInstance(candidate)),
    seesBeyondNamespace: all.length > 0 || (candidates !== cheap && seesBeyond(lookup, namespace)),
  };
}

/** Where the Ingress stands, with its namespace's labels where an installation goes by them. */
function placeOf(
  lookup: Lookup,
  candidates: readonly Candidate[],
  namespace = '',
): Place & { readonly object: ControllerTrace['ingressNamespace'] } {
  const goesByLabels = candidates.some((candidate) => selectsNamespaces(watcherOf(candidate)));
  const object = goesByLabels ? lookup.get('Namespace', undefined, namespace) : found(undefined);
  const own = valueOr(object, undefined);
  return { namespace, object, ...(own !== undefined && { namespaceLabels: own.metadata?.labels ?? {} }) };
}

function watcherOf(candidate: Candidate): Watcher {
  return { ...candidate, settings: settingsOfCandidate(candidate) };
}

function seesBeyond(lookup: Lookup, namespace: string | undefined): boolean {
  const workloads = valueOr(joinReads([lookup.list('Deployment', {}), lookup.list('DaemonSet', {})]), []);
  return workloads.some(({ metadata }) => metadata?.namespace !== namespace);
}

/** The cheap first look for controllers: workloads with the labels that they commonly carry. */
export function listControllers(lookup: Lookup): Read<readonly Candidate[]> {
  return findCandidates(lookup, commonLabels());
}

/** One selector over the labels that the products' own charts and manifests set. */
function commonLabels(): string {
  const names = CONTROLLERS.flatMap(({ labels }) => labels)
    .filter(({ key }) => key === 'app.kubernetes.io/name')
    .map(({ value }) => value);
  return `app.kubernetes.io/name in (${[...new Set(names)].sort().join(',')})`;
}

/** Every installation of a known product among the workloads of the cluster. */
function findCandidates(lookup: Lookup, labelSelector: string | undefined): Read<readonly Candidate[]> {
  return lookup.once(`candidates ${labelSelector}`, () => readCandidates(lookup, labelSelector));
}

function readCandidates(lookup: Lookup, labelSelector: string | undefined): Read<readonly Candidate[]> {
  const scope = labelSelector === undefined ? {} : { labelSelector };
  const workloads = joinReads([lookup.list('Deployment', scope), lookup.list('DaemonSet', scope)]);
  return mapRead(workloads, (list) => {
    const candidates: Candidate[] = [];
    const parts: { profile: ControllerProfile; role: 'proxy' | 'control-plane'; workload: Workload }[] = [];
    for (const workload of list) {
      const namespace = workload.metadata?.namespace ?? '';
      for (const profile of CONTROLLERS) {
        const role = profile.recognise(workload);
        if (role === undefined) continue;
        if (role === 'both') {
          candidates.push({ profile, namespace, proxies: [workload], controlPlanes: [workload] });
        } else parts.push({ profile, role, workload });
        break;
      }
    }
    return [...candidates, ...joinParts(parts)];
  });
}

/** Control planes and proxies of one product in one namespace belong together. */
function joinParts(
  parts: readonly { profile: ControllerProfile; role: 'proxy' | 'control-plane'; workload: Workload }[],
): readonly Candidate[] {
  const groups = new Map<string, Candidate>();
  for (const { profile, role, workload } of parts) {
    const namespace = workload.metadata?.namespace ?? '';
    const key = `${profile.product} ${namespace}`;
    const group = groups.get(key) ?? { profile, namespace, proxies: [], controlPlanes: [] };
    groups.set(
      key,
      role === 'proxy'
        ? { ...group, proxies: [...group.proxies, workload] }
        : { ...group, controlPlanes: [...group.controlPlanes, workload] },
    );
  }
  return [...groups.values()];
}

/** The product that the IngressClass names, else one whose installation claims the Ingress, else the name's usual one. */
function chooseProfile(
  binding: ClassBinding,
  candidates: readonly Candidate[],
  isGke: boolean,
): ControllerProfile | undefined {
  const controller = binding.ingressClass?.spec?.controller;
  const named = controller === undefined ? undefined : productOfClass(controller);
  if (named !== undefined) return named;
  const claiming = candidates.find((candidate) => claimsBinding(candidate, binding));
  if (claiming !== undefined) return claiming.profile;
  const like = controller === undefined ? undefined : productLikeClass(controller);
  if (like !== undefined) return like;
  // Of a controller name that is not known only its domain tells whose it may be.
  if (controller !== undefined) {
    return candidates.find(({ profile }) => isOfDomain(profile, controller))?.profile;
  }
  const word = binding.field ?? binding.annotation;
  const usual = word === undefined ? undefined : productOfClass(word);
  if (usual !== undefined) return usual;
  if (word === undefined && isGke) return profileFor('gke');
  const products = new Set(candidates.map(({ profile }) => profile));
  // With one product in the cluster, its answer is what a client gets who reaches the cluster at all.
  return products.size === 1 ? [...products][0] : undefined;
}

function isOfDomain({ controllerNames }: ControllerProfile, controller: string): boolean {
  const [domain] = controller.split('/', 1);
  return controllerNames.some((name) => name.split('/', 1)[0] === domain);
}

function claimsBinding(candidate: Candidate, binding: ClassBinding): boolean {
  return candidate.profile.claims(binding, settingsOfCandidate(candidate)).claims;
}
