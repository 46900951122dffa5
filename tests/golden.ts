import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Compares a text with the file of that path below `tests/`. `UPDATE_GOLDEN=1` writes the file instead:
 * look at the change before it is kept.
 */
export function expectGolden(path: string, text: string): void {
  const file = join(import.meta.dirname, path);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (!existsSync(file)) throw new Error(`tests/${path} is missing; UPDATE_GOLDEN=1 writes it`);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
