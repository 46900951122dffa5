import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { document, ingress } from '../ingresses.ts';

const CLASS = ['--controller-class=k8s.io/ingress-nginx', '--ingress-class=nginx'];

function watching(...args: readonly string[]): string {
  return nginxDeployment({
    args: [...CLASS, ...args],
    labels: { 'app.kubernetes.io/instance': 'ingress-nginx' },
  });
}

function shopLabelled(labels: object): string {
  return document({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
}

test.each([
  ['--watch-namespace=payments'],
  ['--watch-namespace=$(POD_NAMESPACE)'],
  ['--watch-namespace', 'payments'],
])('reports %s', async (...args) => {
  const diagnosis = await overlay(watching(...args) + ingress({ hasAddress: false }));
  expect(rootsOf(diagnosis)).toEqual(['controller-namespace-scope']);
  expect(findingOf(diagnosis, 'controller-namespace-scope')).toMatchObject({
    confidence: 'certain',
    object: { kind: 'Deployment', namespace: 'ingress-nginx' },
  });
  expect(statusOf(diagnosis)).toBe(404);
});

test.each([['--watch-namespace=shop'], ['--watch-namespace='], ['--watch-namespace=$(TENANT)']])(
  'is silent with %s',
  async (arg) => {
    expect(rulesOf(await overlay(watching(arg)))).toEqual([]);
  },
);

test('is silent where another installation of the class looks at the namespace, which then serves', async () => {
  const other = nginxDeployment({
    namespace: 'nginx-payments',
    args: [...CLASS, '--watch-namespace=payments'],
    labels: { 'app.kubernetes.io/instance': 'payments' },
    replicas: 0,
  });
  const diagnosis = await overlay(other + watching('--watch-namespace=shop'));
  expect(rulesOf(diagnosis)).toEqual([]);
  expect(diagnosis.controller.namespace).toBe('ingress-nginx');
});

describe('a selector for namespaces', () => {
  const SELECTING = watching('--watch-namespace-selector=team in (web,api)');

  test('leaves a namespace without the label out', async () => {
    const diagnosis = await overlay(SELECTING + shopLabelled({ team: 'pay' }));
    expect(rootsOf(diagnosis)).toEqual(['controller-namespace-scope']);
  });

  test('takes one with it', async () => {
    expect(rulesOf(await overlay(SELECTING + shopLabelled({ team: 'api' })))).toEqual([]);
  });

  test('cannot be judged where the Namespace may not be read', async () => {
    const diagnosis = await overlay(SELECTING, { forbidden: ['Namespace'] });
    expect(rulesOf(diagnosis)).not.toContain('controller-namespace-scope');
    expect(diagnosis.verdict).toBe('unknown');
  });

  test('of plain pairs can be met by a command', async () => {
    const diagnosis = await overlay(watching('--watch-namespace-selector=team=web'));
    const runs = findingOf(diagnosis, 'controller-namespace-scope').fix?.commands.map(({ run }) => run);
    expect(runs).toContain('kubectl label namespace shop team=web');
  });
});

function traefik(...args: readonly string[]): string {
  const labels = { 'app.kubernetes.io/name': 'traefik' };
  return document({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'traefik', namespace: 'traefik', labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'traefik',
              image: 'registry.example.com/traefik:v3.6.0',
              args: ['--providers.kubernetesIngress', ...args],
            },
          ],
        },
      },
    },
    status: { readyReplicas: 1 },
  });
}

test.each([
  ['--providers.kubernetesIngress.namespaces=a,b'],
  ['--providers.kubernetesIngress.labelSelector=edge=yes'],
])('knows %s of Traefik', async (arg) => {
  const diagnosis = await overlay(traefik(arg), { controller: 'traefik' });
  expect(rootsOf(diagnosis)).toEqual(['controller-namespace-scope']);
});

test('is silent where the Ingress has the label that Traefik asks for', async () => {
  const labelled = ingress({ metadata: { labels: { edge: 'yes' } } });
  const yaml = traefik('--providers.kubernetesIngress.labelSelector=edge=yes') + labelled;
  expect(rulesOf(await overlay(yaml, { controller: 'traefik' }))).not.toContain('controller-namespace-scope');
});
