import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { documents, POD_A, POD_B, podLog } from '../shop-objects.ts';

const COREDNS = 'coredns-77c-zzzzz';
const failure = (name: string, minute: number) =>
  `2026-03-02T11:5${minute}:00Z [ERROR] plugin/errors: 2 ${name}. A: read udp 10.244.0.5:41210->10.0.0.2:53: i/o timeout`;
const corednsLog = (name: string, times: number) =>
  podLog(
    'kube-system',
    COREDNS,
    'coredns',
    Array.from({ length: times }, (_, minute) => failure(name, minute)).join('\n'),
  );
const lookups = (pod: string) =>
  podLog(
    'shop',
    pod,
    'app',
    [6, 7, 8, 9]
      .map((minute) => `2026-03-02T11:5${minute}:00Z ERROR getaddrinfo ENOTFOUND api.partner.example.net`)
      .join('\n'),
  );

test('the resolver is the root of the application’s failed lookups', async () => {
  const diagnosis = await overlay(
    documents(corednsLog('api.partner.example.net', 4), lookups(POD_A), lookups(POD_B)),
  );
  expect(rootOf(diagnosis)).toBe('dns-upstream-failing');
  expect(diagnosis.rootCauses).toHaveLength(1);
  expect(findingOf(diagnosis, 'dns-upstream-failing').object.name).toBe(COREDNS);
});

test('an ExternalName Service whose name gets no answer cannot be resolved', async () => {
  const external = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { type: 'ExternalName', externalName: 'api.partner.example.net', ports: [{ port: 80 }] },
  };
  const diagnosis = await overlay(documents(external, corednsLog('api.partner.example.net', 4)));
  expect(findingOf(diagnosis, 'dns-upstream-failing').symptom).toBe('name-unresolved');
});

test('other names, one or two lost packets, and an application that needs no names are no trouble', async () => {
  const others = documents(corednsLog('elsewhere.example.org', 4), lookups(POD_A));
  expect(rulesOf(await overlay(others))).not.toContain('dns-upstream-failing');
  const few = documents(corednsLog('api.partner.example.net', 2), lookups(POD_A));
  expect(rulesOf(await overlay(few))).not.toContain('dns-upstream-failing');
  const quiet = await overlay(documents(corednsLog('api.partner.example.net', 4)));
  expect(rulesOf(quiet)).not.toContain('dns-upstream-failing');
  expect(quiet.verdict).toBe('healthy');
});

test('the Corefile shows where CoreDNS forwards to, where it may be read', async () => {
  const yaml = documents(corednsLog('api.partner.example.net', 4), lookups(POD_A), lookups(POD_B));
  const forwards = async (forbidden: readonly string[]) =>
    findingOf(await overlay(yaml, { forbidden }), 'dns-upstream-failing').evidence.filter(
      (each) => 'field' in each && each.field === 'data.Corefile',
    );
  expect((await forwards([])).map(({ value }) => value)).toEqual(['forward . /etc/resolv.conf']);
  expect(await forwards(['ConfigMap'])).toEqual([]);
});
