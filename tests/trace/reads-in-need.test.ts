import type { Cluster } from '../../src/cluster/cluster.ts';
import { diagnoseTarget } from '../../src/diagnose-target.ts';
import { clusterOf } from '../rules/check.ts';
import { nginxService } from '../rules/controllers.ts';
import { ingress } from '../rules/ingresses.ts';
import { documents, service } from '../rules/shop-objects.ts';

/** The kinds that a diagnosis of Ingress shop/web reads, objects by their name. */
async function readsOf(yaml: string): Promise<readonly string[]> {
  const reads: string[] = [];
  const inner = clusterOf(yaml);
  const cluster: Cluster = {
    ...inner,
    now: () => inner.now(),
    get: (query) => {
      reads.push(`${query.kind} ${query.namespace ?? ''}/${query.name}`);
      return inner.get(query);
    },
    list: (query) => {
      reads.push(query.kind);
      return inner.list(query);
    },
    logs: (query) => inner.logs(query),
  };
  await diagnoseTarget(cluster, { kind: 'ingress', namespace: 'shop', name: 'web' }, {});
  return reads;
}

const external = (externalName: string) =>
  `# without: EndpointSlice shop/web-abcde\n${documents({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { type: 'ExternalName', externalName, ports: [{ port: 80, targetPort: 80 }] },
  })}`;

test('autoscalers are read where Pods are busy, and not otherwise', async () => {
  const metrics = (cpu: string) => ({
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetrics',
    metadata: { name: 'web-6b7f-aaaaa', namespace: 'shop' },
    containers: [{ name: 'app', usage: { cpu } }],
  });
  expect(await readsOf(documents(metrics('90m')))).toContain('HorizontalPodAutoscaler');
  expect(await readsOf(documents(metrics('20m')))).not.toContain('HorizontalPodAutoscaler');
});

test('an external name is followed into the cluster only, and for no workloads of its own', async () => {
  const inside = await readsOf(external('api.backend.svc.cluster.local'));
  expect(inside).toContain('Service backend/api');
  const outside = await readsOf(external('api.example.net'));
  expect(outside.filter((read) => /^Service \w+\/api/.test(read))).toEqual([]);
  expect(outside).not.toContain('ResourceQuota');
  expect(outside).not.toContain('StatefulSet');
});

test('Endpoints objects are read for nobody who reads EndpointSlices', async () => {
  expect((await readsOf('')).filter((read) => read.startsWith('Endpoints '))).toEqual([]);
});

test('pools of addresses are read where a Service of the controller waits for one', async () => {
  const pool = {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name: 'public', namespace: 'metallb-system' },
  };
  expect(await readsOf(`${nginxService()}---\n${documents(pool)}`)).toContain('IPAddressPool');
  expect(await readsOf(documents(pool))).not.toContain('IPAddressPool');
  expect(await readsOf(nginxService())).not.toContain('IPAddressPool');
});

test('BackendConfigs are read where a Service names some and GKE serves the Ingress', async () => {
  const config = {
    apiVersion: 'cloud.google.com/v1',
    kind: 'BackendConfig',
    metadata: { name: 'web', namespace: 'shop' },
  };
  const naming = {
    ...service(),
    metadata: {
      name: 'web',
      namespace: 'shop',
      annotations: { 'cloud.google.com/backend-config': '{"default":"web"}' },
    },
  };
  const gke = ingress({ className: null, annotations: { 'kubernetes.io/ingress.class': 'gce' } });
  expect(await readsOf(`${gke}---\n${documents(config, naming)}`)).toContain('BackendConfig');
  expect(await readsOf(`${gke}---\n${documents(config)}`)).not.toContain('BackendConfig');
  expect(await readsOf(documents(config, naming))).not.toContain('BackendConfig');
});
