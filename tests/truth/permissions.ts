import { kubectl } from './bed.ts';
import type { Manifest } from './case.ts';
import { overclaimsOf } from './compare.ts';
import { type Asked, type DiagnosisDocument, diagnoseLive } from './doctor.ts';

/** What a user may not do who may otherwise read all that the doctor reads. */
interface User {
  readonly name: string;
  /** In words, for the table. */
  readonly about: string;
  /** Resources that it may read everywhere. */
  readonly everywhere: readonly string[];
  /** Whether it may read everything in the Ingress's namespace. */
  readonly isInNamespace: boolean;
}

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...[
      'configmaps',
      'events',
      'limitranges',
      'namespaces',
      'nodes',
      'persistentvolumeclaims',
      'pods',
      'pods/log',
    ],
    ...['replicationcontrollers', 'resourcequotas', 'secrets', 'serviceaccounts', 'services'],
  ],
  apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['jobs'],
  'discovery.k8s.io': ['endpointslices'],
  'metrics.k8s.io': ['pods'],
  'networking.k8s.io': ['ingressclasses', 'ingresses', 'networkpolicies'],
};
const ALL = [...new Set(Object.values(GROUPS).flat())];

/** Users who see less and less. */
export const USERS: readonly User[] = [
  { name: 'truth-one-namespace', about: 'one namespace only', everywhere: [], isInNamespace: true },
  { name: 'truth-no-secrets', about: 'no Secrets', everywhere: without('secrets'), isInNamespace: false },
  { name: 'truth-no-events', about: 'no Events', everywhere: without('events'), isInNamespace: false },
  { name: 'truth-no-logs', about: 'no logs', everywhere: without('pods/log'), isInNamespace: false },
  { name: 'truth-ingresses', about: 'Ingresses only', everywhere: ['ingresses'], isInNamespace: false },
  { name: 'truth-nobody', about: 'nothing at all', everywhere: [], isInNamespace: false },
];

/** What the doctor said to one user. */
export interface Sight {
  readonly about: string;
  /** The verdict, or `refused` where nothing could be looked at. */
  readonly verdict: string;
  readonly cause: string;
  /** How it knows better, or promises more, than with all rights; empty where it does not. */
  readonly overclaims: readonly string[];
}

/** Gives the users what they may read everywhere. */
export async function createUsers(): Promise<void> {
  await removeUsers();
  const manifests = USERS.flatMap(({ name, everywhere }): Manifest[] => [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name },
      rules: Object.entries(GROUPS).flatMap(([group, resources]) => {
        const allowed = resources.filter((resource) => everywhere.includes(resource));
        return allowed.length === 0
          ? []
          : [{ apiGroups: [group], resources: allowed, verbs: ['get', 'list'] }];
      }),
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'User', name }],
    },
  ]);
  await kubectl(['create', '-f', '-'], manifests);
}

export async function removeUsers(): Promise<void> {
  const names = USERS.map(({ name }) => name);
  await kubectl(['delete', 'clusterrolebinding', '--ignore-not-found', ...names]);
  await kubectl(['delete', 'clusterrole', '--ignore-not-found', ...names]);
}

/** Diagnoses once more as each of the users, and compares with what the doctor says with all rights. */
export async function diagnoseAsUsers(asked: Asked, full: DiagnosisDocument): Promise<readonly Sight[]> {
  const { namespace } = asked;
  const sights: Sight[] = [];
  for (const { name, about, isInNamespace } of USERS) {
    if (isInNamespace) await grantNamespace(name, namespace);
    const limited = await diagnoseLive(asked, ['--as', name]).catch((error: unknown) => String(error));
    if (typeof limited === 'string') {
      const isClear = /forbidden/.test(limited);
      sights.push({
        about,
        verdict: 'refused',
        cause: '',
        overclaims: isClear ? [] : [`it ends with ${limited}`],
      });
      continue;
    }
    const { verdict } = limited;
    const cause = limited.rootCauses[0]?.rule ?? '';
    const overclaims = overclaimsOf(full, limited).map((claim) => `with ${about} ${claim}`);
    sights.push({ about, verdict, cause, overclaims });
  }
  return sights;
}

async function grantNamespace(user: string, namespace: string): Promise<void> {
  const metadata = { name: user, namespace };
  const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: user };
  const manifests: Manifest[] = [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: role,
      subjects: [{ kind: 'User', name: user }],
    },
  ];
  await kubectl(['apply', '-f', '-'], manifests);
}

function without(resource: string): readonly string[] {
  return ALL.filter((each) => each !== resource);
}
