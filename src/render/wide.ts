import type { Diagnosis } from '../model/diagnosis.ts';
import { FULL } from './detail.ts';
import type { RenderOptions } from './options.ts';
import { renderReports } from './report.ts';

/** The text report with every hop of every route, all evidence and all findings (`-o wide`). */
export function renderWide(diagnoses: readonly Diagnosis[], options: RenderOptions): string {
  return renderReports(diagnoses, options, FULL);
}
