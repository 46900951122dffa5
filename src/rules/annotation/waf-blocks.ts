import { booleanAnnotation, catalogueOf, findAnnotation } from '../../controllers/annotations/read.ts';
import { isOn } from '../../controllers/settings.ts';
import { safeLine } from '../../kubernetes/log-lines.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { ContainerLog, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { annotationEvidence, controllerLog } from '../shared/annotations.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { podOf } from '../shared/log-events.ts';

export const wafBlocks = defineRule({
  code: 'GD0529',
  name: 'waf-blocks',
  title: 'a web application firewall stands before the application and may refuse requests',
  hop: 'annotation',
  severity: 'info',
  confidence: 'suspect',
  symptom: 'forbidden',
  explains: [],
  visits: 'ingress',
  needs: [],
  uses: ['controllerLogs', 'controllerConfig'],

  *check({ trace, controllerLogs, controllerConfig }) {
    const setting = firewallOf(trace);
    const global =
      setting === undefined && isGlobal(trace) && controllerConfig !== undefined
        ? fieldEvidence(referenceTo(controllerConfig), 'data[enable-modsecurity]', 'true')
        : undefined;
    const evidence = setting ?? global;
    const [first, ...refused] = refusals(trace, controllerLogs ?? []);
    // A firewall for everybody is only worth a word to somebody whom it has refused.
    if (evidence === undefined || (setting === undefined && first === undefined)) return;
    const { serving } = trace.controller;
    const count = refused.length + 1;
    yield {
      object: trace.reference,
      message:
        first === undefined
          ? 'a web application firewall decides about requests: what it refuses gets 403'
          : `the web application firewall refuses requests: ${count} in the log that was read`,
      evidence: [evidence, ...(first === undefined ? [] : [first])],
      fix: {
        summary:
          "look up in the firewall's log which rule refuses, and make an exception for what is legitimate",
        commands: serving === undefined ? [] : controllerLog(serving),
      },
    };
  },
});

const KEYS: Readonly<Record<string, readonly string[]>> = {
  'aws-alb': ['wafv2-acl-arn', 'wafv2-acl-name', 'waf-acl-id', 'web-acl-id'],
  agic: ['waf-policy-for-path'],
  'haproxy-ingress': ['waf'],
};

/** The annotation that puts a firewall before this Ingress. */
function firewallOf({ ingress, reference, controller }: IngressTrace): Evidence | undefined {
  const { product } = controller.profile;
  const settings = controller.serving?.settings;
  if (product === 'ingress-nginx') {
    const set = findAnnotation(ingress, product, 'enable-modsecurity', settings);
    const isSet = booleanAnnotation(ingress, product, 'enable-modsecurity', settings) === true;
    return set !== undefined && isSet ? annotationEvidence(reference, set) : undefined;
  }
  if (product === 'f5-nginx') {
    const set = findAnnotation(ingress, product, 'app-protect-enable', settings);
    return set !== undefined && /^true$/i.test(set.value) ? annotationEvidence(reference, set) : undefined;
  }
  if (catalogueOf(product) === undefined) return undefined;
  for (const key of KEYS[product] ?? []) {
    const set = findAnnotation(ingress, product, key, settings);
    if (set !== undefined && set.value !== 'none') return annotationEvidence(reference, set);
  }
  return undefined;
}

function isGlobal({ ingress, controller }: IngressTrace): boolean {
  const { profile, serving } = controller;
  if (profile.product !== 'ingress-nginx' || serving === undefined) return false;
  const own = booleanAnnotation(ingress, 'ingress-nginx', 'enable-modsecurity', serving.settings);
  return own === undefined && isOn(serving.settings, 'enable-modsecurity');
}

/** ModSecurity names the host that it protects: `[hostname "shop.example.com"]`, or nginx appends `host: "..."`. */
function refusals({ routes }: IngressTrace, logs: readonly ContainerLog[]): readonly Evidence[] {
  const hosts = routes.map(({ host }) => host).filter((host) => host !== '');
  return logs.flatMap((log) =>
    log.text
      .split('\n')
      .filter((line) => /ModSecurity: Access denied with code \d{3}/.test(line))
      .filter((line) => hosts.some((host) => line.includes(`"${host}"`) || line.includes(`server: ${host},`)))
      .map((line) => logEvidence(podOf(log), log, safeLine(line))),
  );
}
