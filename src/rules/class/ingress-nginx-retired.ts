import { imageName } from '../../controllers/recognition.ts';
import { timeOf } from '../../kubernetes/duration.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

/** From then on the project makes no more releases (https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/). */
const RETIRED = timeOf('2026-04-01T00:00:00Z');

/** The project's own image under the tag of one of its releases; who builds it anew may well mend it too. */
const RELEASE = /:v\d+\.\d+\.\d+(?:@|$)/;

export const ingressNginxRetired = defineRule({
  code: 'GD0115',
  name: 'ingress-nginx-retired',
  title: 'the controller is ingress-nginx, which is no longer maintained',
  hop: 'class',
  severity: 'info',
  confidence: 'certain',
  explains: [],
  visits: 'controller',
  needs: [],

  *check({ now, instance }) {
    if (instance.profile.product !== 'ingress-nginx' || RETIRED === undefined || now < RETIRED) return;
    for (const workload of instance.proxies) {
      const container = (workload.spec?.template?.spec?.containers ?? []).find(
        (candidate) =>
          ['ingress-nginx/controller', 'ingress-nginx/controller-chroot'].includes(imageName(candidate, 2)) &&
          RELEASE.test(candidate.image ?? ''),
      );
      if (container === undefined) continue;
      const object = referenceTo(workload);
      yield {
        object,
        message: 'is ingress-nginx, which was retired in March 2026: no release mends what is found in it',
        evidence: [
          fieldEvidence(
            object,
            `spec.template.spec.containers[${container.name ?? ''}].image`,
            container.image,
          ),
        ],
        fix: {
          summary: 'plan to move to the Gateway API, or to another ingress controller',
          commands: [{ run: 'kubectl get ingressclasses', effect: 'looks' }],
        },
      };
    }
  },
});
