import { defineRule } from '../rule.ts';
import { captureFix, lossEffect, rewriteEvidence, rewriteOf } from '../shared/rewrite.ts';

export const rewriteFlattensPath = defineRule({
  code: 'GD0316',
  name: 'rewrite-flattens-path',
  title: 'the rewrite target takes the place of the whole path',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'likely',
  symptom: 'application-error',
  explains: [],
  visits: 'route',
  needs: [],

  *check({ trace, route, requestedUrl }) {
    const rewrite = rewriteOf(trace, route);
    if (rewrite === undefined || rewrite.highest > 0) return;
    if (route.pathType === 'Exact' || route.path === '/') return;
    const { target } = rewrite;
    const object = trace.reference;
    yield {
      object,
      message: `rewrite-target \`${target}\` replaces the whole path: the application is asked for \`${target}\` whatever follows \`${route.path}\``,
      evidence: rewriteEvidence(object, route, rewrite),
      // Another target than the root is one page that is meant.
      ...(target === '/' ? lossEffect(route, requestedUrl) : { symptom: null, severity: 'info' }),
      fix: captureFix(object, route, rewrite),
    };
  },
});
