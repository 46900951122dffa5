import { type Document, dump, SCALAR_STYLE, visit } from 'js-yaml';
import type { Diagnosis } from '../model/diagnosis.ts';
import { toDiagnosisList } from './contract.ts';
import { escapeInYaml, hasInvisible } from './sanitize.ts';

/** The same `DiagnosisList` as `-o json` gives, as YAML (`-o yaml`). */
export function renderYaml(diagnoses: readonly Diagnosis[]): string {
  const yaml = dump(toDiagnosisList(diagnoses), { noRefs: true, lineWidth: -1, transform: quoteInvisible });
  return escapeInYaml(yaml);
}

// YAML knows escapes in double quotes only, and js-yaml leaves some characters as they are that a terminal obeys.
function quoteInvisible(documents: Document[]): void {
  visit(documents, (node) => {
    if (node.kind === 'scalar' && hasInvisible(node.value)) {
      node.style = SCALAR_STYLE.DOUBLE_QUOTED;
    }
  });
}
