import { kubectl } from '../../kubernetes/command.ts';
import type { Challenge } from '../../kubernetes/custom/cert-manager.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import type { Condition } from '../../kubernetes/types.ts';
import type { IssuanceTrace } from '../../model/certificate-trace.ts';
import type { Command, Evidence, Fix } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import { fieldEvidence } from './evidence.ts';

/** The deepest object on the way to a certificate that does not go on, and why. */
export interface IssuanceFault {
  readonly object: ObjectReference;
  readonly message: string;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly fix: Fix;
}

/** Why cert-manager has not issued; undefined where the Certificate is ready. From the deepest object up. */
export function issuanceFault(issuance: IssuanceTrace): IssuanceFault | undefined {
  const { certificate } = issuance;
  if (certificate === undefined) return undefined;
  if (findCondition(certificate.status?.conditions, 'Ready')?.status === 'True' && !isIssuing(issuance)) {
    return undefined;
  }
  return (
    issuerFault(issuance) ??
    challengeFault(issuance) ??
    orderFault(issuance) ??
    requestFault(issuance) ??
    certificateFault(issuance)
  );
}

/** An attempt to renew that is under way or failed, while the Certificate counts as ready. */
function isIssuing({ certificate }: IssuanceTrace): boolean {
  const { conditions, failedIssuanceAttempts = 0 } = certificate?.status ?? {};
  return findCondition(conditions, 'Issuing')?.status === 'True' || failedIssuanceAttempts > 0;
}

function issuerFault({ issuer }: IssuanceTrace): IssuanceFault | undefined {
  if (issuer === undefined) return undefined;
  const { reference: object } = issuer;
  if (issuer.object === undefined) {
    return {
      object,
      message: 'does not exist, and the Certificate is to be signed by it',
      evidence: [{ object, source: 'API server', value: 'not found' }],
      fix: {
        summary: `create ${object.kind} \`${object.name}\`, or name one that exists`,
        commands: [
          look(object.namespace, 'get', object.kind === 'Issuer' ? 'issuers' : 'clusterissuers'),
          look(undefined, 'get', 'clusterissuers'),
        ].slice(0, object.kind === 'Issuer' ? 2 : 1),
      },
    };
  }
  const ready = findCondition(issuer.object.status?.conditions, 'Ready');
  if (ready?.status === 'True') return undefined;
  return {
    object,
    message: `is not ready, and the Certificate is to be signed by it${because(ready?.message)}`,
    evidence: [conditionEvidence(object, 'Ready', ready)],
    fix: { summary: 'mend the issuer: its account, its server or its Secrets', commands: [describe(object)] },
  };
}

/** States of a Challenge or Order that are no success; an absent one has not been worked on yet. */
const UNDONE: readonly (string | undefined)[] = [
  undefined,
  'pending',
  'processing',
  'ready',
  'invalid',
  'expired',
  'errored',
];

function challengeFault({ challenges }: IssuanceTrace): IssuanceFault | undefined {
  const undone = challenges.filter(({ status }) => UNDONE.includes(status?.state || undefined));
  const challenge = undone.find(({ status }) => (status?.reason ?? '') !== '') ?? undone[0];
  if (challenge === undefined) return undefined;
  const object = referenceTo(challenge);
  const { state, reason } = challenge.status ?? {};
  const { type = 'ACME', dnsName = '' } = challenge.spec ?? {};
  return {
    object,
    message: `the ${type} proof for \`${dnsName}\` is ${state || 'not begun'}${because(reason)}`,
    evidence: [
      fieldEvidence(object, 'status.state', state),
      ...(reason === undefined || reason === '' ? [] : [fieldEvidence(object, 'status.reason', reason)]),
    ],
    fix: { summary: proofAdvice(challenge), commands: proofCommands(object, type) },
  };
}

function proofAdvice({ spec }: Challenge): string {
  const { type, dnsName = '' } = spec ?? {};
  if (type === 'HTTP-01') {
    return `let http://${dnsName}/.well-known/acme-challenge/ reach cert-manager's solver from outside, on port 80 and without a login`;
  }
  if (type === 'DNS-01') {
    return `let cert-manager write the TXT record of _acme-challenge.${dnsName}, where every name server of the zone gives it out`;
  }
  return 'see what the challenge waits for';
}

function proofCommands(object: ObjectReference, type: string): readonly Command[] {
  if (type !== 'HTTP-01') return [describe(object)];
  const label = 'acme.cert-manager.io/http01-solver=true';
  return [describe(object), look(object.namespace, 'get', 'ingresses,pods,services', '-l', label)];
}

function orderFault({ order }: IssuanceTrace): IssuanceFault | undefined {
  if (order === undefined || !UNDONE.includes(order.status?.state || undefined)) return undefined;
  const object = referenceTo(order);
  const { state, reason } = order.status ?? {};
  return {
    object,
    message: `the order at the certificate authority is ${state || 'not begun'}${because(reason)}`,
    evidence: [
      fieldEvidence(object, 'status.state', state),
      ...(reason === undefined || reason === '' ? [] : [fieldEvidence(object, 'status.reason', reason)]),
    ],
    fix: {
      summary:
        'mend what the authority refuses (a name, a limit, a CAA record); then let cert-manager try again',
      commands: [describe(object)],
    },
  };
}

function requestFault({ request }: IssuanceTrace): IssuanceFault | undefined {
  if (request === undefined) return undefined;
  const ready = findCondition(request.status?.conditions, 'Ready');
  if (ready?.status === 'True') return undefined;
  const object = referenceTo(request);
  const isFinal = ready?.reason === 'Failed' || ready?.reason === 'Denied';
  return {
    object,
    message: `the request for the certificate ${isFinal ? `has ended (${ready.reason})` : 'is waiting'}${because(ready?.message)}`,
    evidence: [conditionEvidence(object, 'Ready', ready)],
    fix: {
      summary: isFinal
        ? 'mend what the message names; cert-manager tries again, ever more slowly'
        : 'see what the request waits for: an approval, the issuer, or cert-manager itself',
      commands: [describe(object)],
    },
  };
}

function certificateFault({ certificate }: IssuanceTrace): IssuanceFault {
  const object = referenceTo(certificate ?? {});
  const ready = findCondition(certificate?.status?.conditions, 'Ready');
  return {
    object,
    message: `the certificate has not been issued${because(ready?.message)}`,
    evidence: [conditionEvidence(object, 'Ready', ready)],
    fix: {
      summary: 'see what the Certificate waits for, and whether cert-manager runs',
      commands: [
        describe(object),
        look(undefined, 'get', 'pods', '-A', '-l', 'app.kubernetes.io/instance=cert-manager'),
      ],
    },
  };
}

function conditionEvidence(
  object: ObjectReference,
  type: string,
  condition: Condition | undefined,
): Evidence {
  const { status, reason, message } = condition ?? {};
  const value = [status, reason, message].filter((part) => part !== undefined && part !== '').join(': ');
  return fieldEvidence(object, `status.conditions[${type}]`, value === '' ? undefined : value);
}

/** The reason that an object gives, on one line and cut to what a message bears. */
function because(reason: string | undefined): string {
  const line = (reason ?? '').trim().replace(/\s+/g, ' ').replace(/\.$/, '');
  if (line === '') return '';
  return `: ${line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`}`;
}

const LONGEST = 160;

function describe({ kind, namespace, name }: ObjectReference): Command {
  return look(namespace, 'describe', kind.toLowerCase(), name);
}

function look(namespace: string | undefined, ...words: readonly string[]): Command {
  return { run: kubectl(namespace, ...words), effect: 'looks' };
}
