import type { Bed, Manifest, Site } from './case.ts';

const IMAGE = 'gateway-doctor.test/testapp:1';
const LABEL = 'app';

/** How an app differs from a healthy one. */
export interface AppOptions {
  readonly replicas?: number;
  /** Switches of the test app. */
  readonly args?: readonly string[];
  /** Labels of the Pods besides `app`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Fields of the container. */
  readonly container?: object;
  /** Fields of the Pod's spec. */
  readonly pod?: object;
  /** Fields of the workload's spec. */
  readonly spec?: object;
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
}

/** A container that listens on 8080 and is ready when `/ready` answers. */
export function container(args: readonly string[] = [], fields: object = {}) {
  return {
    name: 'app',
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    args,
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 1 },
    resources: { requests: { cpu: '5m', memory: '16Mi' } },
    ...fields,
  };
}

/** A container without a readiness probe. */
export const unprobed = { readinessProbe: undefined };

/** A Deployment of the test app, its Pods labelled `app=NAME`. */
export function app(name: string, options: AppOptions = {}): Manifest {
  const { replicas = 1, args, labels, container: fields, pod, spec, kind = 'Deployment' } = options;
  const all = { [LABEL]: name, ...labels };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, labels: { [LABEL]: name } },
    spec: {
      ...(kind !== 'DaemonSet' && { replicas }),
      ...(kind === 'StatefulSet' && { serviceName: name, podManagementPolicy: 'Parallel' }),
      selector: { matchLabels: all },
      template: {
        metadata: { labels: all },
        spec: { terminationGracePeriodSeconds: 1, containers: [container(args, fields)], ...pod },
      },
      ...spec,
    },
  };
}

/** A second Deployment whose Pods stand behind the Service of the first. */
export function twin(name: string, options: AppOptions = {}): Manifest {
  const made = app(name, options);
  const labels = { [LABEL]: 'web', track: name, ...options.labels };
  const spec = made['spec'] as { readonly template: { readonly spec: object } };
  return {
    ...made,
    spec: {
      ...spec,
      selector: { matchLabels: labels },
      template: { ...spec.template, metadata: { labels } },
    },
  };
}

/** The Deployment that a twin stands beside: its selector leaves the twin's Pods alone. */
export function mainApp(options: AppOptions = {}): Manifest {
  return app('web', { ...options, labels: { track: 'main', ...options.labels } });
}

/** A Pod of its own. */
export function barePod(
  name: string,
  fields: object = {},
  labels: Readonly<Record<string, string>> = {},
): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { [LABEL]: 'web', ...labels } },
    spec: { terminationGracePeriodSeconds: 1, containers: [container()], ...fields },
  };
}

/** A Service from port 80 to the port `http` of the Pods `app=NAME`. */
export function service(name: string, port: object = {}, spec: object = {}): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      selector: { [LABEL]: name },
      ports: [{ name: 'http', port: 80, targetPort: 'http', ...port }],
      ...spec,
    },
  };
}

/** The Service that all plain Ingresses name, and its Pods. */
export function web(options: AppOptions = {}): readonly Manifest[] {
  return [app('web', options), service('web')];
}

/** One path of an Ingress. */
export function path(serviceName: string, port: number | string = 80, fields: object = {}) {
  return {
    path: '/',
    pathType: 'Prefix',
    backend: {
      service: { name: serviceName, port: typeof port === 'number' ? { number: port } : { name: port } },
    },
    ...fields,
  };
}

/** An Ingress of the controller's class with one rule for the case's host: `/` to Service web unless told otherwise. */
export function ingress(site: Site, paths: readonly object[] = [path('web')], spec: object = {}): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: `web-${site.className}` },
    spec: { ingressClassName: site.className, rules: [{ host: site.host, http: { paths } }], ...spec },
  };
}

/** The same object under another name, or with annotations. */
export function withMetadata(object: Manifest, metadata: Partial<Manifest['metadata']>): Manifest {
  return { ...object, metadata: { ...object.metadata, ...metadata } };
}

/** A NetworkPolicy for the Pods `app=web`. */
export function policy(name: string, spec: object): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    spec: { podSelector: { matchLabels: { [LABEL]: 'web' } }, ...spec },
  };
}

/** A NetworkPolicy's peer: all Pods of these namespaces. */
export function fromNamespaces(...names: readonly string[]) {
  return names.map((name) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  }));
}

/** An EndpointSlice that nobody but its author looks after. */
export function manualSlice(serviceName: string, address: string, port: object): Manifest {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${serviceName}-manual`, labels: { 'kubernetes.io/service-name': serviceName } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [port],
  };
}

/** Sends requests from inside to an app with `-crash-after-requests=20`; those from outside that follow are fewer. */
export async function crashOnce(bed: Bed): Promise<void> {
  const request = ['exec', 'deployment/web', '--', '/testapp', 'get', 'http://127.0.0.1:8080/'];
  // The last of them ends the app, and with it the command.
  for (let i = 0; i < 20; i += 1) await bed.kubectl(request).catch(() => '');
}
