import type { TruthCase } from '../case.ts';
import { after, all, event, someReady, waiting } from '../conditions.ts';
import { mainApp, service, twin, web } from '../objects.ts';

/** Pods that are not started or do not stay. */
export const POD_START_CASES: readonly TruthCase[] = [
  {
    name: 'pod-unschedulable-resources',
    hop: 'pod',
    about: 'the Pod asks for more memory than any Node has',
    expect: { verdict: 'failing', cause: 'pod-unschedulable-resources' },
    objects: web({ container: { resources: { requests: { memory: '900Gi' } } } }),
    until: event('FailedScheduling', /Insufficient memory/),
    ci: true,
  },
  {
    name: 'pod-unschedulable-constraints',
    hop: 'pod',
    about: 'a nodeSelector that no Node fits',
    expect: { verdict: 'failing', cause: 'pod-unschedulable-constraints' },
    objects: web({ pod: { nodeSelector: { disk: 'fast' } } }),
    until: event('FailedScheduling', /node affinity|selector/),
  },
  {
    name: 'pod-unschedulable-constraints-spread',
    hop: 'pod',
    about: 'two Pods that may not share the only Node',
    expect: { verdict: 'degraded', cause: 'pod-unschedulable-constraints' },
    objects: web({
      replicas: 2,
      pod: {
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } },
            ],
          },
        },
      },
    }),
    // A Pod may take two minutes to find a Node before that is a fault.
    until: all(someReady('web', 1), event('FailedScheduling', /anti-affinity/), after(125)),
  },
  {
    name: 'pod-unschedulable-volume',
    hop: 'pod',
    about: 'a PersistentVolumeClaim that nothing binds',
    expect: { verdict: 'failing', cause: 'pod-unschedulable-volume' },
    objects: [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'fast',
          resources: { requests: { storage: '1Gi' } },
        },
      },
      ...web({ pod: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] } }),
    ],
    until: event('FailedScheduling', /PersistentVolumeClaim/i),
  },
  {
    name: 'pod-image-pull',
    hop: 'pod',
    about: 'the image does not exist',
    expect: { verdict: 'failing', cause: 'pod-image-pull' },
    objects: web({ container: { image: 'gateway-doctor.test/nothing:1' } }),
    until: waiting('web', /ImagePullBackOff/),
    ci: true,
  },
  {
    name: 'pod-image-pull-never',
    hop: 'pod',
    about: 'the image is not on the Node, and may not be pulled',
    expect: { verdict: 'failing', cause: 'pod-image-pull' },
    objects: web({ container: { image: 'gateway-doctor.test/nothing:1', imagePullPolicy: 'Never' } }),
    until: waiting('web', /ErrImageNeverPull/),
  },
  {
    name: 'pod-image-pull-one-of-three',
    hop: 'pod',
    about: 'the image of one Pod of three does not exist',
    expect: { verdict: 'degraded', cause: 'pod-image-pull' },
    objects: [
      mainApp({ replicas: 2 }),
      twin('next', { container: { image: 'gateway-doctor.test/nothing:1' } }),
      service('web'),
    ],
    until: all(someReady('web', 2), waiting('web', /ImagePullBackOff/)),
  },
  {
    name: 'pod-invalid-image-name',
    hop: 'pod',
    about: "the image's name is none",
    expect: { verdict: 'failing', cause: 'pod-invalid-image-name' },
    objects: web({ container: { image: 'gateway-doctor.test/App:1' } }),
    until: waiting('web', /InvalidImageName/),
  },
  {
    name: 'pod-config-error',
    hop: 'pod',
    about: 'the environment comes from a ConfigMap that does not exist',
    expect: { verdict: 'failing', cause: 'pod-config-error' },
    objects: web({ container: { envFrom: [{ configMapRef: { name: 'settings' } }] } }),
    until: waiting('web', /CreateContainerConfigError/),
    ci: true,
  },
  {
    name: 'pod-config-error-key',
    hop: 'pod',
    about: 'the environment comes from a key that its Secret lacks',
    expect: { verdict: 'failing', cause: 'pod-config-error' },
    objects: [
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'settings' }, stringData: { user: 'shop' } },
      ...web({
        container: {
          env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'settings', key: 'password' } } }],
        },
      }),
    ],
    until: waiting('web', /CreateContainerConfigError/),
  },
  {
    name: 'pod-volume-mount',
    hop: 'pod',
    about: 'a volume comes from a Secret that does not exist',
    expect: { verdict: 'failing', cause: 'pod-volume-mount' },
    objects: web({
      container: { volumeMounts: [{ name: 'keys', mountPath: '/keys' }] },
      pod: { volumes: [{ name: 'keys', secret: { secretName: 'keys' } }] },
    }),
    until: event('FailedMount', /secret "keys" not found/),
    ci: true,
  },
  {
    name: 'pod-start-error',
    hop: 'pod',
    about: 'the command is not in the image',
    expect: { verdict: 'failing', cause: 'pod-start-error' },
    objects: web({ container: { command: ['/bin/shop'] } }),
    until: waiting('web', /CrashLoopBackOff/, 1),
  },
  {
    name: 'pod-crashloop',
    permissions: true,
    hop: 'pod',
    about: 'the app ends with code 1 at its start',
    expect: { verdict: 'failing', cause: 'pod-crashloop' },
    objects: web({ args: ['-crash-after=0s'] }),
    until: waiting('web', /CrashLoopBackOff/, 2),
    ci: true,
  },
  {
    name: 'pod-crashloop-one-of-three',
    hop: 'pod',
    about: 'one Pod of three ends with code 1 at its start',
    expect: { verdict: 'degraded', cause: 'pod-crashloop' },
    objects: [mainApp({ replicas: 2 }), twin('next', { args: ['-crash-after=0s'] }), service('web')],
    until: all(someReady('web', 2), waiting('web', /CrashLoopBackOff/, 2)),
    ci: true,
  },
  {
    name: 'pod-exit-zero',
    hop: 'pod',
    about: 'the app ends well, again and again',
    expect: { verdict: 'failing', cause: 'pod-exit-zero' },
    objects: web({ args: ['-crash-after=0s', '-exit-code=0', '-last-words=done'] }),
    until: waiting('web', /CrashLoopBackOff/, 2),
  },
  {
    name: 'pod-oomkilled',
    hop: 'pod',
    about: 'the app needs more memory than its limit',
    expect: { verdict: 'failing', cause: 'pod-oomkilled' },
    objects: web({
      args: ['-hog-memory=-1', '-ready=503'],
      container: { resources: { requests: { cpu: '5m', memory: '16Mi' }, limits: { memory: '32Mi' } } },
    }),
    until: waiting('web', /CrashLoopBackOff/, 2),
    ci: true,
  },
  {
    name: 'pod-oomkilled-one-of-three',
    hop: 'pod',
    about: 'one Pod of three needs more memory than its limit',
    expect: { verdict: 'degraded', cause: 'pod-oomkilled' },
    objects: [
      mainApp({ replicas: 2 }),
      twin('next', {
        args: ['-hog-memory=-1', '-ready=503'],
        container: { resources: { requests: { cpu: '5m', memory: '16Mi' }, limits: { memory: '32Mi' } } },
      }),
      service('web'),
    ],
    until: all(someReady('web', 2), waiting('web', /CrashLoopBackOff/, 2)),
  },
  {
    name: 'pod-killed-137',
    hop: 'pod',
    about: 'the app ends with code 137, but not for its memory',
    expect: { verdict: 'failing', cause: 'pod-killed-137' },
    objects: web({ args: ['-crash-after=0s', '-exit-code=137', '-last-words=killed'] }),
    until: waiting('web', /CrashLoopBackOff/, 2),
  },
  {
    name: 'pod-init-stuck',
    hop: 'pod',
    about: 'an init container fails',
    expect: { verdict: 'failing', cause: 'pod-init-stuck' },
    objects: web({
      pod: { initContainers: [initContainer(['-crash-after=0s', '-last-words=migration failed'])] },
    }),
    until: waiting('web', /CrashLoopBackOff/, 1),
    ci: true,
  },
  {
    name: 'pod-init-stuck-waiting',
    hop: 'pod',
    about: 'an init container runs for ever',
    expect: { verdict: 'failing', cause: 'pod-init-stuck' },
    objects: web({ pod: { initContainers: [initContainer(['-log=waiting for database'])] } }),
    until: all(after(15), async (bed) => (await bed.list('v1/pods')).length === 1),
  },
  {
    name: 'pod-crash-signal',
    hop: 'pod',
    about: 'the app is ended by a segmentation fault',
    expect: { verdict: 'failing', cause: 'pod-crash-signal' },
    objects: web({ args: ['-crash-after=0s', '-exit-code=139', '-last-words=Segmentation fault'] }),
    until: waiting('web', /CrashLoopBackOff/, 1),
    ci: true,
  },
  {
    name: 'pod-scheduling-gated',
    hop: 'pod',
    about: 'a scheduling gate that nobody opens',
    expect: { verdict: 'failing', cause: 'pod-scheduling-gated' },
    objects: web({ pod: { schedulingGates: [{ name: 'gateway-doctor.test/wait' }] } }),
    until: async (bed) =>
      (await bed.list('v1/pods')).some((pod) => JSON.stringify(pod).includes('SchedulingGated')),
    ci: true,
  },
];

function initContainer(args: readonly string[]) {
  return { name: 'migrate', image: 'gateway-doctor.test/testapp:1', imagePullPolicy: 'IfNotPresent', args };
}
