import { readLog } from '../../controllers/logs/read-log.ts';
import { isOn, isTrue } from '../../controllers/settings.ts';
import { recentText } from '../../kubernetes/log-lines.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { reference, referenceTo } from '../../model/reference.ts';
import type { ContainerLog, ControllerInstance } from '../../model/trace.ts';
import { fieldEvidence, logEvidence } from './evidence.ts';
import { podOf } from './log-events.ts';

/** Annotations of a Service that make its load balancer send PROXY headers, and the values that do. */
const SENDERS: readonly (readonly [string, (value: string) => boolean])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-proxy-protocol', (value) => value !== ''],
  [
    'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes',
    (value) => /proxy_protocol_v2\.enabled\s*=\s*true/.test(value),
  ],
  ['service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol', isTrue],
  ['load-balancer.hetzner.cloud/uses-proxyprotocol', isTrue],
  ['service.beta.kubernetes.io/scw-loadbalancer-proxy-protocol-v1', (value) => value !== 'false'],
  ['service.beta.kubernetes.io/scw-loadbalancer-proxy-protocol-v2', (value) => value !== 'false'],
  ['service.beta.kubernetes.io/linode-loadbalancer-default-proxy-protocol', (value) => /^v[12]$/.test(value)],
  ['service.beta.kubernetes.io/vultr-loadbalancer-proxy-protocol', isTrue],
  ['loadbalancer.openstack.org/proxy-protocol', (value) => value !== 'false'],
  ['kubernetes.civo.com/loadbalancer-enable-proxy-protocol', (value) => value.startsWith('send-proxy')],
];

/** Clouds whose load balancers send PROXY headers only where an annotation asks for them, or never do. */
const CLOUDS = /^(?:aws|azure|digitalocean|gce|hcloud|linode|openstack|scaleway|vultr):\/\//;

/** Whether the Node's cloud gives Services load balancers that send no PROXY header by default. */
export function isKnownCloud(providerId: string | undefined): boolean {
  return CLOUDS.test(providerId ?? '');
}

/** The annotation by which the Service's load balancer sends PROXY headers. */
export function proxyProtocolSender(service: Service): Evidence | undefined {
  const annotations = service.metadata?.annotations ?? {};
  const sender = SENDERS.find(([name, sends]) => sends(annotations[name]?.trim() ?? ''));
  if (sender === undefined || annotations[sender[0]] === undefined) return undefined;
  return fieldEvidence(referenceTo(service), `metadata.annotations[${sender[0]}]`, annotations[sender[0]]);
}

/** Whether the controller reads PROXY headers, with the setting that says so. */
export interface ProxyProtocolSetting {
  readonly isOn: boolean;
  /** It also takes connections without a header. */
  readonly isOptional: boolean;
  readonly evidence: Evidence;
}

/** Undefined for products whose setting is not known, or where their settings could not be read. */
export function proxyProtocolSetting(instance: ControllerInstance): ProxyProtocolSetting | undefined {
  const { profile, settings, config, namespace, controlPlanes } = instance;
  const name = SETTINGS.get(profile.product);
  const workload = controlPlanes[0];
  if (name === undefined || !config.ok || workload === undefined) return undefined;
  const map = config.value;
  const value = map?.data?.[name];
  if (map !== undefined && value !== undefined) {
    const evidence = fieldEvidence(referenceTo(map), `data[${name}]`, value);
    return { isOn: isOn(settings, name), isOptional: false, evidence };
  }
  if (profile.product === 'traefik') {
    // A file or the environment may set what no flag does.
    if (settings.size === 0 || settings.has('configfile')) return undefined;
    const flag = [...settings.keys()].find((key) => /^entrypoints\..+\.proxyprotocol\b/.test(key));
    const evidence: Evidence = {
      object: referenceTo(workload),
      source: 'argument',
      value: flag === undefined ? 'no --entryPoints.*.proxyProtocol' : `--${flag}`,
    };
    return { isOn: flag !== undefined, isOptional: true, evidence };
  }
  const object =
    map === undefined ? referenceTo(workload) : reference('ConfigMap', namespace, map.metadata?.name ?? '');
  const evidence: Evidence = { object, source: name, value: settings.get(name) ?? 'not set' };
  return { isOn: isOn(settings, name), isOptional: false, evidence };
}

const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['ingress-nginx', 'use-proxy-protocol'],
  ['haproxy-ingress', 'use-proxy-protocol'],
  ['contour', 'use-proxy-protocol'],
  ['f5-nginx', 'proxy-protocol'],
  ['traefik', 'entrypoints'],
]);

/** What nginx and HAProxy log of a connection that does not begin with a PROXY header; nginx quotes it over several lines. */
const BROKEN =
  /broken header: "[\s\S]{0,2000}?" while reading PROXY protocol[^\n]*|[^\n]*does not look like a PROXY protocol header[^\n]*/;

/** Seconds of the controller's log that tell of the present. */
const RECENT = 15 * 60;

/** A recent connection without the PROXY header that the controller insists on, as its log has it. */
export function brokenHeader(logs: readonly ContainerLog[], now: Date): Evidence | undefined {
  for (const log of logs) {
    const [line] = BROKEN.exec(recentText(log.text, now, RECENT)) ?? [];
    if (line === undefined) continue;
    return logEvidence(podOf(log), log, line);
  }
  return undefined;
}

/** Whether the controller's log shows a recent request that was answered well: some connections are right. */
export function hasAnswered(
  { profile }: ControllerInstance,
  logs: readonly ContainerLog[],
  now: Date,
): boolean {
  return logs.some(({ text }) =>
    readLog(profile.product, recentText(text, now, RECENT), now).some(
      ({ isRequest, status }) => isRequest && status !== undefined && status >= 200 && status < 400,
    ),
  );
}
