import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { documents, endpoint, POD_A, POD_B, pod, service, slice } from '../shop-objects.ts';

const broken = (targetPort: string) =>
  service({ ports: [{ name: 'http', port: 80, targetPort, protocol: 'TCP' }] });
const portless = slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B)], []);

test('offers the name that is near, else the only port', async () => {
  for (const targetPort of ['htpp', 'main']) {
    const finding = findingOf(
      await overlay(documents(broken(targetPort), portless)),
      'service-targetport-name-missing',
    );
    expect(finding.fix?.commands[0]?.run).toContain('"value":"http"');
  }
});

test('a name that is declared with another protocol is missing', async () => {
  const udp = { container: { ports: [{ name: 'http', containerPort: 8080, protocol: 'UDP' }] } };
  const yaml = documents(portless, pod(POD_A, udp), pod(POD_B, { ...udp, ip: '10.244.0.22' }));
  expect(rootOf(await overlay(yaml))).toBe('service-targetport-name-missing');
});

test('a name that a sidecar declares is found', async () => {
  const initContainers = [
    { name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'mesh', containerPort: 15006 }] },
  ];
  const yaml = documents(
    broken('mesh'),
    slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B)], [{ name: 'http', port: 15006 }]),
    pod(POD_A, { spec: { initContainers } }),
    pod(POD_B, { spec: { initContainers }, ip: '10.244.0.22' }),
  );
  expect(rulesOf(await overlay(yaml))).not.toContain('service-targetport-name-missing');
});

test('where only a part of one workload lacks it, capacity is reduced', async () => {
  const other = slice([endpoint('10.244.0.22', POD_B)], []);
  const yaml = documents(
    slice([endpoint('10.244.0.21', POD_A)]),
    {
      ...other,
      metadata: { name: 'web-portless', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    },
    pod(POD_B, { ip: '10.244.0.22', container: { ports: [{ name: 'web', containerPort: 8080 }] } }),
  );
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'service-targetport-name-missing').symptom).toBe('reduced-capacity');
  expect(diagnosis.verdict).toBe('degraded');
});

test('Pods of another workload that lack it get no requests, which is fine', async () => {
  const worker = pod('worker-1', {
    ip: '10.244.0.30',
    labels: { app: 'web', role: 'worker' },
    owner: { kind: 'StatefulSet', name: 'worker' },
    container: { ports: [] },
  });
  const diagnosis = await overlay(documents(worker));
  expect(rulesOf(diagnosis)).not.toContain('service-targetport-name-missing');
  expect(diagnosis.verdict).toBe('healthy');
});

test('says nothing without Pods: the selector or the workload is the matter', async () => {
  const yaml = `# without: Pod shop/${POD_A}, Pod shop/${POD_B}\n${documents(broken('x'), slice([], []))}`;
  expect(rulesOf(await overlay(yaml))).not.toContain('service-targetport-name-missing');
});
