import type { Diagnosis } from '../model/diagnosis.ts';
import { layoutOthers, layoutRootCauses, layoutSuspects } from './causes.ts';
import type { Detail, Page } from './detail.ts';
import { layoutHeader } from './header.ts';
import { layoutLookedAt } from './looked-at.ts';
import { type RenderOptions, usableWidth } from './options.ts';
import { createPalette } from './palette.ts';
import { layoutRoutes } from './routes.ts';
import { sanitize } from './sanitize.ts';
import { layoutNotChecked } from './unchecked.ts';

/** The text reports of all diagnoses, one after the other, in as much detail as wanted. */
export function renderReports(
  diagnoses: readonly Diagnosis[],
  options: RenderOptions,
  detail: Detail,
): string {
  if (diagnoses.length === 0) return 'no Ingresses\n';
  const page = createPage(options, detail);
  const reports = sanitize(diagnoses, detail.valueLength).map((diagnosis) => layoutReport(diagnosis, page));
  return reports.map((lines) => `${lines.join('\n')}\n`).join('\n\n');
}

/** Puts a renderer's options into the form that the parts of a page work with. */
export function createPage(options: RenderOptions, detail: Detail): Page {
  const { color, now, seenStatus } = options;
  return { width: usableWidth(options), palette: createPalette(color), detail, now, seenStatus };
}

// What is read last stands nearest to the prompt: the cause and its fix come after the path that shows them.
function layoutReport(diagnosis: Diagnosis, page: Page): string[] {
  const blocks = [
    layoutHeader(diagnosis, page),
    layoutRoutes(diagnosis, page),
    ...layoutRootCauses(diagnosis, page),
    ...layoutSuspects(diagnosis, page),
    ...layoutOthers(diagnosis, page),
    layoutLookedAt(diagnosis, page),
    layoutNotChecked(diagnosis.notChecked, page),
  ].filter((block) => block.length > 0);
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}
