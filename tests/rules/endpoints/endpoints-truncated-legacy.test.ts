import { overlay, rulesOf } from '../check.ts';
import { documents } from '../shop-objects.ts';

test('is no matter to a controller that reads EndpointSlices', async () => {
  const endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: 'web',
      namespace: 'shop',
      annotations: { 'endpoints.kubernetes.io/over-capacity': 'truncated' },
    },
  };
  const diagnosis = await overlay(documents(endpoints));
  expect(rulesOf(diagnosis)).not.toContain('endpoints-truncated-legacy');
  expect(diagnosis.verdict).toBe('healthy');
});
