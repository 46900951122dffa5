import { overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, crashed, onlyPod } from '../pods.ts';

test('a Pod that ended well and is never restarted serves no longer', async () => {
  const status = {
    phase: 'Succeeded',
    conditions: [{ type: 'Ready', status: 'False', reason: 'PodCompleted' }],
    containerStatuses: [
      {
        name: 'app',
        ready: false,
        restartCount: 0,
        state: { terminated: { exitCode: 0, reason: 'Completed' } },
      },
    ],
  };
  const spec = { restartPolicy: 'Never' };
  expect(rootOf(await overlay(onlyPod({ spec, status, metadata: { ownerReferences: [] } })))).toBe(
    'pod-exit-zero',
  );
  expect(rulesOf(await overlay(besideReadyPod({ spec, status })))).not.toContain('pod-exit-zero');
});

test('an error is another fault', async () => {
  expect(rulesOf(await overlay(onlyPod({ state: crashed(1) })))).not.toContain('pod-exit-zero');
});

test('an init container that has done its work is no fault', async () => {
  const diagnosis = await overlay(
    onlyPod({
      ready: true,
      spec: { initContainers: [{ name: 'migrate' }] },
      status: {
        initContainerStatuses: [
          {
            name: 'migrate',
            ready: true,
            restartCount: 0,
            state: { terminated: { exitCode: 0, reason: 'Completed' } },
          },
        ],
      },
    }),
  );
  expect(diagnosis.verdict).toBe('healthy');
});
