import type { Diagnosis } from '../model/diagnosis.ts';
import { type ObjectReference, showReference } from '../model/reference.ts';
import type { Page } from './detail.ts';
import { paragraph } from './layout.ts';

/** Where no trouble is shown: what the statement rests on. */
export function layoutLookedAt(diagnosis: Diagnosis, { width, palette, detail }: Page): string[] {
  const isQuiet = diagnosis.verdict === 'healthy' || diagnosis.verdict === 'unknown';
  const objects = showLookedAt(diagnosis, detail.names);
  if (!isQuiet || objects.length === 0) return [];
  const spans = [{ text: 'Looked at:', paint: palette.bold }, { text: ` ${objects.join('; ')}` }];
  return paragraph(spans, { width, first: 0, rest: 2 });
}

function showLookedAt({ routes }: Diagnosis, names: number): string[] {
  const byKind = new Map<string, Map<string, ObjectReference>>();
  for (const { object, health } of routes.flatMap(({ hops }) => hops)) {
    if (health === 'unknown') continue;
    const known = byKind.get(object.kind) ?? new Map<string, ObjectReference>();
    byKind.set(object.kind, known.set(showReference(object), object));
  }
  return [...byKind].map(([kind, known]) => {
    const objects = [...known.values()].map(({ namespace, name }) =>
      namespace === undefined ? name : `${namespace}/${name}`,
    );
    return objects.length > names ? `${kind} (${objects.length} of them)` : `${kind} ${objects.join(', ')}`;
  });
}
