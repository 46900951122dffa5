import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { RESOURCES } from '../../src/cluster/kinds.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { overlay } from '../rules/check.ts';

/** The broken examples of all pages: a cluster for each way to fail. */
const EXAMPLES = pagesBelow(join(import.meta.dirname, '../../src/rules')).map(
  (page) => page.match(/^## Broken\n[\s\S]*?```yaml\n([\s\S]*?)```/m)?.[1] ?? '',
);

function pagesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return pagesBelow(path);
    return name.endsWith('.md') ? [readFileSync(path, 'utf8')] : [];
  });
}

const anyExample = fc.constantFrom('', ...EXAMPLES);
const KINDS = [...Object.keys(RESOURCES).filter((kind) => kind !== 'Ingress'), 'PodLog'];

function brokenRules({ notChecked }: Diagnosis): readonly unknown[] {
  return notChecked.filter((entry) => !('read' in entry));
}

describe('arbitrary partial objects', () => {
  test('never make a rule throw, whatever fields are absent', async () => {
    await fc.assert(
      fc.asyncProperty(anyExample, fc.infiniteStream(fc.nat(99)), async (yaml, dice) => {
        const diagnosis = await overlay(yaml, {
          change: (object) => withoutSome(object, () => (dice.next().value ?? 0) < 4),
        });
        expect(brokenRules(diagnosis)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('never make a rule throw, whatever values strings and numbers have', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '\u001b[2J', '9'.repeat(400), '__proto__'),
    );
    await fc.assert(
      fc.asyncProperty(anyExample, fc.infiniteStream(fc.nat(99)), hostile, async (yaml, dice, text) => {
        const diagnosis = await overlay(yaml, {
          change: (object) => withOther(object, () => (dice.next().value ?? 0) < 3, text),
        });
        expect(brokenRules(diagnosis)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('kinds that may not be read', () => {
  test('never make a verdict more favourable or more certain', async () => {
    await fc.assert(
      fc.asyncProperty(anyExample, fc.subarray(KINDS, { minLength: 1 }), async (yaml, forbidden) => {
        const full = await overlay(yaml);
        const limited = await overlay(yaml, { forbidden });
        if (full.verdict === 'healthy') expect(['healthy', 'unknown']).toContain(limited.verdict);
        else expect(limited.verdict).not.toBe('healthy');
        if (full.verdict === 'degraded') expect(limited.verdict).not.toBe('failing');
        for (const [index, { prediction }] of limited.routes.entries()) {
          const before = full.routes[index]?.prediction;
          const isSame = prediction.status === before?.status || prediction.status === null;
          if (!isSame) expect(prediction.confidence).not.toBe('certain');
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Leaves out fields and items as the dice say; identity stays. */
function withoutSome(value: unknown, isLeftOut: () => boolean, depth = 0): unknown {
  if (Array.isArray(value)) {
    return value.filter(() => !isLeftOut()).map((item) => withoutSome(item, isLeftOut, depth + 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => isIdentity(key) || !isLeftOut());
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutSome(item, isLeftOut, depth + 1)]));
}

/** Replaces strings and numbers as the dice say; identity stays. */
function withOther(value: unknown, isReplaced: () => boolean, text: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withOther(item, isReplaced, text));
  if (typeof value === 'string') return isReplaced() ? text : value;
  if (typeof value === 'number') return isReplaced() ? text.length * 1e9 - 1 : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isIdentity(key) ? item : withOther(item, isReplaced, text),
    ]),
  );
}

/** What the target and the laying over are found by. */
function isIdentity(key: string): boolean {
  return ['apiVersion', 'kind', 'metadata', 'name', 'namespace'].includes(key);
}
