import { kubectl } from '../../kubernetes/command.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import { findCondition, isPodFinished, isPodTerminating, servingContainer } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { describeProbe } from '../../kubernetes/probe.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { albAnnotation, albSetting, isAlb } from '../shared/aws.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import {
  hasReadyPods,
  MISSING_POD_CONSEQUENCES,
  missingPodSeverity,
  servedPort,
} from '../shared/pod-consequences.ts';

export const awsTargetsUnhealthy = defineRule({
  code: 'GD0214',
  name: 'aws-targets-unhealthy',
  title: "the load balancer's health check fails on a Pod whose containers are ready",
  hop: 'loadbalancer',
  severity: 'high',
  confidence: 'certain',
  symptom: 'targets-unhealthy',
  explains: ['pod-readiness-gate', ...MISSING_POD_CONSEQUENCES],
  visits: 'pod',
  needs: [],

  *check({ now, trace, backend, pod }) {
    if (!isAlb(trace) || isPodTerminating(pod) || isPodFinished(pod)) return;
    if (findCondition(pod.status?.conditions, 'ContainersReady')?.status !== 'True') return;
    const object = referenceTo(pod);
    for (const { conditionType: type = '' } of pod.spec?.readinessGates ?? []) {
      if (!GATE.test(type)) continue;
      const condition = findCondition(pod.status?.conditions, type);
      if (condition === undefined || condition.status === 'True') continue;
      const { reason, message } = condition;
      const age = secondsSince(condition.lastTransitionTime, now);
      if (STARTING.has(reason ?? '') && (age === undefined || age < PATIENCE)) continue;
      yield {
        object,
        message: `the load balancer's health check fails on it${reason === undefined ? '' : ` (${reason})`}: ${WORDS.get(reason ?? '') ?? 'its containers are ready all the same'}`,
        severity: missingPodSeverity(backend),
        evidence: [
          fieldEvidence(object, `status.conditions[${type}].status`, condition.status),
          fieldEvidence(object, `status.conditions[${type}].reason`, reason),
          ...(message === undefined
            ? []
            : [fieldEvidence(object, `status.conditions[${type}].message`, message)]),
          fieldEvidence(object, 'status.conditions[ContainersReady].status', 'True'),
          ...checkEvidence(trace, backend, pod),
        ],
        ...(hasReadyPods(backend) && ({ symptom: 'reduced-capacity' } as const)),
        ...(condition.lastTransitionTime !== undefined && { since: condition.lastTransitionTime }),
        fix: {
          summary:
            'let the health check ask for what the application answers with success (annotations healthcheck-path and success-codes), and open the Pods to the load balancer in their security group',
          commands: [
            { run: kubectl(object.namespace, 'describe', 'pod', object.name), effect: 'looks' },
            ...pathCommand(trace, backend, pod),
          ],
        },
      };
    }
  },
});

/** Gates that the controller adds, one for each target group; the second is of its first version. */
const GATE = /^target-health\.(?:elbv2\.k8s\.aws|alb\.ingress\.k8s\.aws)\//;

/** Reasons that a new target has while it is checked for the first time. */
const STARTING: ReadonlySet<string> = new Set(['Elb.RegistrationInProgress', 'Elb.InitialHealthChecking']);

/** Seconds that the first checks may take. */
const PATIENCE = 120;

const WORDS: ReadonlyMap<string, string> = new Map([
  ['Target.ResponseCodeMismatch', 'it answers with a status that does not count as success'],
  ['Target.Timeout', 'it does not answer in time, or packets to it are dropped'],
  ['Target.FailedHealthChecks', 'the connection fails or is cut'],
  ['Elb.RegistrationInProgress', 'it is still being registered'],
  ['Elb.InitialHealthChecking', 'the first checks have not passed yet'],
]);

function settingOf({ ingress }: IngressTrace, backend: BackendTrace, name: string): string | undefined {
  const service = backend.service.ok ? backend.service.value : undefined;
  return (service === undefined ? undefined : albSetting(service, name)) ?? albSetting(ingress, name);
}

/** What the health check asks for, and what the readiness probe does. */
function checkEvidence(trace: IngressTrace, backend: BackendTrace, pod: Pod): readonly Evidence[] {
  const value = `GET ${settingOf(trace, backend, 'healthcheck-path') ?? '/'} for ${settingOf(trace, backend, 'success-codes') ?? '200'}`;
  const container = servingContainer(pod, servedPort(backend));
  const probe = container?.spec.readinessProbe;
  return [
    { object: trace.reference, source: 'health check', value },
    ...(container === undefined || probe === undefined
      ? []
      : [
          fieldEvidence(
            referenceTo(pod),
            `${container.specField}.readinessProbe`,
            describeProbe(probe, container.spec),
          ),
        ]),
  ];
}

/** Makes the health check ask for the path of the readiness probe, where that is another one. */
function pathCommand({ reference, ...trace }: IngressTrace, backend: BackendTrace, pod: Pod) {
  const path = servingContainer(pod, servedPort(backend))?.spec.readinessProbe?.httpGet?.path;
  if (path === undefined || path === settingOf({ reference, ...trace }, backend, 'healthcheck-path'))
    return [];
  const value = `${albAnnotation('healthcheck-path')}=${path}`;
  const run = kubectl(reference.namespace, 'annotate', 'ingress', reference.name, '--overwrite', value);
  return [{ run, effect: 'changes' }] as const;
}
