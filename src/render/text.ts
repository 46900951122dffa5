import type { Diagnosis } from '../model/diagnosis.ts';
import { BRIEF } from './detail.ts';
import type { RenderOptions } from './options.ts';
import { renderReports } from './report.ts';

/** The report for a person in an incident (`-o text`, the default). */
export function renderText(diagnoses: readonly Diagnosis[], options: RenderOptions): string {
  return renderReports(diagnoses, options, BRIEF);
}
