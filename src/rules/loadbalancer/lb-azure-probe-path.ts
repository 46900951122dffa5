import { kubectl } from '../../kubernetes/command.ts';
import { accessLines, recentText } from '../../kubernetes/log-lines.ts';
import { servicePortField } from '../../kubernetes/ports.ts';
import type { Service, ServicePort } from '../../kubernetes/types.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { ContainerLog } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { podOf } from '../shared/log-events.ts';

export const lbAzureProbePath = defineRule({
  code: 'GD0229',
  name: 'lb-azure-probe-path',
  title: "Azure's load balancer asks the controller for a path that it answers with 404",
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-address',
  explains: [],
  visits: 'controller',
  needs: ['services'],
  uses: ['nodes', 'logs'],

  *check({ now, services, nodes, logs }) {
    if (nodes?.some(isAzure) === false) return;
    for (const service of services) {
      const port = probedPort(service);
      if (port === undefined) continue;
      if (logs === undefined) {
        yield { cannotTell: 'logs' };
        continue;
      }
      const object = referenceTo(service);
      const probe = lastProbe(logs, now);
      // Without the Nodes only the checks themselves tell that it is Azure.
      if (probe?.isRefused === false || (probe === undefined && nodes === undefined)) continue;
      const refused = probe?.evidence;
      yield {
        object,
        message: `Azure's load balancer checks its port ${port.port ?? ''} with \`GET /\`, ${refused === undefined ? 'which most controllers answer with 404: it would then send to no Node at all' : 'and gets an error: it sends to no Node at all'}`,
        evidence: [
          fieldEvidence(object, `${servicePortField(service, port)}.appProtocol`, port.appProtocol),
          fieldEvidence(object, `metadata.annotations[${PATH}]`, undefined),
          ...(refused === undefined ? [] : [refused]),
        ],
        ...(refused === undefined && ({ severity: 'info', confidence: 'suspect' } as const)),
        fix: {
          summary: 'let the load balancer ask for a path that the controller answers with 200',
          commands: [
            {
              run: kubectl(
                object.namespace,
                'annotate',
                'service',
                object.name,
                '--overwrite',
                `${PATH}=/healthz`,
              ),
              effect: 'changes',
            },
          ],
        },
      };
    }
  },
});

const BETA = 'service.beta.kubernetes.io/';
const PATH = `${BETA}azure-load-balancer-health-probe-request-path`;
const PROTOCOL = `${BETA}azure-load-balancer-health-probe-protocol`;

function isAzure({ spec }: Node): boolean {
  return spec?.providerID?.startsWith('azure://') === true;
}

/**
 * The port that is checked by HTTP at `/` because of its appProtocol. With externalTrafficPolicy Local the Nodes'
 * own health check is asked instead (https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/).
 */
function probedPort({ metadata, spec }: Service): ServicePort | undefined {
  const annotations = metadata?.annotations ?? {};
  if (spec?.type !== 'LoadBalancer' || spec.externalTrafficPolicy === 'Local') return undefined;
  if (annotations[PATH] !== undefined || annotations[PROTOCOL]?.toLowerCase() === 'tcp') return undefined;
  return spec.ports?.find(
    ({ port, appProtocol = '' }) =>
      /^https?$/i.test(appProtocol) &&
      annotations[`${BETA}port_${port}_health-probe_request-path`] === undefined &&
      annotations[`${BETA}port_${port}_health-probe_protocol`]?.toLowerCase() !== 'tcp' &&
      annotations[`${BETA}port_${port}_no_probe_rule`] !== 'true',
  );
}

/** The last recent check of Azure's in the controller's access log, and whether it was answered with an error. */
function lastProbe(
  logs: readonly ContainerLog[],
  now: Date,
): { readonly isRefused: boolean; readonly evidence: Evidence } | undefined {
  for (const log of logs) {
    const line = recentText(log.text, now, RECENT)
      .split('\n')
      .findLast((each) => each.includes('"Load Balancer Agent"'));
    const status = accessLines(line ?? '')[0]?.status;
    if (line === undefined || status === undefined) continue;
    const evidence = logEvidence(podOf(log), log, line);
    return { isRefused: status !== 200, evidence };
  }
  return undefined;
}

const RECENT = 15 * 60;
