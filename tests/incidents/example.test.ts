import { dump } from 'js-yaml';
import { openFile } from '../../src/cluster/file/open.ts';
import { diagnoseTarget } from '../../src/diagnose-target.ts';
import { showReference } from '../../src/model/reference.ts';
import { expectGolden } from '../golden.ts';
import { exampleCluster } from './example.ts';

const HEAD = '# A broken cluster, for a first look at the report. Written by tests/incidents/example.ts.\n';

test('examples/incident.yaml is what example.ts makes', () => {
  expectGolden(
    '../examples/incident.yaml',
    `${HEAD}${dump(exampleCluster(), { noRefs: true, lineWidth: 110 })}`,
  );
});

test('the example shows each of its faults, and nothing else', async () => {
  const cluster = await openFile('examples/incident.yaml', {});
  const { diagnoses } = await diagnoseTarget(cluster, { kind: 'all' }, {});
  const told = diagnoses.map(({ target, verdict, routes, rootCauses }) => ({
    target: showReference(target),
    verdict,
    statuses: routes.map(({ path, prediction: { status } }) => `${path} ${status}`),
    roots: rootCauses.map(({ finding }) => finding.rule),
  }));
  expect(told).toEqual([
    { target: 'Ingress blog/blog', verdict: 'healthy', statuses: ['/ 200'], roots: [] },
    {
      target: 'Ingress shop/admin',
      verdict: 'failing',
      statuses: ['/ 404'],
      roots: ['ingressclass-missing'],
    },
    {
      target: 'Ingress shop/web',
      verdict: 'failing',
      statuses: ['/ 200', '/api 503', '/cart 502', '/search 503'],
      roots: ['service-selector-no-pods', 'pod-readiness-http-status', 'service-targetport-undeclared'],
    },
  ]);
});

test('one Ingress alone is told with its logs and the change before the trouble', async () => {
  const cluster = await openFile('examples/incident.yaml', {});
  const { diagnoses } = await diagnoseTarget(
    cluster,
    { kind: 'ingress', namespace: 'shop', name: 'web' },
    {},
  );
  const causes = diagnoses[0]?.rootCauses ?? [];
  const api = causes.find(({ finding }) => finding.rule === 'pod-readiness-http-status');
  expect(api?.finding.since).toBe('2026-03-02T14:02:00Z');
  expect(api?.change).toBe('rollout 6 → 7, 40s before (image api:2.3.1 → api:2.4.0)');
  const cart = causes.find(({ finding }) => finding.rule === 'service-targetport-undeclared');
  expect(cart?.finding.confidence).toBe('certain');
});
