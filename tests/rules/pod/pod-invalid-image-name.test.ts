import { overlay, rootOf, rulesOf } from '../check.ts';
import { onlyPod, waiting } from '../pods.ts';

test('an init container counts too', async () => {
  const example = {
    state: waiting('PodInitializing'),
    spec: { initContainers: [{ name: 'migrate', image: 'Registry/Migrate:' }] },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'Ready', status: 'False' }],
      initContainerStatuses: [{ name: 'migrate', ready: false, ...waiting('InvalidImageName') }],
    },
  };
  expect(rootOf(await overlay(onlyPod(example)))).toBe('pod-invalid-image-name');
});

test('a valid name that does not exist is another fault', async () => {
  const diagnosis = await overlay(onlyPod({ state: waiting('ErrImagePull', 'not found') }));
  expect(rulesOf(diagnosis)).not.toContain('pod-invalid-image-name');
});
