import { defineRule } from '../rule.ts';
import { captureFix, lossEffect, rewriteEvidence, rewriteOf } from '../shared/rewrite.ts';

export const rewriteMissingCaptureGroup = defineRule({
  code: 'GD0315',
  name: 'rewrite-missing-capture-group',
  title: 'the rewrite target names a group that the path does not capture',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'application-error',
  explains: [],
  visits: 'route',
  needs: [],

  *check({ trace, route, requestedUrl }) {
    const rewrite = rewriteOf(trace, route);
    if (rewrite === undefined || rewrite.highest <= rewrite.groups) return;
    const { target, highest, groups } = rewrite;
    const object = trace.reference;
    yield {
      object,
      message: `rewrite-target \`${target}\` uses group ${highest}, and path \`${route.path}\` captures ${groups === 0 ? 'none' : `only ${groups}`}: the application is asked for \`${withoutGroups(target, groups)}\` whatever follows the path`,
      evidence: rewriteEvidence(object, route, rewrite),
      ...lossEffect(route, requestedUrl),
      fix: captureFix(object, route, rewrite),
    };
  },
});

/** nginx puts nothing in the place of a group that there is not. */
function withoutGroups(target: string, groups: number): string {
  return target.replace(/\$([1-9])/g, (name, number) => (Number(number) > groups ? '' : name));
}
