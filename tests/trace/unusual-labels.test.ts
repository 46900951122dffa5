import { overlay, rulesOf, statusOf } from '../rules/check.ts';
import { document } from '../rules/ingresses.ts';

/** A controller as old charts label it: by `app` alone, which the cheap first look does not ask for. */
function labelled(labels: Readonly<Record<string, string>>): string {
  const containers = [
    {
      name: 'controller',
      image: 'registry.example.com/ingress-nginx/controller:v1.14.0',
      args: ['/nginx-ingress-controller', '--ingress-class=nginx', '--controller-class=k8s.io/ingress-nginx'],
      ports: [
        { name: 'http', containerPort: 80 },
        { name: 'https', containerPort: 443 },
      ],
    },
  ];
  const pod = { metadata: { labels }, spec: { containers } };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'ingress', namespace: 'web-entry', labels },
      spec: { replicas: 1, selector: { matchLabels: labels }, template: pod },
      status: { replicas: 1, readyReplicas: 1 },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'ingress-1', namespace: 'web-entry', labels },
      spec: { nodeName: 'node1', containers },
      status: { phase: 'Running', podIP: '10.244.0.9', conditions: [{ type: 'Ready', status: 'True' }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'ingress', namespace: 'web-entry' },
      spec: { type: 'LoadBalancer', selector: labels, ports: [{ name: 'https', port: 443 }] },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } },
    },
  ]
    .map(document)
    .join('');
}

const WITHOUT =
  '# without: Deployment ingress-nginx/ingress-nginx-controller, Pod ingress-nginx/ingress-nginx-controller-5c4d9-x8k2p, Service ingress-nginx/ingress-nginx-controller\n';

test.each([[{ app: 'nginx-ingress', component: 'controller' }], [{ role: 'entry' }]])(
  'a controller with no labels but %j is found',
  async (labels) => {
    const diagnosis = await overlay(WITHOUT + labelled(labels));
    expect(rulesOf(diagnosis)).toEqual([]);
    expect(diagnosis.controller).toMatchObject({
      product: 'ingress-nginx',
      namespace: 'web-entry',
      readyPods: 1,
    });
    expect(statusOf(diagnosis)).toBe(200);
  },
);
