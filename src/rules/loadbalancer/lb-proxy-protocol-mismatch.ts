import { kubectl } from '../../kubernetes/command.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import type { Fix, Report } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { ContainerLog, ControllerInstance } from '../../model/trace.ts';
import { type CannotTell, defineRule } from '../rule.ts';
import {
  brokenHeader,
  hasAnswered,
  isKnownCloud,
  type ProxyProtocolSetting,
  proxyProtocolSender,
  proxyProtocolSetting,
} from '../shared/proxy-protocol.ts';

export const lbProxyProtocolMismatch = defineRule({
  code: 'GD0225',
  name: 'lb-proxy-protocol-mismatch',
  title: 'load balancer and controller do not agree on PROXY headers',
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'connection-dropped',
  explains: [],
  visits: 'controller',
  needs: ['services'],
  uses: ['config', 'logs', 'nodes'],

  *check({ now, instance, services, logs, nodes }) {
    const balanced = services.filter(({ spec }) => spec?.type === 'LoadBalancer');
    const setting = proxyProtocolSetting(instance);
    for (const service of balanced) {
      const sender = proxyProtocolSender(service);
      if (setting === undefined) {
        // Only a header that is sent makes the controller's setting matter.
        if (sender !== undefined && !instance.config.ok) yield { cannotTell: 'config' };
        continue;
      }
      const object = referenceTo(service);
      if (sender !== undefined && !setting.isOn) {
        yield {
          object,
          message:
            'its load balancer sends a PROXY header, and the controller takes it for the beginning of a request',
          symptom: 'unreadable-request',
          evidence: [sender, setting.evidence],
          fix: fixOf(setting, object, 'let the controller read PROXY headers, or do not send them'),
        };
      } else if (sender === undefined && setting.isOn && !setting.isOptional) {
        yield* withoutHeader(object, setting, { now, instance, logs, nodes });
      }
    }
  },
});

interface HeaderFacts {
  readonly now: Date;
  readonly instance: ControllerInstance;
  readonly logs: readonly ContainerLog[] | undefined;
  readonly nodes: readonly Node[] | undefined;
}

/** The controller expects a header: whether it comes, the log tells, or the cloud's custom. */
function* withoutHeader(
  object: ObjectReference,
  setting: ProxyProtocolSetting,
  { now, instance, logs, nodes }: HeaderFacts,
): Iterable<Report | CannotTell<'logs' | 'nodes'>> {
  if (logs === undefined) {
    yield { cannotTell: 'logs' };
    return;
  }
  if (hasAnswered(instance, logs, now)) return;
  const broken = brokenHeader(logs, now);
  if (broken === undefined && nodes === undefined) {
    yield { cannotTell: 'nodes' };
    return;
  }
  if (broken === undefined && !nodes?.some(({ spec }) => isKnownCloud(spec?.providerID))) return;
  yield missingHeader(object, setting, broken);
}

function missingHeader(
  object: ObjectReference,
  setting: ProxyProtocolSetting,
  broken: ReturnType<typeof brokenHeader>,
): Report {
  return {
    object,
    message:
      'the controller insists on a PROXY header, which no annotation makes its load balancer send: connections are closed',
    confidence: broken === undefined ? 'likely' : 'certain',
    evidence: [setting.evidence, ...(broken === undefined ? [] : [broken])],
    fix: fixOf(
      setting,
      object,
      'let the load balancer send PROXY headers, or do not make the controller expect them',
    ),
  };
}

function fixOf({ evidence }: ProxyProtocolSetting, service: ObjectReference, summary: string): Fix {
  const { kind, namespace, name } = evidence.object;
  return {
    summary,
    commands: [
      { run: kubectl(service.namespace, 'get', 'service', service.name, '-o', 'yaml'), effect: 'looks' },
      { run: kubectl(namespace, 'get', kind.toLowerCase(), name, '-o', 'yaml'), effect: 'looks' },
    ],
  };
}
