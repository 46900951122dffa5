import type { DiagnosedController, Diagnosis } from '../model/diagnosis.ts';
import { showReference } from '../model/reference.ts';
import type { Page } from './detail.ts';
import { paragraph, type Span } from './layout.ts';
import { verdictPaint } from './palette.ts';
import { count, predicts, showRouteCounts, showRule } from './words.ts';

/** The Ingress with who serves it where, and the verdict in one line. */
export function layoutHeader(diagnosis: Diagnosis, page: Page): string[] {
  const { width, palette } = page;
  const items: Span[] = [
    { text: showReference(diagnosis.target), paint: palette.bold },
    ...showController(diagnosis.controller, page).map((text) => ({ text })),
  ];
  const spans = items.flatMap((item): Span[] => [{ text: '   ' }, { ...item, whole: true }]).slice(1);
  return [...paragraph(spans, { width, first: 0, rest: 2 }), ...layoutVerdict(diagnosis, page)];
}

function showController(controller: DiagnosedController, { detail }: Page): string[] {
  const { title, namespace, pods, readyPods, addresses } = controller;
  const place = detail.isFull && namespace !== undefined ? ` in ${namespace}` : '';
  const shown = addresses.slice(0, detail.names);
  const more = addresses.length - shown.length;
  return [
    controller.class === undefined ? 'no class' : `class ${controller.class}`,
    pods === undefined ? `${title}${place}` : `${title}${place} ${readyPods ?? '?'}/${pods} Pods ready`,
    addresses.length === 0
      ? 'no address'
      : `address ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  ];
}

/** What is left to do where the cluster's objects do not show what was seen. */
const NEXT_STEP = '; ask about the whole URL, and read the log of the controller while it happens';

function layoutVerdict(diagnosis: Diagnosis, { width, palette, seenStatus }: Page): string[] {
  const { verdict, routes } = diagnosis;
  const spans: Span[] = [
    { text: verdict, paint: verdictPaint(palette, verdict) },
    { text: `: ${explainVerdict(diagnosis)}` },
  ];
  const lines = paragraph(spans, { width, first: 0, rest: 2 });
  if (seenStatus === undefined) return lines;
  const giving = routes.filter((route) => predicts(route, seenStatus)).length;
  const words =
    giving === 0
      ? `predicted on none of the routes${verdict === 'healthy' ? NEXT_STEP : ''}`
      : `predicted on ${giving} of ${count(routes.length, 'route')}`;
  return [
    ...lines,
    ...paragraph([{ text: `you saw ${seenStatus}: ${words}` }], { width, first: 0, rest: 2 }),
  ];
}

function explainVerdict(diagnosis: Diagnosis): string {
  const { verdict, routes, rootCauses } = diagnosis;
  if (verdict === 'healthy') {
    const [first] = diagnosis.findings.filter(({ severity }) => severity !== 'info' && severity !== 'low');
    const where = count(routes.length, 'route');
    return first === undefined
      ? `nothing is wrong on ${where}`
      : `requests are served on ${where}; look at ${showRule(first)} all the same`;
  }
  if (verdict === 'unknown') return 'nothing is proven wrong, but not everything could be looked at';
  const proven = rootCauses.filter(({ finding }) => finding.confidence !== 'suspect');
  const counts = showRouteCounts(diagnosis);
  const effect = counts === '' ? 'no route works as it should' : counts;
  if (proven.length === 0) return `${effect}; no cause is proven`;
  const named = proven.slice(0, 2).map(({ finding }) => showRule(finding));
  const more = proven.length - named.length;
  return `${effect} because of ${named.join(more > 0 ? ', ' : ' and ')}${more > 0 ? ` and ${more} more` : ''}`;
}
