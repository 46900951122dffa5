import { annotation } from '../../controllers/annotations/read.ts';
import { kubectl } from '../../kubernetes/command.ts';
import type { Evidence } from '../../model/finding.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { backendAnswers } from '../shared/backend-answers.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { eventLine } from '../shared/log-events.ts';

/** Fewer answers may be anybody's typing errors. */
const ENOUGH = 3;

export const rewriteNotApplied = defineRule({
  code: 'GD0317',
  name: 'rewrite-not-applied',
  title: 'the application does not know the path prefix that reaches it',
  hop: 'ingress-rule',
  severity: 'medium',
  confidence: 'likely',
  symptom: 'application-error',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['controllerLogs', 'slices', 'pods'],

  *check({ now, trace, ingress, backend, service, controllerLogs: logs = [], slices = [], pods = [] }) {
    if (isRewritten(trace)) return;
    const all = backendAnswers({ now, trace, backend, slices, logs, since: [ingress, service] });
    for (const route of trace.routes) {
      if (route.backendKey !== backend.key || route.path.length < 2 || route.field === '') continue;
      const answers = all.filter(({ path }) => isBeneath(path, route.path));
      const [first] = answers;
      if (first === undefined || answers.length < ENOUGH) continue;
      if (answers.some(({ status }) => status !== 404)) continue;
      const probe = pods
        .flatMap(({ pod }) => pod.spec?.containers ?? [])
        .flatMap(({ readinessProbe }) => readinessProbe?.httpGet?.path ?? [])
        .find((path) => !isBeneath(path, route.path));
      const object = trace.reference;
      const pod = pods[0]?.reference;
      const lines: readonly [Evidence, ...Evidence[]] = [
        fieldEvidence(object, `${route.field}.path`, `${route.path} (${route.pathType})`),
        eventLine(first.event),
      ];
      yield {
        object,
        message: `the application answers 404 to every request beneath \`${route.path}\`, which reaches it with that prefix: nothing strips it`,
        evidence:
          probe === undefined || pod === undefined
            ? lines
            : [...lines, fieldEvidence(pod, 'readinessProbe.httpGet.path', probe)],
        status: 404,
        // Of several routes to one Service, the others may be fine.
        partial: backend.routes.length > 1,
        fix: {
          summary: 'rewrite the path in the Ingress, or set the base path of the application to the prefix',
          commands: [
            { run: kubectl(object.namespace, 'get', 'ingress', object.name, '-o', 'yaml'), effect: 'looks' },
          ],
        },
      };
    }
  },
});

/** Whether anything may change the path on its way: then its answers tell nothing about the prefix. */
function isRewritten({ ingress, controller }: IngressTrace): boolean {
  const { product } = controller.profile;
  const keys = ['rewrite-target', 'app-root', 'router.middlewares', 'rewrites', 'server-snippet'];
  const more = ['configuration-snippet', 'location-snippets', 'server-snippets', 'backend-path-prefix'];
  return [...keys, ...more].some((key) => annotation(ingress, product, key) !== undefined);
}

function isBeneath(request: string, path: string): boolean {
  const plain = path.replace(/\/$/, '');
  return request === plain || request.startsWith(`${plain}/`);
}
