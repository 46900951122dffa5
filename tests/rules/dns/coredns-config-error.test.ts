import { findingOf, overlay, rulesOf } from '../check.ts';
import { documents, podLog } from '../shop-objects.ts';

const dnsSlice = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: 'kube-dns-fghij',
    namespace: 'kube-system',
    labels: { 'kubernetes.io/service-name': 'kube-dns' },
  },
  addressType: 'IPv4',
  ports: [{ name: 'dns', port: 53, protocol: 'UDP' }],
  endpoints: [],
};

function crashing(terminated: object): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'coredns-77c-zzzzz', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    spec: { nodeName: 'node1', containers: [{ name: 'coredns' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [
        {
          name: 'coredns',
          ready: false,
          restartCount: 7,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated },
        },
      ],
    },
  };
}

test.each([
  ["/etc/coredns/Corefile:6 - Error during parsing: Unknown directive 'forwardd'"],
  ['[FATAL] plugin/loop: Loop (127.0.0.1:1 -> :53) detected for zone "."'],
])('the log says %s', async (line) => {
  const log = podLog('kube-system', 'coredns-77c-zzzzz', 'coredns', `.:53\n${line}\n`);
  const diagnosis = await overlay(documents(dnsSlice, crashing({ exitCode: 1, reason: 'Error' }), log));
  const finding = findingOf(diagnosis, 'coredns-config-error');
  expect(finding.object).toEqual({ kind: 'ConfigMap', namespace: 'kube-system', name: 'coredns' });
});

test('the termination message is enough', async () => {
  const message = "/etc/coredns/Corefile:6 - Error during parsing: Unknown directive 'forwardd'";
  const yaml = documents(dnsSlice, crashing({ exitCode: 1, message }));
  expect(rulesOf(await overlay(yaml))).toContain('coredns-config-error');
});

test('CoreDNS that is killed for memory has nothing wrong in its configuration', async () => {
  const yaml = documents(dnsSlice, crashing({ exitCode: 137, reason: 'OOMKilled' }));
  const rules = rulesOf(await overlay(yaml));
  expect(rules).toContain('coredns-down');
  expect(rules).not.toContain('coredns-config-error');
});

test('an error line of a CoreDNS that runs is no crash', async () => {
  const log = podLog(
    'kube-system',
    'coredns-77c-zzzzz',
    'coredns',
    '[ERROR] plugin/errors: 2 a. A: i/o timeout',
  );
  expect(rulesOf(await overlay(documents(log)))).toEqual([]);
});
