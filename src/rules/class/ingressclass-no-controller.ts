import type { Confidence, Severity } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  classEvidence,
  classSource,
  controllersEvidence,
  isServed,
  LIST_CLASSES,
  namesProduct,
  servedClasses,
  useClass,
} from '../shared/class-claims.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const ingressclassNoController = defineRule({
  code: 'GD0103',
  name: 'ingressclass-no-controller',
  title: 'no controller of the IngressClass runs in the cluster',
  hop: 'class',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'not-served',
  explains: ['ingress-status-empty', 'admission-webhook-unreachable'],
  visits: 'ingress',
  needs: ['ingressClasses', 'instances'],

  *check({ trace, ingressClasses, instances }) {
    const { binding, controller } = trace;
    const { ingressClass } = binding;
    if (ingressClass === undefined || classSource(trace) !== 'field' || isServed(trace)) return;
    const wanted = ingressClass.spec?.controller ?? '';
    const named = namesProduct(controller.profile, wanted);
    if (named === 'named' && controller.profile.isInvisible) return;
    if (named !== 'no' && instances.length > 0) return;

    const object = referenceTo(ingressClass);
    const known = [...instances, ...controller.others];
    const others = servedClasses(ingressClasses, known).filter((name) => name !== object.name);
    const who = named === 'named' ? controller.profile.title : 'a controller of that name';
    yield {
      object,
      message: `it is for \`${wanted}\`, and ${who} was not found in the cluster`,
      evidence: [
        fieldEvidence(object, 'spec.controller', wanted),
        controllersEvidence(trace.reference, known),
        ...classEvidence(trace),
      ],
      fix: {
        summary:
          others.length === 0
            ? 'install the controller, or name the class of one that runs'
            : `install the controller, or name a class that is served: \`${others.join('`, `')}\``,
        commands: [
          LIST_CLASSES,
          { run: 'kubectl get deployments,daemonsets -A', effect: 'looks' },
          ...others.slice(0, 1).map((name) => useClass(trace.reference, name)),
        ],
      },
      ...weigh(trace, known, named === 'named'),
    };
  },
});

/**
 * A controller that is not known, or that has only its control plane in the cluster, may well be there unseen;
 * so may any in a file that holds just the Ingress's own namespace. Of one that is not known, an Ingress without
 * an address is a sign that it is not there, where another product is what runs in the cluster.
 */
function weigh(
  { controller: { profile, seesBeyondNamespace }, ingress }: IngressTrace,
  known: readonly ControllerInstance[],
  isNamed: boolean,
): { readonly confidence: Confidence; readonly severity: Severity } {
  if (!isNamed) {
    const isWithoutAddress = ingress.status !== undefined && !ingress.status.loadBalancer?.ingress?.length;
    return isWithoutAddress && known.length > 0 && seesBeyondNamespace
      ? { confidence: 'likely', severity: 'high' }
      : { confidence: 'suspect', severity: 'info' };
  }
  return profile.isManaged || !seesBeyondNamespace
    ? { confidence: 'suspect', severity: 'low' }
    : { confidence: 'likely', severity: 'critical' };
}
