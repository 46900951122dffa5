import { existsSync, readFileSync } from 'node:fs';
import { RULES } from '../../src/rules/index.ts';
import { findingOf, overlay, rootsOf } from './check.ts';

/** A rule's page, by the layout that CONTRIBUTING.md describes. */
function readPage(rule: { readonly name: string; readonly hop: string }): string {
  const page = new URL(`../../src/rules/${rule.hop}/${rule.name}.md`, import.meta.url);
  return existsSync(page) ? readFileSync(page, 'utf8') : '';
}

function example(page: string, heading: string): string {
  return page.match(new RegExp(`^## ${heading}\\n[\\s\\S]*?\`\`\`yaml\\n([\\s\\S]*?)\`\`\``, 'm'))?.[1] ?? '';
}

/** `# url: ...` in an example asks about that URL. */
function urlOf(yaml: string): { readonly url?: string } {
  const url = /^# url: (\S+)$/m.exec(yaml)?.[1];
  return url === undefined ? {} : { url };
}

describe.each(RULES.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  const page = readPage(rule);
  const broken = example(page, 'Broken');
  const fixed = example(page, 'Fixed');

  test('has a page with its code, its name and both examples', () => {
    expect(page).toContain(`# ${rule.code} ${name}\n`);
    expect(broken).not.toBe('');
    expect(fixed).not.toBe('');
  });

  test('reports its broken example', async () => {
    const diagnosis = await overlay(broken, urlOf(broken));
    const { severity, code } = findingOf(diagnosis, name);
    expect(code).toBe(rule.code);
    const isBeneath = /^# beneath: /m.test(broken);
    const isRemark = severity === 'info' || severity === 'low';
    if (!isBeneath && !isRemark) expect(rootsOf(diagnosis)).toEqual([name]);
  });

  test('is silent on its fixed example, which is healthy', async () => {
    const diagnosis = await overlay(fixed, urlOf(fixed));
    expect(diagnosis.findings.map((finding) => finding.rule)).not.toContain(name);
    expect(diagnosis.rootCauses).toEqual([]);
    expect(diagnosis.verdict).toBe('healthy');
  });
});
