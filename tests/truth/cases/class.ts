import type { Bed, Manifest, Site, TruthCase } from '../case.ts';
import { all, atOnce, ready, someReady, waiting } from '../conditions.ts';
import { ingress, web, withMetadata } from '../objects.ts';

const ANNOTATION = 'kubernetes.io/ingress.class';
const OWN = 'gateway-doctor.test/own';

/** Which controller takes an Ingress up, and whether it can be reached. */
export const CLASS_CASES: readonly TruthCase[] = [
  {
    name: 'ingressclass-missing',
    permissions: true,
    hop: 'class',
    about: 'the Ingress names a class that does not exist',
    expect: { verdict: 'failing', cause: 'ingressclass-missing' },
    objects: web(),
    ingresses: (site) => [ingress({ ...site }, undefined, { ingressClassName: 'ngnix' })],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'ingressclass-unset-no-default',
    hop: 'class',
    about: 'the Ingress names no class, and there is no default one',
    expect: { verdict: 'failing', cause: 'ingressclass-unset-no-default' },
    objects: web(),
    ingresses: (site) => [ingress(site, undefined, { ingressClassName: undefined })],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'ingressclass-no-controller',
    hop: 'class',
    about: 'the class exists, but its controller is not installed',
    expect: { verdict: 'failing', cause: 'ingressclass-no-controller' },
    objects: web(),
    ingresses: (site) => [ingress(site, undefined, { ingressClassName: 'unserved' })],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'ingressclass-controller-arg-mismatch',
    hop: 'class',
    about: "the class's controller name is not the one that the controller was started with",
    expect: { 'ingress-nginx': { verdict: 'failing', cause: 'ingressclass-controller-arg-mismatch' } },
    objects: [ingressClass('truth-internal', 'k8s.io/ingress-nginx-internal'), ...web()],
    ingresses: (site) => [ingress(site, undefined, { ingressClassName: 'truth-internal' })],
    until: ready('web'),
    undo: removeClass('truth-internal'),
  },
  {
    name: 'class-annotation-only',
    hop: 'class',
    about: 'the class is named by the old annotation only',
    expect: { verdict: 'healthy' },
    objects: web(),
    ingresses: (site) => [
      annotated(ingress(site, undefined, { ingressClassName: undefined }), site.className),
    ],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'class-annotation-field-conflict',
    hop: 'class',
    about: 'field and annotation name different classes',
    expect: {
      'ingress-nginx': { verdict: 'healthy', remark: 'class-annotation-field-conflict' },
      contour: { verdict: 'failing', cause: 'class-annotation-field-conflict' },
    },
    objects: web(),
    until: ready('web'),
    // The API refuses to create an Ingress with both.
    act: (bed) => bed.kubectl(['annotate', 'ingress', '--all', `${ANNOTATION}=other`]),
    ci: true,
  },
  {
    name: 'controller-not-ready',
    hop: 'class',
    about: 'no Pod of the controller is ready',
    expect: { 'ingress-nginx': { verdict: 'failing', cause: 'controller-not-ready' } },
    objects: (namespace) => [
      ...ownController(namespace, 'truth-unready', {
        readinessProbe: { httpGet: { path: '/nowhere', port: 10254 } },
      }),
      ...web(),
    ],
    ingresses: ownIngress('truth-unready'),
    entrance: ownEntrance,
    until: all(ready('web'), async (bed) =>
      (await bed.list('v1/events')).some((each) => JSON.stringify(each).includes('Readiness probe failed')),
    ),
    undo: removeOwn('truth-unready'),
  },
  {
    name: 'controller-not-ready-zero',
    hop: 'class',
    about: 'the controller is scaled to zero',
    expect: { 'ingress-nginx': { verdict: 'failing', cause: 'controller-not-ready' } },
    objects: (namespace) => [...ownController(namespace, 'truth-zero', {}, { replicas: 0 }), ...web()],
    ingresses: ownIngress('truth-zero'),
    entrance: ownEntrance,
    until: ready('web'),
    undo: removeOwn('truth-zero'),
    ci: true,
  },
  {
    name: 'controller-crashlooping',
    hop: 'class',
    about: 'the controller ends at its start, for want of rights',
    expect: { 'ingress-nginx': { verdict: 'failing', cause: 'controller-crashlooping' } },
    objects: (namespace) => [
      ...ownController(namespace, 'truth-crashing').filter(({ kind }) => kind !== 'ClusterRoleBinding'),
      ...web(),
    ],
    ingresses: ownIngress('truth-crashing'),
    entrance: ownEntrance,
    until: all(ready('web'), waiting('own', /CrashLoopBackOff/, 2)),
    undo: removeOwn('truth-crashing'),
  },
  {
    name: 'lb-service-pending',
    hop: 'loadbalancer',
    about: "the controller's Service waits for an address",
    expect: { 'ingress-nginx': { verdict: 'failing', cause: 'lb-service-pending' } },
    objects: (namespace) => [
      ...ownController(namespace, 'truth-pending', {}, {}, { loadBalancerClass: 'gateway-doctor.test/none' }),
      ...web(),
    ],
    ingresses: ownIngress('truth-pending'),
    entrance: ownEntrance,
    until: all(ready('web'), ready('own')),
    undo: removeOwn('truth-pending'),
    ci: true,
  },
  {
    name: 'ingress-status-empty',
    hop: 'loadbalancer',
    about: 'the controller does not write the status of Ingresses, and serves them all the same',
    expect: { 'ingress-nginx': { verdict: 'healthy' } },
    objects: (namespace) => [
      ...ownController(namespace, 'truth-silent', {}, {}, {}, ['--update-status=false']),
      ...web(),
    ],
    ingresses: ownIngress('truth-silent'),
    entrance: ownEntrance,
    until: all(ready('web'), someReady('own', 1)),
    undo: removeOwn('truth-silent'),
  },
  {
    name: 'second-controller',
    hop: 'class',
    about: 'a second installation of the controller with a class of its own serves the Ingress',
    expect: { 'ingress-nginx': { verdict: 'healthy' } },
    objects: (namespace) => [...ownController(namespace, 'truth-second'), ...web()],
    ingresses: ownIngress('truth-second'),
    entrance: ownEntrance,
    until: all(ready('web'), ready('own')),
    undo: removeOwn('truth-second'),
  },
  {
    name: 'default-ingressclass-later',
    hop: 'class',
    about: 'an unrelated class exists and changes nothing',
    expect: { verdict: 'healthy' },
    objects: [ingressClass('truth-unrelated', 'gateway-doctor.test/unrelated'), ...web()],
    until: all(atOnce, ready('web')),
    undo: removeClass('truth-unrelated'),
  },
];

function ingressClass(name: string, controller: string): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name },
    spec: { controller },
  };
}

function removeClass(name: string): NonNullable<TruthCase['undo']> {
  return (bed) => bed.kubectl(['delete', 'ingressclass', name]);
}

function annotated(object: Manifest, className: string): Manifest {
  return withMetadata(object, { name: object.metadata.name, annotations: { [ANNOTATION]: className } });
}

/** An installation of ingress-nginx of the case's own, which serves one class. */
function ownController(
  namespace: string,
  className: string,
  container: object = {},
  workload: object = {},
  serviceSpec: object = {},
  args: readonly string[] = [],
): readonly Manifest[] {
  const labels = {
    app: 'own',
    'app.kubernetes.io/name': 'ingress-nginx',
    'app.kubernetes.io/component': 'controller',
  };
  const controller = `${OWN}-${className}`;
  return [
    ingressClass(className, controller),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'own' } },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: className },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'own', namespace }],
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'own', labels },
      spec: {
        replicas: 1,
        ...workload,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: 'own',
            terminationGracePeriodSeconds: 1,
            containers: [
              {
                name: 'controller',
                image: 'gateway-doctor.test/ingress-nginx/controller:v1',
                imagePullPolicy: 'IfNotPresent',
                args: [
                  '/nginx-ingress-controller',
                  '--publish-service=$(POD_NAMESPACE)/own',
                  '--election-id=own',
                  `--controller-class=${controller}`,
                  `--ingress-class=${className}`,
                  '--enable-metrics=false',
                  '--status-update-interval=5',
                  ...args,
                ],
                env: ['POD_NAME', 'POD_NAMESPACE'].map((name) => ({
                  name,
                  valueFrom: {
                    fieldRef: { fieldPath: name === 'POD_NAME' ? 'metadata.name' : 'metadata.namespace' },
                  },
                })),
                ports: [
                  { name: 'http', containerPort: 80 },
                  { name: 'https', containerPort: 443 },
                ],
                securityContext: { runAsUser: 101, runAsNonRoot: true },
                readinessProbe: { httpGet: { path: '/healthz', port: 10254 }, periodSeconds: 1 },
                resources: { requests: { cpu: '20m', memory: '60Mi' } },
                ...container,
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'own', labels },
      spec: {
        type: 'LoadBalancer',
        selector: labels,
        ports: [
          { name: 'http', port: 80, targetPort: 'http' },
          { name: 'https', port: 443, targetPort: 'https' },
        ],
        ...serviceSpec,
      },
    },
  ];
}

function ownIngress(className: string): NonNullable<TruthCase['ingresses']> {
  return (site: Site) => [ingress({ ...site, className })];
}

function ownEntrance({ namespace }: Site): string {
  return `${namespace}/own`;
}

function removeOwn(className: string): NonNullable<TruthCase['undo']> {
  return async (bed: Bed) => {
    await bed.kubectl(['delete', 'ingressclass', className]);
    await bed.kubectl(['delete', 'clusterrolebinding', className, '--ignore-not-found']);
  };
}
