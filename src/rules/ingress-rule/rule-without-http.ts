import { kubectl } from '../../kubernetes/command.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { ingressesWithHost, isSameClass, pathsOf } from '../shared/same-class.ts';

export const ruleWithoutHttp = defineRule({
  code: 'GD0305',
  name: 'rule-without-http',
  title: 'a rule has a host but no paths',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'no-route',
  explains: [],
  visits: 'route',
  needs: ['allIngresses'],

  *check({ trace, ingress, route, allIngresses }) {
    if (route.backend !== undefined || route.field === '') return;
    const object = trace.reference;
    const hasDefault = ingress.spec?.defaultBackend !== undefined;
    const elsewhere = pathsOf(
      ingressesWithHost(allIngresses, route.host).filter((other) => isSameClass(other, ingress)),
    ).find(({ host }) => host === route.host);
    const isServed = hasDefault || elsewhere !== undefined;
    const { name, namespace } = object;
    yield {
      object,
      message: `the rule for host \`${route.host}\` has no paths${
        hasDefault
          ? ': its requests go to the default backend'
          : isServed
            ? '; other rules serve the host'
            : ', so no request to it is taken'
      }`,
      evidence: [
        fieldEvidence(object, `${route.field}.http`, undefined),
        fieldEvidence(object, `${route.field}.host`, route.host),
      ],
      ...(isServed && ({ severity: 'info', symptom: null } as const)),
      fix: {
        summary: 'give the rule paths with a backend, or take it out where the host is only meant for TLS',
        commands: [
          { run: kubectl(namespace, 'get', 'ingress', name, '-o', 'yaml'), effect: 'looks' },
          { run: kubectl(namespace, 'edit', 'ingress', name), effect: 'changes' },
        ],
      },
    };
  },
});
