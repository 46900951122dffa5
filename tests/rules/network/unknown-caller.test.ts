import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { documents, policy } from '../shop-objects.ts';

// What NetworkPolicies prove where no Pod of the controller is known, as in a file of the application's objects alone.

const CONTROLLER = ['Deployment', 'Pod', 'Service', 'ConfigMap', 'Namespace'];

function withoutController(object: object): unknown {
  const { kind = '', metadata = {} } = object as {
    kind?: string;
    metadata?: { namespace?: string; name?: string };
  };
  const isIts = metadata.namespace === 'ingress-nginx' || metadata.name === 'ingress-nginx';
  return isIts && CONTROLLER.includes(kind) ? { kind: 'Other' } : object;
}

const select = { podSelector: {}, policyTypes: ['Ingress'] };
const fromNginx = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } };

test('a policy that admits nobody shuts out any controller', async () => {
  const diagnosis = await overlay(documents(policy('deny', select)), { change: withoutController });
  expect(rootOf(diagnosis)).toBe('netpol-ingress-deny');
  expect(findingOf(diagnosis, 'netpol-ingress-deny').confidence).toBe('likely');
  expect(statusOf(diagnosis)).toBe(504);
});

test('a policy that admits on the Service port only shuts out any controller', async () => {
  const ingress = [{ from: [fromNginx], ports: [{ port: 80 }] }];
  const diagnosis = await overlay(documents(policy('allow', { ...select, ingress })), {
    change: withoutController,
  });
  expect(rulesOf(diagnosis)).not.toContain('netpol-ingress-deny');
  expect(rootOf(diagnosis)).toBe('netpol-port-mismatch');
});

test('a policy that admits somebody on the port proves nothing', async () => {
  const ingress = [{ from: [fromNginx], ports: [{ port: 'http' }] }];
  const diagnosis = await overlay(documents(policy('allow', { ...select, ingress })), {
    change: withoutController,
  });
  expect(rootOf(diagnosis)).toBeUndefined();
});
