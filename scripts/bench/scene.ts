import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

/** Where the commands that are timed find their Ingress; all of it is removed again. */
export interface Scene {
  readonly namespace: string;
  /** An Ingress on which nothing is wrong, and the Service behind it. */
  readonly healthy: string;
  /** An Ingress whose Pods all fail their readiness probe, and the Service behind it. */
  readonly failing: string;
  remove(): void;
}

const labels = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };
const replicas = 2;

/**
 * Makes a small shop with its ingress controller in the cluster that kubectl points at. Deployments, Pods and
 * EndpointSlices are made by the cluster's own controllers; nothing runs there, so the Pods' statuses are written.
 */
export function makeScene(): Scene {
  const namespace = `bench-${randomBytes(4).toString('hex')}`;
  const scene = {
    namespace,
    healthy: 'web',
    failing: 'api',
    remove() {
      kubectl(['delete', 'namespace', namespace, '--wait=false']);
      kubectl(['delete', 'ingressclass', namespace, '--ignore-not-found']);
    },
  };
  kubectl(['create', 'namespace', namespace]);
  try {
    const apps = ['controller', scene.healthy, scene.failing];
    kubectl(['-n', namespace, 'create', '-f', '-'], list(objects(namespace, apps)));
    apps.forEach((app, index) => {
      setStatuses(namespace, app, index + 1, app !== scene.failing);
    });
    for (const app of apps) {
      waitFor(() => endpointCount(namespace, app) === replicas);
    }
  } catch (error) {
    scene.remove();
    throw error;
  }
  return scene;
}

function objects(namespace: string, apps: readonly string[]): readonly object[] {
  const controllerClass = `k8s.io/${namespace}`;
  const ingressClass = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: namespace },
    spec: { controller: controllerClass },
  };
  return [ingressClass, ...apps.flatMap((app) => appObjects(namespace, app, controllerClass))];
}

function appObjects(namespace: string, app: string, controllerClass: string): readonly object[] {
  const isController = app === 'controller';
  const own = { app, ...(isController && labels) };
  const port = { name: 'http', containerPort: 8080 };
  const container = isController
    ? {
        image: 'registry.example.com/ingress-nginx/controller:v1.14.0',
        args: ['/nginx-ingress-controller', `--controller-class=${controllerClass}`, '--ingress-class=none'],
      }
    : {
        image: 'registry.example.com/shop:1',
        readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
      };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: app, labels: own },
    spec: {
      replicas,
      selector: { matchLabels: own },
      template: {
        metadata: { labels: own },
        spec: { containers: [{ name: 'app', ports: [port], ...container }] },
      },
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app, labels: own },
    spec: { selector: own, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
  const backend = { service: { name: app, port: { name: 'http' } } };
  const rule = {
    host: `${app}.example.com`,
    http: { paths: [{ path: '/', pathType: 'Prefix', backend }] },
  };
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: app },
    spec: { ingressClassName: namespace, rules: [rule] },
  };
  return [deployment, service, ...(isController ? [] : [ingress])];
}

function setStatuses(namespace: string, app: string, octet: number, isReady: boolean): void {
  waitFor(() => podNames(namespace, app).length === replicas);
  podNames(namespace, app).forEach((pod, index) => {
    const status = JSON.stringify({ status: statusOf(`10.1.${octet}.${index + 1}`, isReady) });
    kubectl(['-n', namespace, 'patch', pod, '--subresource=status', '--type=merge', '-p', status]);
  });
}

function statusOf(podIP: string, isReady: boolean): object {
  const now = new Date().toISOString();
  const condition = (type: string, status: boolean) => ({
    type,
    status: status ? 'True' : 'False',
    lastTransitionTime: now,
    ...(!status && { reason: 'ContainersNotReady', message: 'containers with unready status: [app]' }),
  });
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: now,
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('ContainersReady', isReady),
      condition('Ready', isReady),
    ],
    containerStatuses: [
      {
        name: 'app',
        image: 'app',
        imageID: '',
        ready: isReady,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: now } },
      },
    ],
  };
}

function podNames(namespace: string, app: string): readonly string[] {
  const names = kubectl(['-n', namespace, 'get', 'pods', '-l', `app=${app}`, '-o', 'name']).trim();
  return names === '' ? [] : names.split('\n');
}

function endpointCount(namespace: string, app: string): number {
  const selector = `kubernetes.io/service-name=${app}`;
  const path = 'jsonpath={.items[*].endpoints[*].addresses[0]}';
  const addresses = kubectl(['-n', namespace, 'get', 'endpointslices', '-l', selector, '-o', path]).trim();
  return addresses === '' ? 0 : addresses.split(' ').length;
}

function kubectl(args: readonly string[], input?: string): string {
  return execFileSync('kubectl', args, { encoding: 'utf8', ...(input !== undefined && { input }) });
}

function list(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

function waitFor(isThere: () => boolean): void {
  const end = Date.now() + 30_000;
  while (!isThere()) {
    if (Date.now() > end) throw new Error('the cluster did not get ready within 30 s');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}
