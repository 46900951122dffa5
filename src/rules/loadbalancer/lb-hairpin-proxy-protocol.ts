import { kubectl } from '../../kubernetes/command.ts';
import type { Service } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import {
  brokenHeader,
  hasAnswered,
  proxyProtocolSender,
  proxyProtocolSetting,
} from '../shared/proxy-protocol.ts';

export const lbHairpinProxyProtocol = defineRule({
  code: 'GD0226',
  name: 'lb-hairpin-proxy-protocol',
  title: 'calls from inside the cluster to the public address miss the PROXY header',
  hop: 'loadbalancer',
  severity: 'info',
  confidence: 'suspect',
  explains: [],
  visits: 'controller',
  needs: ['services'],
  uses: ['config', 'logs'],

  *check({ now, instance, services, logs = [] }) {
    const setting = proxyProtocolSetting(instance);
    if (setting?.isOn !== true || setting.isOptional) return;
    const broken = brokenHeader(logs, now);
    for (const service of services) {
      const address = shortCut(service);
      const sender = proxyProtocolSender(service);
      if (address === undefined || (sender === undefined && !hasAnswered(instance, logs, now))) continue;
      if (sender === undefined && broken === undefined) continue;
      const object = referenceTo(service);
      yield {
        object,
        message: `Nodes hand calls from Pods to \`${address}\` straight to the controller, without the PROXY header that it insists on: ${broken === undefined ? 'such calls would be' : 'connections without it are'} closed`,
        ...(broken !== undefined && ({ severity: 'medium', confidence: 'likely' } as const)),
        evidence: [
          fieldEvidence(object, 'status.loadBalancer.ingress[0].ip', address),
          setting.evidence,
          ...(sender === undefined ? [] : [sender]),
          ...(broken === undefined ? [] : [broken]),
        ],
        fix: {
          summary:
            'let Pods call the Service inside the cluster, or make the load balancer show a host name (or ipMode Proxy) instead of its IP',
          commands: [
            { run: kubectl(object.namespace, 'get', 'service', object.name, '-o', 'yaml'), effect: 'looks' },
          ],
        },
      };
    }
  },
});

/** An address that kube-proxy answers on every Node by itself, past the load balancer. */
function shortCut({ spec, status }: Service): string | undefined {
  if (spec?.type !== 'LoadBalancer') return undefined;
  return status?.loadBalancer?.ingress?.find(({ ip, ipMode }) => ip !== undefined && ipMode !== 'Proxy')?.ip;
}
