import type { Query } from '../../src/cluster/cluster.ts';
import { clusterOfTexts } from '../../src/cluster/file/open.ts';
import { recordingCluster } from '../../src/cluster/recording.ts';
import { diagnoseTarget } from '../../src/diagnose-target.ts';
import { renderJson } from '../../src/render/json.ts';
import { follow } from '../../src/trace/follow.ts';
import { buildTrace } from '../../src/trace/trace.ts';
import { connectWith, kubectl, makeNamespace, removeNamespace } from './live-bed.ts';
import { readyStatus } from './pod-status.ts';

const SERVICES = ['web', 'api', 'cart'] as const;

let shop: string;
let edge: string;

beforeAll(() => {
  shop = makeNamespace();
  edge = makeNamespace();
  kubectl(['apply', '-f', '-'], [...controller(edge), ...application(shop)]);
  for (const name of SERVICES) makeReady(shop, name);
  makeReady(edge, 'controller');
  waitForEndpoints(shop);
}, 120_000);

afterAll(() => {
  removeNamespace(shop);
  removeNamespace(edge);
  kubectl(['delete', 'ingressclass', `class-${edge}`]);
});

test('one Ingress with three Services takes at most 30 requests in at most 5 rounds before logs', async () => {
  const connection = await connectWith({});
  const rounds: (readonly Query[])[] = [];
  await follow(
    connection.cluster,
    undefined,
    (lookup) => buildTrace(lookup, { kind: 'ingress', namespace: shop, name: 'shop' }, {}),
    (_, queries) => rounds.push(queries),
  );
  const reading = rounds.filter((queries) => queries.some(({ verb }) => verb !== 'logs'));
  expect(reading.length).toBeLessThanOrEqual(5);
  expect(connection.requestCount()).toBeLessThanOrEqual(30);
  expect(connection.requestCount()).toBe(rounds.flat().length);
  connection.close();
});

test('a namespace takes a handful of lists, and in rounds that do not grow with the number of routes', async () => {
  const connection = await connectWith({});
  const rounds: (readonly Query[])[] = [];
  const { trace } = await follow(
    connection.cluster,
    { namespace: shop },
    (lookup) => buildTrace(lookup, { kind: 'namespace', namespace: shop }, {}),
    (_, queries) => rounds.push(queries),
  );
  expect(trace.ingresses.length).toBe(2);
  expect(rounds.length).toBeLessThanOrEqual(5);
  expect(rounds.flat().filter(({ verb }) => verb === 'list').length).toBeLessThanOrEqual(25);
  expect(rounds.flat().filter(({ verb }) => verb !== 'list').length).toBeLessThanOrEqual(10);
  connection.close();
});

test('a snapshot gives the same diagnosis, byte for byte in JSON', async () => {
  const connection = await connectWith({});
  const recording = recordingCluster(connection.cluster);
  const target = { kind: 'ingress', namespace: shop, name: 'shop' } as const;
  const live = await diagnoseTarget(recording.cluster, target, {});
  const text = recording.snapshot();
  const file = clusterOfTexts('snapshot.yaml', [{ name: 'snapshot.yaml', role: { holds: 'objects' }, text }]);
  const replayed = await diagnoseTarget(file, target, {});
  expect(live.diagnoses).toHaveLength(1);
  expect(renderJson(replayed.diagnoses)).toBe(renderJson(live.diagnoses));
  connection.close();
});

test('the healthy Ingress is healthy as far as the metrics API, which the bed may lack, allows', async () => {
  const connection = await connectWith({});
  const { diagnoses } = await diagnoseTarget(
    connection.cluster,
    { kind: 'ingress', namespace: shop, name: 'shop' },
    {},
  );
  expect(diagnoses[0]?.rootCauses).toEqual([]);
  expect(diagnoses[0]?.verdict).toBe('healthy');
  expect(diagnoses[0]?.controller).toMatchObject({ product: 'ingress-nginx', readyPods: 1 });
  connection.close();
});

test('a selector that matches nothing is named, with the near miss', async () => {
  const connection = await connectWith({});
  const { diagnoses } = await diagnoseTarget(
    connection.cluster,
    { kind: 'ingress', namespace: shop, name: 'broken' },
    {},
  );
  const [diagnosis] = diagnoses;
  expect(diagnosis?.verdict).toBe('failing');
  expect(diagnosis?.rootCauses[0]?.finding.rule).toBe('service-selector-no-pods');
  expect(diagnosis?.routes[0]?.prediction).toMatchObject({ status: 503, answeredBy: 'ingress-nginx' });
  connection.close();
});

function makeReady(namespace: string, app: string): void {
  const names = waitFor(() =>
    kubectl(['-n', namespace, 'get', 'pods', '-l', `app=${app}`, '-o', 'name']).trim(),
  );
  for (const [index, pod] of names.split('\n').entries()) {
    kubectl([
      ...['-n', namespace, 'patch', pod, '--subresource=status', '--type=merge', '-p'],
      JSON.stringify({ status: readyStatus(`10.${hash(namespace + app)}.${index + 1}`) }),
    ]);
  }
}

/** Two octets that differ from app to app. */
function hash(text: string): string {
  const sum = [...text].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 62_500, 7);
  return `${Math.floor(sum / 250)}.${sum % 250}`;
}

function waitForEndpoints(namespace: string): void {
  waitFor(() => {
    const addresses = kubectl([
      ...['-n', namespace, 'get', 'endpointslices', '-o'],
      'jsonpath={.items[*].endpoints[*].conditions.ready}',
    ]);
    const ready = addresses.split(' ').filter((word) => word === 'true');
    return ready.length >= SERVICES.length * 2 ? addresses : '';
  });
}

function waitFor(read: () => string): string {
  const end = Date.now() + 30_000;
  for (;;) {
    const text = read();
    if (text !== '') return text;
    if (Date.now() > end) throw new Error('waited for 30 s');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function controller(namespace: string): readonly object[] {
  const labels = {
    'app.kubernetes.io/name': 'ingress-nginx',
    'app.kubernetes.io/component': 'controller',
    app: 'controller',
  };
  const className = `class-${namespace}`;
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: className },
      spec: { controller: `k8s.io/${namespace}` },
    },
    deployment(namespace, 'controller', labels, 1, {
      image: 'registry.example.com/ingress-nginx/controller:v1.14.0',
      args: ['/nginx-ingress-controller', `--controller-class=k8s.io/${namespace}`, '--ingress-class=none'],
    }),
    service(namespace, 'controller', labels),
  ];
}

function application(namespace: string): readonly object[] {
  const paths = SERVICES.map((name) => ({
    path: `/${name}`,
    pathType: 'Prefix',
    backend: { service: { name, port: { number: 80 } } },
  }));
  const broken = {
    path: '/',
    pathType: 'Prefix',
    backend: { service: { name: 'broken', port: { number: 80 } } },
  };
  return [
    ...SERVICES.flatMap((name) => [
      deployment(namespace, name, { app: name }, 2, { image: 'registry.example.com/app:1' }),
      service(namespace, name, { app: name }),
    ]),
    deployment(namespace, 'broken', { app: 'broken' }, 1, { image: 'registry.example.com/app:1' }),
    service(namespace, 'broken', { app: 'brocken' }),
    ingress(namespace, 'shop', paths),
    ingress(namespace, 'broken', [broken]),
  ];
}

function ingress(namespace: string, name: string, paths: readonly object[]): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace },
    spec: {
      ingressClassName: `class-${edge}`,
      rules: [{ host: `${name}.${namespace}.example.com`, http: { paths } }],
    },
  };
}

function service(namespace: string, name: string, selector: object): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
}

function deployment(
  namespace: string,
  name: string,
  labels: object,
  replicas: number,
  container: object,
): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'app', ports: [{ name: 'http', containerPort: 8080 }], ...container }] },
      },
    },
  };
}
