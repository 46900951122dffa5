import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence, nginxAnnotations } from '../shared/annotations.ts';
import { clusterIpUse } from '../shared/cluster-ip-use.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const stickySessionMisconfig = defineRule({
  code: 'GD0532',
  name: 'sticky-session-misconfig',
  title: 'requests of one client are not kept on one Pod',
  hop: 'annotation',
  severity: 'low',
  confidence: 'certain',
  explains: [],
  visits: 'service',
  needs: [],

  *check({ trace, service }) {
    const nginx = nginxAnnotations(trace);
    const use = clusterIpUse(trace, service);
    const object = trace.reference;
    const affinity = nginx?.find('affinity');
    if (nginx !== undefined && affinity?.value === 'cookie') {
      if (use !== undefined) {
        yield {
          object,
          message: `\`${affinity.name}\` has no effect: requests go to the ClusterIP of the Service, which chooses a Pod by itself`,
          evidence: [annotationEvidence(object, affinity), use.evidence],
          fix: {
            summary:
              'let the controller send requests to the Pods, or set `sessionAffinity: ClientIP` on the Service',
            commands: [annotate(object, affinity.name.replace(/affinity$/, 'service-upstream'))],
          },
        };
      }
      const regex = nginx.find('use-regex');
      if (regex !== undefined && nginx.isOn('use-regex') && nginx.find('session-cookie-path') === undefined) {
        yield {
          object,
          confidence: 'likely',
          message:
            'the session cookie is bound to the regular expression of the path, which no browser sends it for',
          evidence: [annotationEvidence(object, affinity), annotationEvidence(object, regex)],
          fix: {
            summary: 'say for which path browsers are to send the cookie',
            commands: [annotate(object, affinity.name.replace(/affinity$/, 'session-cookie-path'), '/')],
          },
        };
      }
      return;
    }
    const { sessionAffinity } = service.spec ?? {};
    if (sessionAffinity !== 'ClientIP' || use !== undefined || nginx === undefined) return;
    yield {
      object: referenceTo(service),
      severity: 'info',
      message: `\`sessionAffinity: ClientIP\` has no effect on requests through the Ingress: ${trace.controller.profile.title} chooses among the Pods itself`,
      evidence: [fieldEvidence(referenceTo(service), 'spec.sessionAffinity', sessionAffinity)],
      fix: {
        summary: 'keep sessions with a cookie of the controller if they have to be kept',
        commands: [annotate(object, 'nginx.ingress.kubernetes.io/affinity', 'cookie')],
      },
    };
  },
});
