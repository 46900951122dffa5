import { listAnnotation } from '../../controllers/annotations/read.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { endpointsOf } from '../../kubernetes/endpoints.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence, nginxAnnotations } from '../shared/annotations.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const customHttpErrorsMasks = defineRule({
  code: 'GD0530',
  name: 'custom-http-errors-masks',
  title: "error answers of the application are replaced by the default backend's",
  hop: 'annotation',
  severity: 'info',
  confidence: 'likely',
  explains: [],
  visits: 'ingress',
  needs: [],
  uses: ['namedServices', 'controllerConfig'],

  *check({ trace, ingress, namedServices, controllerConfig }) {
    const nginx = nginxAnnotations(trace);
    if (nginx === undefined || nginx.isOn('disable-proxy-intercept-errors')) return;
    const set = nginx.find('custom-http-errors');
    const global = nginx.settings.get('custom-http-errors')?.trim() ?? '';
    const isGlobal = set === undefined && global !== '' && controllerConfig !== undefined;
    if (set === undefined && !isGlobal) return;
    const codes =
      set === undefined
        ? global.split(',').map((code) => code.trim())
        : listAnnotation(ingress, 'ingress-nginx', 'custom-http-errors', nginx.settings);
    const object = trace.reference;
    const source: Evidence =
      set === undefined && controllerConfig !== undefined
        ? fieldEvidence(referenceTo(controllerConfig), 'data[custom-http-errors]', global)
        : annotationEvidence(
            object,
            set ?? { name: 'custom-http-errors', key: 'custom-http-errors', value: global },
          );
    const pages = namedServices?.find(({ key }) => key === 'default-backend');
    const backend = nginx.find('default-backend');
    const broken =
      pages?.reference === undefined
        ? undefined
        : pages.object === undefined
          ? 'does not exist'
          : endpointsOf(pages.slices).some(({ ready }) => ready)
            ? undefined
            : 'has no ready endpoint';
    const list = codes.join(', ');
    yield {
      object,
      ...(broken !== undefined && { severity: 'low', confidence: 'certain' }),
      message:
        broken !== undefined && pages?.reference !== undefined
          ? `answers with status ${list} are to be replaced by ${showReference(pages.reference)}, which ${broken}`
          : `answers of the application with status ${list} are replaced by ${
              backend === undefined ? "the controller's default backend" : `Service \`${backend.value}\``
            }, which may change the status, too`,
      evidence: [source, ...(backend === undefined ? [] : [annotationEvidence(object, backend)])],
      fix: {
        summary: 'take the status off the list to see what the application answers',
        commands:
          set === undefined
            ? [{ run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' }]
            : [annotate(object, set.name)],
      },
    };
  },
});
