import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { nginxDeployment, nginxPod } from '../controllers.ts';
import { document } from '../ingresses.ts';

const UNREADY = nginxPod({ isReady: false });

test('takes every route down where no Pod is ready', async () => {
  const diagnosis = await overlay(UNREADY);
  expect(rootOf(diagnosis)).toBe('controller-not-ready');
  expect(diagnosis.routes[0]?.prediction.symptom).toBe('controller-down');
  expect(statusOf(diagnosis)).toBeNull();
});

test('is likely while all Pods start', async () => {
  const diagnosis = await overlay(nginxPod({ isReady: false, created: '2026-03-02T11:59:45Z' }));
  expect(findingOf(diagnosis, 'controller-not-ready').confidence).toBe('likely');
});

test('is a remark while others are ready', async () => {
  const diagnosis = await overlay(nginxPod({ name: 'second', isReady: false }));
  expect(findingOf(diagnosis, 'controller-not-ready').severity).toBe('low');
  expect(diagnosis.verdict).toBe('healthy');
});

test('is silent during a rollout', async () => {
  const diagnosis = await overlay(nginxPod({ name: 'new', isReady: false, created: '2026-03-02T11:59:45Z' }));
  expect(rulesOf(diagnosis)).not.toContain('controller-not-ready');
});

test('decides nothing where a second installation of the class is ready', async () => {
  const labels = { release: 'green' };
  const diagnosis = await overlay(
    UNREADY +
      nginxDeployment({ name: 'second', namespace: 'second', labels }) +
      nginxPod({ name: 'second-1', namespace: 'second', labels }),
  );
  expect(findingOf(diagnosis, 'controller-not-ready').symptom).toBeUndefined();
  expect(diagnosis.verdict).toBe('healthy');
});

test('says of a control plane that is down that the proxies go on', async () => {
  const down = document({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'contour-1',
      namespace: 'projectcontour',
      creationTimestamp: '2026-02-01T00:00:00Z',
      labels: { app: 'contour' },
    },
    spec: { nodeName: 'node1', containers: [{ name: 'contour' }] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] },
  });
  const diagnosis = await overlay(down, { controller: 'contour' });
  expect(findingOf(diagnosis, 'controller-not-ready')).toMatchObject({
    severity: 'medium',
    object: { name: 'contour' },
  });
  expect(diagnosis.rootCauses).toEqual([]);
});

test('cannot tell without the Pods', async () => {
  const diagnosis = await overlay('', { forbidden: ['Pod'] });
  expect(diagnosis.verdict).toBe('unknown');
});
