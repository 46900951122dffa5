import { CONTROLLERS } from '../../src/controllers/index.ts';
import { imageName, runs } from '../../src/controllers/recognition.ts';
import type { Workload } from '../../src/kubernetes/workload-types.ts';
import { deployment, workload } from './objects.ts';

/** Every product that takes the workload for its own, with the role. */
function recognised(some: Workload): readonly string[] {
  return CONTROLLERS.flatMap((profile) => {
    const role = profile.recognise(some);
    return role === undefined ? [] : [`${profile.product} ${role}`];
  });
}

describe('by image', () => {
  test.each([
    ['registry.k8s.io/ingress-nginx/controller:v1.12.1@sha256:0123', 'ingress-nginx both'],
    ['registry.k8s.io/ingress-nginx/controller-chroot:v1.12.1', 'ingress-nginx both'],
    ['mirror.corp.test:5000/registry.k8s.io/ingress-nginx/controller:v1.9.0', 'ingress-nginx both'],
    ['docker.io/bitnami/nginx-ingress-controller:1.11.3-debian-12-r0', 'ingress-nginx both'],
    ['cgr.dev/chainguard/ingress-nginx-controller:latest', 'ingress-nginx both'],
    ['rancher/nginx-ingress-controller:v1.10.5-hardened4', 'ingress-nginx both'],
    ['quay.io/kubernetes-ingress-controller/nginx-ingress-controller-amd64:0.30.0', 'ingress-nginx both'],
    ['mcr.microsoft.com/oss/kubernetes/ingress/nginx-ingress-controller:v1.11.5', 'ingress-nginx both'],
    ['rig.local/ingress-nginx:1', 'ingress-nginx both'],
    ['nginx/nginx-ingress:4.0.1', 'f5-nginx both'],
    ['private-registry.nginx.com/nginx-ic/nginx-plus-ingress:4.0.1', 'f5-nginx both'],
    ['traefik:v3.3', 'traefik both'],
    ['docker.io/library/traefik@sha256:0123', 'traefik both'],
    ['rancher/mirrored-library-traefik:2.11.18', 'traefik both'],
    ['cgr.dev/chainguard/traefik', 'traefik both'],
    ['localhost:5000/traefik', 'traefik both'],
    ['quay.io/jcmoraisjr/haproxy-ingress:v0.14.7', 'haproxy-ingress both'],
    ['public.ecr.aws/eks/aws-load-balancer-controller:v2.11.0', 'aws-alb control-plane'],
    ['docker.io/amazon/aws-alb-ingress-controller:v1.1.9', 'aws-alb control-plane'],
    ['mcr.microsoft.com/azure-application-gateway/kubernetes-ingress:1.7.5', 'agic control-plane'],
  ])('%s', (image, expected) => {
    expect(recognised(deployment(image))).toEqual([expected]);
  });

  test.each([
    'nginx:1.27',
    'bitnami/nginx:1.27',
    'nginxinc/nginx-unprivileged',
    'nginx/nginx-prometheus-exporter:1.4',
    'registry.k8s.io/defaultbackend-amd64:1.5',
    'registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.5',
    'registry.k8s.io/external-dns/external-dns:v0.15',
    'corp/my-traefik-dashboard:2',
    'traefik/whoami:v1.10',
    'ldez/traefik-certs-dumper',
    'haproxy:3.0',
    'haproxytech/kubernetes-ingress:3.0',
    'envoyproxy/envoy:v1.32',
    'istio/proxyv2:1.24',
    'ghcr.io/projectcontour/contour:v1.30',
    'corp/pilot:1',
    '',
  ])('not %s', (image) => {
    expect(recognised(deployment(image))).toEqual([]);
  });

  test('not an app behind external-dns, whatever its flags name', () => {
    const dns = deployment('external-dns', [
      '--source=ingress',
      '--source=contour-httpproxy',
      '--ingress-class=nginx',
    ]);
    expect(recognised(dns)).toEqual([]);
  });
});

describe('by command line', () => {
  test.each([
    [['/nginx-ingress-controller', '--election-id=x'], 'ingress-nginx both'],
    [['/usr/bin/dumb-init', '--', '/nginx-ingress-controller', '--v=2'], 'ingress-nginx both'],
    [['sh', '-c', 'exec /nginx-ingress-controller --v=2'], 'ingress-nginx both'],
    [['-nginx-configmaps=$(POD_NAMESPACE)/nginx-config', '-ingress-class=nginx'], 'f5-nginx both'],
    [['--providers.kubernetesIngress', '--entryPoints.web.address=:80'], 'traefik both'],
    [['pilot-discovery', 'discovery'], 'istio control-plane'],
    [['/bin/contour', 'serve', '--incluster'], 'contour control-plane'],
  ])('%j', (args, expected) => {
    expect(recognised(deployment('corp/proxy:7', args))).toEqual([expected]);
  });

  test.each([
    [['serve', '--name', 'contour']],
    [['--config=/etc/nginx-ingress-controller']],
    [['contour', 'gateway-provisioner']],
    [['--providers.file.directory=/etc/traefik']],
  ])('not %j', (args) => {
    expect(recognised(deployment('corp/proxy:7', args))).toEqual([]);
  });
});

describe('manifests', () => {
  test('the ingress-nginx chart with a rebuilt image, beside its default backend and admission Job', () => {
    const part = (kind: string, component: string, name = 'ingress-nginx') =>
      workload(`
kind: ${kind}
metadata: {labels: {app.kubernetes.io/name: ${name}, app.kubernetes.io/component: ${component}}}
spec:
  template:
    metadata: {labels: {app.kubernetes.io/name: ${name}, app.kubernetes.io/component: ${component}}}
    spec: {containers: [{name: main, image: "corp/edge:7"}]}
`);
    expect(recognised(part('Deployment', 'controller'))).toEqual(['ingress-nginx both']);
    expect(recognised(part('DaemonSet', 'controller'))).toEqual(['ingress-nginx both']);
    expect(recognised(part('Deployment', 'default-backend'))).toEqual([]);
    expect(recognised(part('Job', 'admission-webhook'))).toEqual([]);
    expect(recognised(part('Deployment', 'controller', 'haproxy-ingress'))).toEqual(['haproxy-ingress both']);
    expect(recognised(part('Deployment', 'default-backend', 'haproxy-ingress'))).toEqual([]);
  });

  test('a sidecar before the controller does not hide it', () => {
    const meshed = workload(`
kind: Deployment
spec:
  template:
    spec:
      containers:
        - {name: istio-proxy, image: docker.io/istio/proxyv2:1.24.0, args: [proxy, sidecar]}
        - {name: controller, image: registry.k8s.io/ingress-nginx/controller:v1.12.0}
`);
    expect(recognised(meshed)).toEqual(['ingress-nginx both']);
  });

  test('a Job never takes requests', () => {
    const job = { ...deployment('registry.k8s.io/ingress-nginx/controller:v1'), kind: 'Job' };
    expect(recognised(job)).toEqual([]);
  });

  test('an app that only has the name of a proxy in its labels', () => {
    const app = workload(`
kind: Deployment
metadata: {labels: {app: my-traefik-dashboard, app.kubernetes.io/name: traefik}}
spec:
  template:
    metadata: {labels: {app: my-traefik-dashboard, app.kubernetes.io/name: traefik}}
    spec: {containers: [{name: app, image: "corp/dashboard:1"}]}
`);
    expect(recognised(app)).toEqual([]);
  });

  test("Contour's Deployment configures, its Envoy carries", () => {
    const control = workload(`
kind: Deployment
metadata: {labels: {app: contour}}
spec:
  template:
    metadata: {labels: {app: contour}}
    spec:
      containers:
        - name: contour
          image: ghcr.io/projectcontour/contour:v1.30.1
          command: [contour]
          args: [serve, --incluster, --xds-address=0.0.0.0, --ingress-class-name=contour]
`);
    const proxy = workload(`
kind: DaemonSet
metadata: {labels: {app: envoy}}
spec:
  template:
    metadata: {labels: {app: envoy}}
    spec:
      initContainers:
        - name: envoy-initconfig
          image: ghcr.io/projectcontour/contour:v1.30.1
          command: [contour]
          args: [bootstrap, /config/envoy.json]
      containers:
        - {name: shutdown-manager, image: "ghcr.io/projectcontour/contour:v1.30.1", command: [/bin/contour], args: [envoy, shutdown-manager]}
        - {name: envoy, image: "docker.io/envoyproxy/envoy:distroless-v1.31.2", command: [envoy], args: [-c, /config/envoy.json]}
`);
    expect(recognised(control)).toEqual(['contour control-plane']);
    expect(recognised(proxy)).toEqual(['contour proxy']);
  });

  test("the chart's Envoy is known by its labels, another product's Envoy is not Contour's", () => {
    const envoy = (name: string) =>
      workload(`
kind: DaemonSet
metadata: {labels: {app.kubernetes.io/name: ${name}, app.kubernetes.io/component: envoy}}
spec: {template: {spec: {containers: [{name: envoy, image: "bitnami/envoy:1.31"}]}}}
`);
    expect(recognised(envoy('contour'))).toEqual(['contour proxy']);
    expect(recognised(envoy('gateway'))).toEqual([]);
  });

  test('both in one workload', () => {
    const both = workload(`
kind: Deployment
spec:
  template:
    spec:
      containers:
        - {name: contour, image: rig.local/contour:1, args: [contour, serve]}
        - {name: envoy, image: rig.local/envoy:1, args: [envoy, -c, /config/envoy.json]}
`);
    expect(recognised(both)).toEqual(['contour both']);
  });

  test("Istio's control plane, its gateway, and neither egress nor a meshed app", () => {
    const istiod = workload(`
kind: Deployment
metadata: {labels: {app: istiod, istio: pilot}}
spec:
  template:
    metadata: {labels: {app: istiod, istio: pilot}}
    spec: {containers: [{name: discovery, image: "docker.io/istio/pilot:1.24.0", args: [discovery, --monitoringAddr=:15014]}]}
`);
    const gateway = (label: string) =>
      workload(`
kind: Deployment
spec:
  template:
    metadata: {labels: {istio: ${label}}}
    spec: {containers: [{name: istio-proxy, image: auto}]}
`);
    expect(recognised(istiod)).toEqual(['istio control-plane']);
    expect(recognised(gateway('ingressgateway'))).toEqual(['istio proxy']);
    expect(recognised(gateway('egressgateway'))).toEqual([]);
  });

  test("AKS' Application Gateway add-on", () => {
    const addon = workload(`
kind: Deployment
metadata: {labels: {app: ingress-appgw}}
spec: {template: {metadata: {labels: {app: ingress-appgw}}, spec: {containers: [{name: main, image: "mcr.microsoft.com/x/appgw:1"}]}}}
`);
    expect(recognised(addon)).toEqual(['agic control-plane']);
  });

  test.each([{}, { spec: {} }, { spec: { template: { spec: { containers: [{}] } } } }])(
    '%j is nothing',
    (empty) => {
      expect(recognised(empty)).toEqual([]);
    },
  );
});

test.each([
  ['traefik', 1, 'traefik'],
  ['registry:5000/traefik', 1, 'traefik'],
  ['registry:5000/a/b/Traefik:v3@sha256:00', 2, 'b/traefik'],
  ['rancher/mirrored-istio-pilot:1', 1, 'istio-pilot'],
  ['x/nginx-ingress-controller-arm64:1', 1, 'nginx-ingress-controller'],
])('image %p by its last %p parts is %p', (image, parts, expected) => {
  expect(imageName({ image }, parts)).toBe(expected);
});

test('a program is looked for before the first flag', () => {
  expect(runs({ command: ['tini', '--', '/app/traefik'] }, 'traefik')).toBe(true);
  expect(runs({ command: ['/app/other'], args: ['--run', 'traefik'] }, 'traefik')).toBe(false);
});
