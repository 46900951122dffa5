import { kubectl } from '../../kubernetes/command.ts';
import { clusterServiceOf } from '../../kubernetes/external-name.ts';
import { recentText, safeLine } from '../../kubernetes/log-lines.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace, IngressTrace, PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence, nginxAnnotations } from '../shared/annotations.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { podOf } from '../shared/log-events.ts';

export const upstreamVhostMismatch = defineRule({
  code: 'GD0531',
  name: 'upstream-vhost-mismatch',
  title: 'the backend does not take the name by which it is asked',
  hop: 'annotation',
  severity: 'high',
  confidence: 'likely',
  symptom: 'application-error',
  explains: ['app-log-errors'],
  visits: 'service',
  needs: ['pods'],

  *check({ trace, backend, service, pods, now, logSeconds }) {
    const nginx = nginxAnnotations(trace);
    const vhost = nginx?.find('upstream-vhost');
    const names = vhost === undefined ? hostsOf(trace, backend) : [vhost.value];
    const refusal = refusalIn(pods, names, (text) => recentText(text, now, logSeconds));
    const object = referenceTo(service);
    if (refusal !== undefined) {
      yield {
        object: trace.reference,
        message: `the application refuses requests for host \`${refusal.name}\``,
        ...(refusal.status !== undefined && { status: refusal.status }),
        evidence: [
          refusal.evidence,
          ...(vhost === undefined ? [] : [annotationEvidence(trace.reference, vhost)]),
        ],
        fix: {
          summary: `add \`${refusal.name}\` to the hosts that the application allows`,
          commands: [{ run: kubectl(object.namespace, 'describe', 'service', object.name), effect: 'looks' }],
        },
      };
      return;
    }
    const { type, externalName = '' } = service.spec ?? {};
    const isOutside =
      type === 'ExternalName' && externalName.includes('.') && clusterServiceOf(externalName) === undefined;
    if (nginx === undefined || !isOutside) return;
    const speaksTls = /^(?:https|grpcs)$/i.test(nginx.find('backend-protocol')?.value ?? '');
    const sendsName = nginx.find('proxy-ssl-server-name')?.value === 'on';
    if (vhost !== undefined && (!speaksTls || sendsName)) return;
    const prefix = 'nginx.ingress.kubernetes.io';
    yield {
      object: trace.reference,
      severity: 'info',
      confidence: 'suspect',
      message:
        vhost === undefined
          ? `\`${externalName}\` is asked for the client's host, which it may not know`
          : `\`${externalName}\` is not told in the TLS handshake which host is meant`,
      evidence: [
        fieldEvidence(object, 'spec.externalName', externalName),
        fieldEvidence(
          trace.reference,
          `metadata.annotations[${prefix}/${vhost === undefined ? 'upstream-vhost' : 'proxy-ssl-server-name'}]`,
          undefined,
        ),
      ],
      fix: {
        summary: 'ask the remote server for its own name',
        commands: [
          annotate(trace.reference, `${prefix}/upstream-vhost`, externalName),
          ...(speaksTls
            ? [
                annotate(trace.reference, `${prefix}/proxy-ssl-name`, externalName),
                annotate(trace.reference, `${prefix}/proxy-ssl-server-name`, 'on'),
              ]
            : []),
        ],
      },
    };
  },
});

function hostsOf({ routes }: IngressTrace, { key }: BackendTrace): readonly string[] {
  return routes.filter(({ backendKey, host }) => backendKey === key && host !== '').map(({ host }) => host);
}

/** What frameworks say when they refuse a host, with the status that they answer. */
const REFUSALS: readonly (readonly [RegExp, number])[] = [
  // Django
  [/Invalid HTTP_HOST header: '([^']+)'/, 400],
  // Rails
  [/Blocked hosts?: ([^\s,]+)/, 403],
  // Vite and webpack-dev-server
  [/This host \("?([^")]+)"?\) is not allowed/, 403],
  // ASP.NET Core
  [/The host '([^']+)' does not match an allowed host/, 400],
];

interface Refusal {
  readonly name: string;
  readonly status?: number;
  readonly evidence: Evidence;
}

function refusalIn(
  pods: readonly PodTrace[],
  names: readonly string[],
  recent: (text: string) => string,
): Refusal | undefined {
  for (const log of pods.flatMap(({ logs }) => valueOr(logs, []))) {
    if (log.previous) continue;
    for (const line of recent(log.text).split('\n').reverse()) {
      for (const [expression, status] of REFUSALS) {
        const host = expression.exec(line)?.[1]?.toLowerCase().replace(/:\d+$/, '');
        const name = names.find((each) => each.toLowerCase() === host);
        if (name !== undefined) {
          return { name, status, evidence: logEvidence(podOf(log), log, safeLine(line)) };
        }
      }
    }
  }
  return undefined;
}
