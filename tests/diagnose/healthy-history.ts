import { deployment, endpoint, ingressTo, pod, service, slice } from '../rules/shop-objects.ts';

/** What may happen to what Ingress shop/web leads to while its requests are served all the time. */
export const STEPS = ['start', 'end', 'kill', 'replace', 'switch', 'scale', 'rename', 'move'] as const;
export type Step = (typeof STEPS)[number];

/** A step, and which of several Pods it hits. */
interface Change {
  readonly step: Step;
  readonly pick: number;
}

/** The objects at one moment, to lay over base.yaml without {@link REPLACED}. */
export type Moment = readonly object[];

/** The objects of base.yaml whose place a history takes. */
export const REPLACED = [
  'Pod shop/web-6b7f-aaaaa',
  'Pod shop/web-6b7f-bbbbb',
  'Service shop/web',
  'EndpointSlice shop/web-abcde',
  'Deployment shop/web',
  'ReplicaSet shop/web-6b7f',
];

interface Member {
  readonly name: string;
  readonly hash: string;
  readonly track: string;
  readonly ip: string;
  readonly since: string;
  readonly state: 'starting' | 'ready' | 'ending';
}

interface Front {
  readonly name: string;
  readonly track: string;
  readonly portName: string;
  readonly changed: string;
  /** What its slice lists, and since when. */
  readonly listed: readonly Member[];
  readonly listedSince: string;
}

interface World {
  readonly pods: readonly Member[];
  readonly hashes: readonly string[];
  readonly replicas: number;
  readonly fronts: readonly Front[];
  /** The Service that the Ingress names. */
  readonly named: string;
}

const LONG_AGO = '2026-02-10T00:00:30Z';
/** When base.yaml was read. */
const BEGIN = Date.parse('2026-03-02T12:00:00Z');

/**
 * A history that begins when the reading does, a change in a second. Pods change first and the slices follow.
 * At every moment a slice of the Service that the Ingress names lists a ready Pod that is there.
 */
export function historyOf(changes: readonly Change[]): readonly Moment[] {
  const pods = ['aaaaa', 'bbbbb'].map((suffix, index) => member(`web-6b7f-${suffix}`, 'blue', 21 + index));
  const front: Front = {
    name: 'web',
    track: 'blue',
    portName: 'http',
    changed: LONG_AGO,
    listed: pods,
    listedSince: LONG_AGO,
  };
  const worlds: World[] = [{ pods, hashes: ['6b7f'], replicas: 2, fronts: [front], named: 'web' }];
  for (const [index, change] of changes.entries()) {
    const world = worlds.at(-1);
    if (world !== undefined) worlds.push(...after(world, change, index + 1));
  }
  return worlds.map(momentOf);
}

/** The worlds that a change leads through, the last one settled. */
function after(world: World, { step, pick }: Change, second: number): readonly World[] {
  const [front] = world.fronts;
  if (front === undefined) return [];
  const now = new Date(BEGIN + second * 1000).toISOString();
  switch (step) {
    case 'start':
      return start(world, front.track, second, now);
    case 'scale':
      return start({ ...world, replicas: world.replicas + 1 }, front.track, second, now);
    case 'switch':
      return switchTracks(world, front, second, now);
    case 'rename': {
      const portName = front.portName === 'http' ? 'web' : 'http';
      return [{ ...world, fronts: [{ ...front, portName, changed: now, listedSince: now }] }];
    }
    case 'move': {
      const made = { ...front, name: `web-${second}`, changed: now, listedSince: now };
      const both = { ...world, fronts: [front, made] };
      return [both, { ...both, named: made.name }, { ...both, named: made.name, fronts: [made] }];
    }
    default:
      return lose(world, front, step, pick, second, now);
  }
}

/** A new Pod of a new ReplicaSet. */
function start(world: World, track: string, second: number, now: string): readonly World[] {
  const hash = `${track}${second}`;
  const made: Member = {
    ...member(`web-${hash}-x`, track, 100 + second),
    hash,
    since: now,
    state: 'starting',
  };
  const begun = { ...world, hashes: [...world.hashes, hash] };
  const starting = { ...begun, pods: [...world.pods, made] };
  return [begun, starting, ...becomeReady(starting, made, now)];
}

function becomeReady(world: World, starting: Member, now: string): readonly World[] {
  const pods = world.pods.map((each) => (each === starting ? { ...each, state: 'ready' as const } : each));
  return followed({ ...world, pods }, now);
}

/** All Pods of the other track first, then the Service, as blue and green are switched. */
function switchTracks(world: World, front: Front, second: number, now: string): readonly World[] {
  const track = front.track === 'blue' ? 'green' : 'blue';
  const isThere = world.pods.some((each) => each.track === track && each.state === 'ready');
  const before = isThere ? [] : start(world, track, second, now);
  const prepared = before.at(-1) ?? world;
  const fronts = [{ ...front, track, changed: now, listed: prepared.fronts[0]?.listed ?? [] }];
  return [...before, ...followed({ ...prepared, fronts }, now)];
}

/** A Pod ends in good order, is gone at once, or is made anew under its own name as a StatefulSet does. */
function lose(
  world: World,
  front: Front,
  step: 'end' | 'kill' | 'replace',
  pick: number,
  second: number,
  now: string,
): readonly World[] {
  const serving = world.pods.filter(({ track, state }) => track === front.track && state === 'ready');
  const lost = serving[pick % serving.length];
  if (lost === undefined || serving.length < 2) return [];
  const ending = world.pods.map((each) => (each === lost ? { ...each, state: 'ending' as const } : each));
  const before = step === 'end' ? followed({ ...world, pods: ending }, now) : [];
  const others = world.pods.filter((each) => each !== lost);
  const gone = { ...(before.at(-1) ?? world), pods: others };
  if (step !== 'replace') return [...before, ...followed(gone, now)];
  const again: Member = { ...lost, ip: `10.244.1.${second}`, since: now, state: 'starting' };
  const starting = { ...gone, pods: [...others, again] };
  return [gone, starting, ...becomeReady(starting, again, now)];
}

/** The world before and after the slices follow. */
function followed(world: World, now: string): readonly World[] {
  const fronts = world.fronts.map((front) => {
    const listed = world.pods.filter(({ track }) => track === front.track);
    return { ...front, listed, listedSince: now };
  });
  return [world, { ...world, fronts }];
}

function member(name: string, track: string, number: number): Member {
  return { name, hash: '6b7f', track, ip: `10.244.0.${number}`, since: LONG_AGO, state: 'ready' };
}

function momentOf({ pods, hashes, replicas, fronts, named }: World): Moment {
  return [
    ingressTo(named, { number: 80 }),
    ...pods.map(podObject),
    ...fronts.flatMap(frontObjects),
    ...['blue', 'green'].map((track) => deployment(workloadOf(track), { app: 'web', track }, replicas)),
    ...hashes.map(replicaSet),
  ];
}

function podObject({ name, hash, track, ip, since, state }: Member): object {
  return pod(name, {
    ip,
    since,
    ready: state === 'ready',
    labels: { app: 'web', track, 'pod-template-hash': hash },
    owner: { kind: 'ReplicaSet', name: `web-${hash}` },
    ...(state === 'ending' && { deletionTimestamp: since }),
  });
}

function frontObjects({ name, track, portName, changed, listed, listedSince }: Front): readonly object[] {
  const ports = [{ name: portName, port: 80, targetPort: 'http', protocol: 'TCP' }];
  const endpoints = listed.map((each) =>
    endpoint(each.ip, each.name, {
      ready: each.state === 'ready',
      serving: each.state !== 'starting',
      terminating: each.state === 'ending',
    }),
  );
  const labels = {
    'kubernetes.io/service-name': name,
    'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
  };
  return [
    changedAt(service({ selector: { app: 'web', track }, ports }, name), changed),
    changedAt(slice(endpoints, [{ name: portName, port: 8080, protocol: 'TCP' }]), listedSince, {
      name: `${name}-abcde`,
      labels,
    }),
  ];
}

function replicaSet(hash: string): object {
  const owner = workloadOf(hash.startsWith('green') ? 'green' : 'blue');
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `web-${hash}`,
      namespace: 'shop',
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: owner, controller: true }],
    },
    spec: { replicas: 1 },
  };
}

function workloadOf(track: string): string {
  return track === 'blue' ? 'web' : 'web-green';
}

/** The object as the API server shows it: with the time of its last change. */
function changedAt(object: object, time: string, changed: object = {}): object {
  const { metadata } = object as { readonly metadata: object };
  const managedFields = [{ manager: 'test', operation: 'Update', time }];
  return { ...object, metadata: { ...metadata, creationTimestamp: LONG_AGO, managedFields, ...changed } };
}
