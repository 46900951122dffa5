import { findingOf, overlay, rulesOf } from '../check.ts';
import { documents, policy } from '../shop-objects.ts';

const from = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }];
const onPorts = (name: string, ports: readonly object[]) =>
  policy(name, { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from, ports }] });

test('the Service port is the plain mistake, and takes the place of netpol-ingress-deny', async () => {
  const diagnosis = await overlay(documents(onPorts('web', [{ port: 443 }, { port: 80 }])));
  expect(rulesOf(diagnosis)).toEqual(['netpol-port-mismatch']);
  const finding = findingOf(diagnosis, 'netpol-port-mismatch');
  expect(finding.confidence).toBe('certain');
  expect(finding.fix?.commands.at(-1)?.run).toContain('"path":"/spec/ingress/0/ports/1/port","value":8080');
});

test('another port may have been meant', async () => {
  const finding = findingOf(
    await overlay(documents(onPorts('web', [{ port: 9090 }]))),
    'netpol-port-mismatch',
  );
  expect(finding.confidence).toBe('likely');
  expect(finding.fix?.commands.at(-1)?.run).toContain('/spec/ingress/0/ports/-');
});

test('a port name that the Pods do not declare admits nothing', async () => {
  expect(rulesOf(await overlay(documents(onPorts('web', [{ port: 'web' }]))))).toEqual([
    'netpol-port-mismatch',
  ]);
});

test('policies add up: another one may admit the port', async () => {
  const yaml = documents(
    onPorts('metrics', [{ port: 9090 }]),
    onPorts('web', [{ port: 8000, endPort: 8999 }]),
  );
  const diagnosis = await overlay(yaml);
  expect(rulesOf(diagnosis)).toEqual([]);
  expect(diagnosis.verdict).toBe('healthy');
});
