import { dump } from 'js-yaml';

/** A plain value as JSON or YAML, ending in a line break. */
export function printValue(value: object, format: 'json' | 'yaml'): string {
  return format === 'json' ? `${JSON.stringify(value, undefined, 2)}\n` : dump(value, { lineWidth: -1 });
}
