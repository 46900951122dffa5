import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { diagnoseTarget } from '../../src/diagnose-target.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { call, endpointsOf, hangUp, keepReady, podsOf, settled } from './changing-bed.ts';
import { connectWith, kubeconfig, kubectl, makeNamespace, removeNamespace } from './live-bed.ts';

/** How long the cluster keeps changing. */
const CHANGING = 25_000;
/** Diagnoses at a time. */
const DOCTORS = 3;
/** Each read waits up to so many milliseconds, so that changes fall between the reads of one diagnosis. */
const JITTER = 250;
/** Milliseconds between two moves of a path: more than a diagnosis takes. */
const MOVING = 5000;
const APPS = ['web', 'api'] as const;
const CHANGING_APPS = [...APPS, 'controller'];

const ending = new AbortController();
const background: Promise<void>[] = [];
let shop = '';

beforeAll(async () => {
  shop = makeNamespace();
  kubectl(['apply', '-f', '-'], objects());
  for (const app of CHANGING_APPS) background.push(keepReady(shop, app, ending.signal));
  for (const app of CHANGING_APPS) await settled(shop, app, 2);
}, 120_000);

afterAll(async () => {
  ending.abort();
  await Promise.all(background);
  hangUp();
  removeNamespace(shop);
  kubectl(['delete', 'ingressclass', `class-${shop}`]);
});

test('what changes while it is read, and serves all the time, is never found at fault', async () => {
  const end = Date.now() + CHANGING;
  const isOver = () => Date.now() > end;
  const changes: string[] = [];
  const diagnoses: Diagnosis[] = [];
  await Promise.all([
    ...CHANGING_APPS.map((app) => change(app, isOver, (what) => changes.push(what))),
    changeBeside(isOver, (what) => changes.push(what)),
    move(isOver, (what) => changes.push(what)),
    ...Array.from({ length: DOCTORS }, () => diagnoseUntil(isOver, diagnoses)),
  ]);
  expect(new Set(changes)).toEqual(new Set(['roll', 'delete', 'kill', 'scale', 'beside', 'move']));
  expect(diagnoses.length).toBeGreaterThan(20);
  const causes = diagnoses.flatMap(({ rootCauses }) => rootCauses.map(({ finding }) => finding));
  expect(causes.map(({ rule, message, evidence }) => ({ rule, message, evidence }))).toEqual([]);
  const broken = diagnoses.flatMap(({ notChecked }) => notChecked.filter((entry) => !('read' in entry)));
  expect(broken).toEqual([]);
  expect(diagnoses.filter(({ verdict }) => verdict !== 'healthy' && verdict !== 'unknown')).toEqual([]);
  expect(diagnoses.filter(({ verdict }) => verdict === 'healthy').length).toBeGreaterThan(
    diagnoses.length / 2,
  );
}, 120_000);

test('--watch reports again and again, and Ctrl-C ends it within a second', async () => {
  const main = path.join(import.meta.dirname, '../../src/main.ts');
  const line = [main, 'shop', '-n', shop, '--kubeconfig', kubeconfig, '--watch'];
  const child = spawn(process.execPath, line, { env: { ...process.env, NODE_OPTIONS: '' } });
  const closed = once(child, 'close');
  // Each report begins with a line of its own about the Ingress.
  let output = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    output += text;
    if ((output.match(/^Ingress /gm) ?? []).length === 2) break;
  }
  const before = Date.now();
  child.kill('SIGINT');
  expect(await closed).toEqual([130, null]);
  expect(Date.now() - before).toBeLessThan(1000);
}, 60_000);

async function diagnoseUntil(isOver: () => boolean, diagnoses: Diagnosis[]): Promise<void> {
  while (!isOver()) {
    const connection = await connectWith({});
    const target = { kind: 'ingress', namespace: shop, name: 'shop' } as const;
    const result = await diagnoseTarget(slowed(connection.cluster), target, {});
    expect(result.diagnoses).toHaveLength(1);
    diagnoses.push(...result.diagnoses);
    connection.close();
  }
}

/** The cluster, seen over a connection on which each read takes its own time. */
function slowed(cluster: Cluster): Cluster {
  const wait = () => sleep(Math.random() * JITTER);
  return {
    get: async (query) => wait().then(() => cluster.get(query)),
    list: async (query) => wait().then(() => cluster.list(query)),
    logs: async (query) => wait().then(() => cluster.logs(query)),
    serverVersion: () => cluster.serverVersion(),
    now: () => cluster.now(),
  };
}

/** Rolls, deletes, kills and scales an app, and leaves it at least one endpoint that serves at any moment. */
async function change(app: string, isOver: () => boolean, note: (what: string) => void): Promise<void> {
  const deployment = `/apis/apps/v1/namespaces/${shop}/deployments/${app}`;
  const patch = (spec: object) => call('PATCH', deployment, { spec });
  for (let round = 1; !isOver(); round++) {
    const version = { annotations: { version: `${round}` } };
    await patch({ template: { metadata: version } });
    note('roll');
    await sleep(300);
    await settled(shop, app, 2);

    await deleteOne(app, {});
    note('delete');
    await settled(shop, app, 2);

    await deleteOne(app, { gracePeriodSeconds: 0 });
    note('kill');
    await settled(shop, app, 2);

    await patch({ replicas: 4 });
    await settled(shop, app, 4);
    await patch({ replicas: 2 });
    note('scale');
    await settled(shop, app, 2);
  }
}

/** Deletes one Pod while others are in the slices. */
async function deleteOne(app: string, options: object): Promise<void> {
  expect((await endpointsOf(shop, app)).length).toBeGreaterThan(1);
  const [pod] = await podsOf(shop, app);
  await call('DELETE', `/api/v1/namespaces/${shop}/pods/${pod?.metadata?.name}`, options);
}

/** Leads path /moving to one new Service after another; each is there before, and gone after, the Ingress names it. */
async function move(isOver: () => boolean, note: (what: string) => void): Promise<void> {
  const services = `/api/v1/namespaces/${shop}/services`;
  for (let round = 1; !isOver(); round++) {
    const name = `moving-${round}`;
    await call('POST', services, service(name, { app: 'web' }));
    while ((await endpointsOf(shop, name)).length === 0) await sleep(50);
    const { spec } = ingress('shop', [...APPS, name]);
    await call('PATCH', `/apis/networking.k8s.io/v1/namespaces/${shop}/ingresses/shop`, { spec });
    if (round > 1) await call('DELETE', `${services}/moving-${round - 1}`);
    note('move');
    // One second look is taken: a path that moves again before a diagnosis is done cannot be followed.
    await sleep(MOVING);
  }
}

/** Makes and deletes what the path does not need: a Service, an Ingress, and a policy that admits everybody. */
async function changeBeside(isOver: () => boolean, note: (what: string) => void): Promise<void> {
  const beside: readonly [path: string, object: { readonly metadata: { readonly name: string } }][] = [
    [`/api/v1/namespaces/${shop}/services`, service('other', { app: 'other' })],
    [`/apis/networking.k8s.io/v1/namespaces/${shop}/ingresses`, ingress('other', ['other'])],
    [
      `/apis/networking.k8s.io/v1/namespaces/${shop}/networkpolicies`,
      {
        metadata: { name: 'admit' },
        spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] },
      } as never,
    ],
  ];
  while (!isOver()) {
    for (const [collection, object] of beside) await call('POST', collection, object);
    await sleep(150);
    for (const [collection, { metadata }] of beside) await call('DELETE', `${collection}/${metadata.name}`);
    note('beside');
    await sleep(150);
  }
}

function objects(): readonly object[] {
  const controller = {
    'app.kubernetes.io/name': 'ingress-nginx',
    'app.kubernetes.io/component': 'controller',
    app: 'controller',
  };
  const args = ['/nginx-ingress-controller', `--controller-class=k8s.io/${shop}`, '--ingress-class=none'];
  const image = 'registry.example.com/ingress-nginx/controller:v1.14.0';
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: `class-${shop}` },
      spec: { controller: `k8s.io/${shop}` },
    },
    deployment('controller', controller, { image, args }),
    service('controller', controller),
    ...APPS.flatMap((app) => [
      deployment(app, { app }, { image: 'registry.example.com/app:1' }),
      service(app, { app }),
    ]),
    ingress('shop', APPS),
  ];
}

function ingress(name: string, services: readonly string[]) {
  const paths = services.map((service) => ({
    path: `/${service.replace(/-.*/, '')}`,
    pathType: 'Prefix',
    backend: { service: { name: service, port: { number: 80 } } },
  }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: shop },
    spec: {
      ingressClassName: `class-${shop}`,
      rules: [{ host: `${name}.${shop}.example.com`, http: { paths } }],
    },
  };
}

function service(name: string, selector: object) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: shop },
    spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
}

function deployment(name: string, labels: object, container: object) {
  const ports = [{ name: 'http', containerPort: 8080 }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: shop, labels },
    spec: {
      replicas: 2,
      // As with minReadySeconds on a real cluster: the slices are ahead of the old Pods' end.
      minReadySeconds: 1,
      strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', ports, ...container }] } },
    },
  };
}
