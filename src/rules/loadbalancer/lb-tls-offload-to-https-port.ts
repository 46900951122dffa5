import { isPodReady } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { resolveTargetPort, servicePortField, targetPortOf } from '../../kubernetes/ports.ts';
import type { Service, ServicePort } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';

export const lbTlsOffloadToHttpsPort = defineRule({
  code: 'GD0227',
  name: 'lb-tls-offload-to-https-port',
  title: "the load balancer decrypts HTTPS and sends plain HTTP to the controller's HTTPS port",
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'unreadable-request',
  explains: [],
  visits: 'controller',
  needs: ['services', 'pods'],

  *check({ services, pods }) {
    const pod = pods.find(isPodReady) ?? pods[0];
    for (const service of services) {
      const offload = offloadOf(service);
      if (offload === undefined) continue;
      const port = (service.spec?.ports ?? []).find((each) => offload.covers(each) && isHttpsPort(each, pod));
      if (port === undefined) continue;
      const object = referenceTo(service);
      const plain = plainTarget(service);
      const field = `${servicePortField(service, port)}.targetPort`;
      yield {
        object,
        message: `its load balancer decrypts port ${port.port ?? ''} and sends plain HTTP to \`${port.targetPort ?? port.port}\`, where the controller expects TLS`,
        evidence: [
          fieldEvidence(object, `metadata.annotations[${offload.annotation}]`, offload.value),
          fieldEvidence(object, field, targetPortOf(port)),
        ],
        fix: {
          summary:
            "send what the load balancer has decrypted to the controller's HTTP port, and let the controller trust the forwarded headers",
          commands: [patchObject(object, [{ op: 'replace', field, value: plain }])],
        },
      };
    }
  },
});

interface Offload {
  readonly annotation: string;
  readonly value: string;
  covers(port: ServicePort): boolean;
}

/** How each cloud's Services ask for decryption, for which ports, and for encrypting again towards the Nodes. */
interface OffloadStyle {
  readonly certificate: string;
  readonly ports: string;
  readonly defaultPorts: string;
  reencrypts(annotations: Readonly<Record<string, string>>): boolean;
}

const BETA = 'service.beta.kubernetes.io/';

const STYLES: readonly OffloadStyle[] = [
  {
    certificate: `${BETA}aws-load-balancer-ssl-cert`,
    ports: `${BETA}aws-load-balancer-ssl-ports`,
    defaultPorts: '*',
    reencrypts: (annotations) =>
      ['https', 'ssl', 'tls'].includes(
        (annotations[`${BETA}aws-load-balancer-backend-protocol`] ?? '').trim().toLowerCase(),
      ),
  },
  {
    certificate: `${BETA}do-loadbalancer-certificate-id`,
    ports: `${BETA}do-loadbalancer-tls-ports`,
    defaultPorts: '443',
    reencrypts: (annotations) => annotations[`${BETA}do-loadbalancer-tls-passthrough`] === 'true',
  },
  {
    certificate: `${BETA}oci-load-balancer-tls-secret`,
    ports: `${BETA}oci-load-balancer-ssl-ports`,
    defaultPorts: '443',
    reencrypts: (annotations) => annotations[`${BETA}oci-load-balancer-tls-backendset-secret`] !== undefined,
  },
];

function offloadOf({ metadata, spec }: Service): Offload | undefined {
  const annotations = metadata?.annotations ?? {};
  const style = STYLES.find(({ certificate }) => (annotations[certificate] ?? '') !== '');
  if (spec?.type !== 'LoadBalancer' || style === undefined || style.reencrypts(annotations)) return undefined;
  const listed = (annotations[style.ports] ?? style.defaultPorts).split(',').map((word) => word.trim());
  return {
    annotation: style.certificate,
    value: annotations[style.certificate] ?? '',
    covers: ({ name = '', port }) =>
      listed.includes('*') || listed.includes(`${port}`) || (name !== '' && listed.includes(name)),
  };
}

/** The names and numbers under which controllers take TLS. */
const HTTPS_NAMES: readonly string[] = ['https', 'websecure'];
const HTTPS_NUMBERS: readonly number[] = [443, 8443];

function isHttpsPort(port: ServicePort, pod: Pod | undefined): boolean {
  const target = targetPortOf(port);
  if (typeof target === 'string') return HTTPS_NAMES.includes(target);
  if (target === undefined || pod === undefined) return HTTPS_NUMBERS.includes(target ?? 0);
  const declared = (pod.spec?.containers ?? []).flatMap(({ ports = [] }) => ports);
  const name = declared.find(({ containerPort }) => containerPort === resolveTargetPort(pod, port))?.name;
  return name === undefined ? HTTPS_NUMBERS.includes(target) : HTTPS_NAMES.includes(name);
}

/** The targetPort of the Service's port for plain HTTP. */
function plainTarget({ spec }: Service): string | number {
  const port = (spec?.ports ?? []).find((each) => each.port === 80);
  return port === undefined ? 'http' : (targetPortOf(port) ?? 'http');
}
