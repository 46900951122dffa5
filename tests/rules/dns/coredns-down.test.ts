import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { documents, ingressTo, POD_A, podLog, service } from '../shop-objects.ts';

function dnsSlice(ready: boolean): object {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'kube-dns-fghij',
      namespace: 'kube-system',
      labels: { 'kubernetes.io/service-name': 'kube-dns' },
    },
    addressType: 'IPv4',
    ports: [{ name: 'dns', port: 53, protocol: 'UDP' }],
    endpoints: [{ addresses: ['10.244.0.5'], conditions: { ready, serving: ready } }],
  };
}
const down = dnsSlice(false);
const failedLookup = podLog('shop', POD_A, 'app', 'ERROR getaddrinfo ENOTFOUND postgres');

test('an application that shows no failed lookup goes on working, with DNS down behind it', async () => {
  const diagnosis = await overlay(documents(down));
  expect(findingOf(diagnosis, 'coredns-down')).toMatchObject({ severity: 'high', symptom: 'dns-down' });
  expect(rootOf(diagnosis)).toBe('coredns-down');
  expect(diagnosis.verdict).toBe('degraded');
  expect(statusOf(diagnosis)).toBe(200);
});

test('on GKE nothing behind the Service may mean that Cloud DNS answers', async () => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node1' },
    spec: { providerID: 'gce://project/zone/node1' },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  };
  const yaml = `# without: Pod kube-system/coredns-77c-zzzzz\n${documents(down, node)}`;
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'coredns-down').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('a failed lookup in the log tells that requests suffer', async () => {
  const diagnosis = await overlay(documents(down, failedLookup));
  expect(rootOf(diagnosis)).toBe('coredns-down');
  expect(diagnosis.verdict).toBe('failing');
});

test('an external name does not resolve', async () => {
  const external = service({
    type: 'ExternalName',
    externalName: 'shop.partner.example',
    selector: undefined,
  });
  const yaml = `# without: EndpointSlice shop/web-abcde\n${documents(down, external, ingressTo('web', { number: 80 }))}`;
  expect(findingOf(await overlay(yaml), 'coredns-down').symptom).toBe('name-unresolved');
});

test('without the Service DNS runs elsewhere', async () => {
  const yaml =
    '# without: Service kube-system/kube-dns, EndpointSlice kube-system/kube-dns-fghij, Pod kube-system/coredns-77c-zzzzz';
  expect(rulesOf(await overlay(yaml))).toEqual([]);
});

test('failed lookups while DNS is up are not its fault', async () => {
  expect(rulesOf(await overlay(documents(dnsSlice(true), failedLookup)))).not.toContain('coredns-down');
});

test('Pods of another name may serve it', async () => {
  const yaml = '# without: Pod kube-system/coredns-77c-zzzzz';
  expect(rulesOf(await overlay(yaml))).toEqual([]);
});
