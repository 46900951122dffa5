import type { Diagnosis } from '../model/diagnosis.ts';
import { renderJson } from '../render/json.ts';
import type { RenderOptions } from '../render/options.ts';
import { renderTable } from '../render/table.ts';
import { renderText } from '../render/text.ts';
import { renderWide } from '../render/wide.ts';
import { renderYaml } from '../render/yaml.ts';
import type { ReportFormat } from './invocation.ts';

/** Prints a report. Where no Ingress was named, text is a table, unless there is only one Ingress to tell about. */
export function reportText(
  diagnoses: readonly Diagnosis[],
  format: ReportFormat,
  isNamed: boolean,
  options: RenderOptions,
): string {
  switch (format) {
    case 'json':
      return renderJson(diagnoses);
    case 'yaml':
      return renderYaml(diagnoses);
    case 'wide':
      return renderWide(diagnoses, options);
    case 'text':
      return isNamed || diagnoses.length === 1
        ? renderText(diagnoses, options)
        : renderTable(diagnoses, options);
  }
}
