import { clusterOfTexts } from '../../src/cluster/file/open.ts';
import { diagnoseTarget } from '../../src/diagnose-target.ts';
import type { Diagnosis, RootCause, Verdict } from '../../src/model/diagnosis.ts';
import { showReference } from '../../src/model/reference.ts';
import { renderText } from '../../src/render/text.ts';
import { expectGolden } from '../golden.ts';
import { INCIDENTS, type IncidentName } from './incidents.ts';
import type { PlainObject } from './objects.ts';

async function diagnosisOf(cluster: PlainObject): Promise<Diagnosis> {
  const text = JSON.stringify(cluster);
  const opened = clusterOfTexts('cluster.json', [{ name: 'cluster.json', role: { holds: 'objects' }, text }]);
  const { diagnoses } = await diagnoseTarget(opened, { kind: 'ingress', namespace: 'shop', name: 'web' }, {});
  const [diagnosis] = diagnoses;
  if (diagnosis === undefined) throw new Error('Ingress shop/web was not diagnosed');
  return diagnosis;
}

/** What is asserted of an incident: its root causes (rule and object at fault), and each route's status. */
interface Expected {
  readonly roots: readonly string[];
  readonly statuses: Readonly<Record<string, number | null>>;
  readonly change?: string;
  /** `failing` unless said otherwise. */
  readonly verdict?: Verdict;
}

const EXPECTED: Readonly<Record<IncidentName, Expected>> = {
  badRollout: {
    roots: ['pod-readiness-http-status of Pod'],
    statuses: { '/': 200, '/api': 503 },
    change: 'rollout 6 → 7, 4s before (image api:2.3.1 → api:2.4.0)',
  },
  outOfMemory: {
    roots: ['pod-oomkilled of Pod'],
    statuses: { '/': 503 },
    change: 'rollout 2 → 3, 28m before (same images)',
  },
  imagePull: {
    roots: ['pod-image-pull of Pod'],
    statuses: { '/': 503 },
    change: 'rollout 11 → 12, 12s before (image web:3.0.0 → wbe:3.0.1)',
  },
  quota: { roots: ['workload-quota of Deployment shop/web'], statuses: { '/': 503 } },
  selectorDrift: {
    roots: ['service-selector-no-pods of Service shop/web'],
    statuses: { '/': 503, '/cart': 200 },
  },
  nodeDown: { roots: ['node-not-ready of Node node2'], statuses: { '/': 503 } },
  dnsDown: { roots: ['coredns-config-error of ConfigMap kube-system/coredns'], statuses: { '/': 503 } },
  hardening: {
    // The one that admits something: it is where the controller is to be added.
    roots: ['netpol-ingress-deny of NetworkPolicy shop/allow-same-namespace'],
    statuses: { '/': 504 },
    change: 'NetworkPolicy shop/allow-same-namespace created at 2026-03-02T13:46:00Z',
  },
  expired: { roots: ['tls-expired of Secret shop/web-tls'], statuses: { '/': 200 } },
  halfMigrated: { roots: ['class-annotation-field-conflict of Ingress shop/web'], statuses: { '/': 404 } },
  twoTeams: { roots: ['duplicate-host-path of Ingress shop/web'], statuses: { '/': null } },
  errorsInLogs: { roots: ['app-log-errors of Pod'], statuses: { '/': 500 } },
  twoFaults: {
    roots: ['pod-crashloop of Pod', 'service-port-missing of Ingress shop/web'],
    statuses: { '/': 200, '/api': 503, '/cart': 503 },
  },
  cascade: {
    roots: ['pod-config-error of Pod'],
    statuses: { '/': 503 },
    change: 'rollout 3 → 4, 12s before (image web:3.9.0 → web:4.0.0)',
  },
  controllerDown: { roots: ['controller-crashlooping of Pod'], statuses: { '/': null } },
  stuckBesideOld: { roots: [], statuses: { '/': 200 }, verdict: 'healthy' },
  flapping: { roots: ['pod-liveness-kill of Pod'], statuses: { '/': 200 }, verdict: 'degraded' },
  oneOfThree: { roots: ['pod-crashloop of Pod'], statuses: { '/': 200 }, verdict: 'degraded' },
};

function named({ finding: { rule, object } }: RootCause): string {
  return `${rule} of ${object.kind === 'Pod' ? 'Pod' : showReference(object)}`;
}

describe.each(Object.entries(EXPECTED))('%s', (name, { roots, statuses, change, verdict = 'failing' }) => {
  const diagnosed = diagnosisOf(INCIDENTS[name as IncidentName]());

  test('its root causes are named, and nothing else is', async () => {
    const { rootCauses, verdict: told } = await diagnosed;
    expect([...rootCauses.map(named)].sort()).toEqual([...roots].sort());
    expect(told).toBe(verdict);
    expect(rootCauses[0]?.change).toBe(change);
  });

  test('each route gets the status that clients see', async () => {
    const { routes } = await diagnosed;
    expect(Object.fromEntries(routes.map(({ path, prediction }) => [path, prediction.status]))).toEqual(
      statuses,
    );
  });

  test('a route that works is no root cause’s', async () => {
    const { routes, rootCauses } = await diagnosed;
    const healthy = routes.filter(({ verdict }) => verdict === 'healthy').map(({ id }) => id);
    expect(rootCauses.flatMap(({ affects }) => affects).filter((id) => healthy.includes(id))).toEqual([]);
  });

  test('the report', async () => {
    const report = renderText([await diagnosed], { width: 100, color: false });
    expectGolden(`incidents/reports/${name}.txt`, report);
  });
});
