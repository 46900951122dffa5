import type { Product } from '../../controllers/profile.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const externalnameNotAllowed = defineRule({
  code: 'GD2111',
  name: 'externalname-not-allowed',
  title: 'the controller refuses ExternalName Services',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'externalname-refused',
  explains: ['externalname-port'],
  visits: 'service',
  needs: [],

  *check({ trace, service }) {
    if (service.spec?.type !== 'ExternalName') return;
    const { profile, serving } = trace.controller;
    if (profile.allowsExternalName(serving?.settings ?? new Map())) return;

    const object = referenceTo(service);
    const setting = SETTINGS[profile.product];
    const how = setting === undefined ? 'allow ExternalName Services in the controller' : setting;
    yield {
      object,
      message: `is an ExternalName Service, which ${profile.title} does not forward to as it is set up`,
      evidence: [
        fieldEvidence(object, 'spec.type', 'ExternalName'),
        fieldEvidence(object, 'spec.externalName', service.spec.externalName),
      ],
      fix: {
        summary: `${how}, or use a Service without selector and an EndpointSlice with the addresses`,
        commands: lookAtController(trace),
      },
      // Without its settings the product's default is all that is known.
      confidence: serving === undefined ? 'likely' : 'certain',
    };
  },
});

const SETTINGS: Readonly<Partial<Record<Product, string>>> = {
  'ingress-nginx': 'remove the flag `--disable-svc-external-name` from the controller',
  traefik: 'set `--providers.kubernetesingress.allowexternalnameservices=true` on Traefik',
  contour: "set `enableExternalNameService: true` in Contour's configuration",
};

function lookAtController({ controller }: IngressTrace) {
  return (controller.serving?.controlPlanes ?? []).map((workload) => {
    const { kind, namespace, name } = referenceTo(workload);
    return {
      run: kubectl(namespace, 'get', kind.toLowerCase(), name, '-o', 'yaml'),
      effect: 'looks',
    } as const;
  });
}
