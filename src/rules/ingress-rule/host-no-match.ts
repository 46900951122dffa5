import { isIP } from 'node:net';
import { kubectl } from '../../kubernetes/command.ts';
import { nearest } from '../../kubernetes/nearest.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { Command, Evidence, Fix } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { patchObject } from '../shared/patch.ts';
import { isSameClass } from '../shared/same-class.ts';
import {
  hostsEvidence,
  mismatchOf,
  pathsEvidence,
  routingConfidence,
  wwwSibling,
} from '../shared/unmatched-url.ts';

export const hostNoMatch = defineRule({
  code: 'GD0301',
  name: 'host-no-match',
  title: 'no rule takes the requested host, or none of its paths the requested path',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'no-route',
  explains: [],
  visits: 'route',
  needs: ['allIngresses'],

  *check({ trace, ingress, route, requestedUrl, allIngresses }) {
    const mismatch = mismatchOf({
      trace,
      ingress,
      route,
      allIngresses,
      ...(requestedUrl !== undefined && { requestedUrl }),
    });
    if (mismatch === undefined || requestedUrl === undefined) return;
    const { host, path } = requestedUrl;
    const object = trace.reference;
    const asked: Evidence = { object, source: 'requested URL', value: requestedUrl.url };
    if (mismatch.why === 'path') {
      yield {
        object,
        message: `host \`${host}\` matches, but none of its paths takes \`${path}\``,
        evidence: [asked, ...pathsEvidence(mismatch.paths)],
        confidence: routingConfidence(trace),
        fix: { summary: `add a path that takes \`${path}\``, commands: [showIngress(object)] },
      };
    }
    if (mismatch.why !== 'host') return;
    const near = nearestHost(
      host,
      allIngresses.filter((other) => isSameClass(other, ingress)),
    );
    yield {
      object,
      message: `no rule of this class takes host \`${host}\`${near === undefined ? '' : `; ${near.words}`}`,
      evidence: [asked, ...hostsEvidence(ingress)],
      confidence: routingConfidence(trace),
      fix: fixOf(object, host, near),
    };
  },
});

interface NearHost {
  readonly ingress: Ingress;
  readonly ruleIndex: number;
  readonly words: string;
}

/** The rule that was probably meant, and how its host differs. */
function nearestHost(host: string, ingresses: readonly Ingress[]): NearHost | undefined {
  const rules = ingresses.flatMap((ingress) =>
    (ingress.spec?.rules ?? []).map((rule, ruleIndex) => ({
      ingress,
      ruleIndex,
      host: (rule.host ?? '').toLowerCase(),
    })),
  );
  const sibling = rules.find((rule) => rule.host !== '' && wwwSibling(rule.host) === host);
  if (sibling !== undefined) return { ...sibling, words: `\`${sibling.host}\` has one` };
  if (isIP(host) !== 0) return undefined;
  const name = nearest(
    host,
    rules.map((rule) => rule.host).filter((other) => other !== ''),
  );
  const near = rules.find((rule) => rule.host === name);
  return near === undefined ? undefined : { ...near, words: `\`${near.host}\` has one` };
}

function showIngress({ namespace, name }: ObjectReference): Command {
  return { run: kubectl(namespace, 'describe', 'ingress', name), effect: 'looks' };
}

function fixOf(object: ObjectReference, host: string, near: NearHost | undefined): Fix {
  const http = near?.ingress.spec?.rules?.[near.ruleIndex]?.http;
  const look: Command = { run: 'kubectl get ingresses -A', effect: 'looks' };
  if (near === undefined || http === undefined || isIP(host) !== 0) {
    return {
      summary:
        isIP(host) === 0
          ? `add a rule for \`${host}\`, or correct the host in the URL`
          : 'ask by host name: rules with a host do not take requests to a bare address',
      commands: [look],
    };
  }
  return {
    summary: `correct the host in the URL, or give \`${host}\` a rule with the same paths`,
    commands: [
      showIngress(object),
      patchObject(referenceTo(near.ingress), [{ op: 'add', field: 'spec.rules[-]', value: { host, http } }]),
    ],
  };
}
