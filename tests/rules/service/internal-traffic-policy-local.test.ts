import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { documents, endpoint, ingressTo, POD_A, POD_B, service, slice } from '../shop-objects.ts';

const LOCAL = service({ internalTrafficPolicy: 'Local' });
const upstream = (value: string) =>
  ingressTo('web', { number: 80 }, { 'nginx.ingress.kubernetes.io/service-upstream': value });

function on(...nodes: readonly string[]): object {
  return slice(
    nodes.map((nodeName, index) => ({
      ...endpoint(`10.244.0.${21 + index}`, [POD_A, POD_B][index] ?? ''),
      nodeName,
    })),
  );
}

test('requests from a Node without a Pod are dropped', async () => {
  const diagnosis = await overlay(documents(upstream('true'), LOCAL, on('node2', 'node3')));
  expect(rootOf(diagnosis)).toBe('internal-traffic-policy-local');
  expect(statusOf(diagnosis)).toBe(504);
  expect(findingOf(diagnosis, 'internal-traffic-policy-local').partial).toBe(false);
});

test.each([
  ['a Pod is on the Node of the controller', upstream('true'), on('node1', 'node2')],
  ['requests go to the Pods', upstream('false'), on('node2', 'node3')],
])('is silent where %s', async (_, ingress, endpoints) => {
  const diagnosis = await overlay(documents(ingress, LOCAL, endpoints));
  expect(rulesOf(diagnosis)).not.toContain('internal-traffic-policy-local');
  expect(diagnosis.verdict).toBe('healthy');
});

test('where the Pods of the controller cannot be read it says so, and only then', async () => {
  const options = { forbidden: ['Pod'] };
  const asked = await overlay(documents(upstream('true'), LOCAL, on('node2')), options);
  const unasked = await overlay(documents(service()), options);
  const notRun = (diagnosis: typeof asked) =>
    diagnosis.notChecked.flatMap((entry) => ('rules' in entry ? entry.rules : entry.rule));
  expect(notRun(asked)).toContain('internal-traffic-policy-local');
  expect(notRun(unasked)).not.toContain('internal-traffic-policy-local');
});

test('the setting of the controller counts for Ingresses that say nothing', async () => {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' },
    data: { 'service-upstream': 'true' },
  };
  const rulesWith = async (ingress: object) =>
    rulesOf(await overlay(documents(ingress, LOCAL, on('node2', 'node3'), config)));
  expect(await rulesWith(ingressTo('web', { number: 80 }))).toContain('internal-traffic-policy-local');
  expect(await rulesWith(upstream('false'))).not.toContain('internal-traffic-policy-local');
});
