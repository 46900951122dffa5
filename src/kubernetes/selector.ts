import { isRecord } from './record.ts';
import type { LabelSelector, StringMap } from './types.ts';

/**
 * Whether the labels hold every pair of a plain selector map. An empty map selects everything;
 * callers for whom it selects nothing (a Service's `spec.selector`) ask that first.
 */
export function matchesLabels(selector: StringMap, labels: StringMap = {}): boolean {
  return Object.entries(selector).every(([key, value]) => labelOf(labels, key) === value);
}

/**
 * Whether a metav1.LabelSelector selects the labels, as apimachinery's LabelSelectorAsSelector does:
 * an empty selector selects everything, an absent one nothing, and one that the API server would refuse
 * (unknown operator, `In` without values) nothing. A field whose absence means something else asks that first.
 */
export function matchesLabelSelector(selector: LabelSelector | undefined, labels: StringMap = {}): boolean {
  if (selector === undefined || !matchesLabels(selector.matchLabels ?? {}, labels)) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    if (key === undefined) return false;
    const value = labelOf(labels, key);
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return values.length > 0 && (value === undefined || !values.includes(value));
      case 'Exists':
        return values.length === 0 && value !== undefined;
      case 'DoesNotExist':
        return values.length === 0 && value === undefined;
      default:
        return false;
    }
  });
}

/**
 * A selector in kubectl's words (`-l`): `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, joined by commas.
 * `a!=b` and `a notin (b)` also select what has no label `a`. Answers `undefined` when it cannot be read.
 */
export function parseLabelSelector(text: string): ((labels?: StringMap) => boolean) | undefined {
  const tests: ((labels: StringMap) => boolean)[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const match = REQUIREMENT.exec(rest);
    if (!match?.groups) return undefined;
    const { not, key = '', sign, value = '', set, values = '' } = match.groups;
    if (not !== undefined) {
      if (sign !== undefined || set !== undefined) return undefined;
      tests.push((labels) => labelOf(labels, key) === undefined);
    } else if (sign === undefined && set === undefined) {
      tests.push((labels) => labelOf(labels, key) !== undefined);
    } else {
      const wanted = new Set(set === undefined ? [value] : values.split(',').map((item) => item.trim()));
      const isNegated = sign === '!=' || set === 'notin';
      if ([...wanted].some((item) => /\s/.test(item))) return undefined;
      tests.push((labels) => {
        const actual = labelOf(labels, key);
        return (actual !== undefined && wanted.has(actual)) !== isNegated;
      });
    }
    rest = rest.slice(match[0].length).trim();
    if (rest === ',') return undefined;
    if (rest.startsWith(',')) rest = rest.slice(1).trim();
    else if (rest !== '') return undefined;
  }
  return (labels = {}) => tests.every((test) => test(labels));
}

const REQUIREMENT =
  /^(?<not>!)?\s*(?<key>[A-Za-z0-9][\w./-]*)(?:\s*(?<sign>==|!=|=)\s*(?<value>[\w.-]*)|\s+(?<set>in|notin)\s*\((?<values>[\w.,\s-]*)\))?/;

/**
 * A selector in kubectl's words for `--field-selector`: `a=b`, `a==b`, `a!=b`, joined by commas, where the field is
 * a path such as `involvedObject.name`. An absent field counts as empty, as in the API server.
 * Answers `undefined` when it cannot be read.
 */
export function parseFieldSelector(text: string): ((object: unknown) => boolean) | undefined {
  const tests: ((object: unknown) => boolean)[] = [];
  // A comma, an equals sign and a backslash in a value are written with a backslash before them.
  for (const term of text.match(/(?:\\.|[^,\\])+/gs) ?? []) {
    const match = /^\s*([A-Za-z][\w.-]*?)\s*(==|!=|=)((?:\\.|[^=\\])*)$/s.exec(term);
    if (!match) return undefined;
    const [, path = '', sign, escaped = ''] = match;
    const value = escaped.replaceAll(/\\(.)/gs, '$1');
    tests.push((object) => (fieldText(object, path) === value) === (sign !== '!='));
  }
  return (object) => tests.every((test) => test(object));
}

function fieldText(object: unknown, path: string): string {
  let value = object;
  for (const field of path.split('.')) {
    value = isRecord(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  }
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** An own value only: a selector may well name `constructor`. */
function labelOf(labels: StringMap, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
