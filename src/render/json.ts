import type { Diagnosis } from '../model/diagnosis.ts';
import { toDiagnosisList } from './contract.ts';
import { escapeInJson } from './sanitize.ts';

/** A `DiagnosisList` as JSON (`-o json`); what a terminal would obey is escaped as JSON allows. */
export function renderJson(diagnoses: readonly Diagnosis[]): string {
  return `${escapeInJson(JSON.stringify(toDiagnosisList(diagnoses), null, 2))}\n`;
}
