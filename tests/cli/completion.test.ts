import { complete } from '../../src/cli/completion/candidates.ts';
import { completionText } from '../../src/cli/completion/protocol.ts';
import { COMMANDS, FLAG_LIST } from '../../src/cli/flags.ts';
import { RULES } from '../../src/rules/index.ts';

function words(...line: readonly string[]): readonly string[] {
  return complete(line).fixed.map(({ word }) => word);
}

describe('completes without asking anybody', () => {
  test('commands and flags', () => {
    expect(words('')).toEqual(Object.keys(COMMANDS));
    expect(words('--')).toEqual(FLAG_LIST.filter(({ name }) => name !== 'v').map(({ name }) => `--${name}`));
    expect(words('version', '--')).not.toContain('--status');
  });

  test('values', () => {
    expect(words('web', '-o', '')).toEqual(['text', 'wide', 'json', 'yaml']);
    expect(words('rules', '-o', '')).toEqual(['text', 'json', 'yaml']);
    expect(words('--color', 'a')).toEqual(['auto', 'always', 'never']);
    expect(words('completion', '')).toEqual(['bash', 'zsh', 'fish', 'powershell', 'kubectl']);
  });

  test('codes and names of rules', () => {
    const candidates = words('explain', '');
    expect(candidates).toHaveLength(2 * RULES.length);
    expect(candidates).toEqual(expect.arrayContaining([...RULES.map(({ code }) => code)]));
  });

  test('files are left to the shell', () => {
    expect(complete(['--from', 'inc']).files).toBe(true);
    expect(complete(['--from', 'inc', '']).files).toBe(false);
  });
});

describe('knows which names to read', () => {
  test.each<[readonly string[], object]>([
    [[''], { live: 'ingresses', before: '' }],
    [['""'], { live: 'ingresses', before: '' }],
    [['-n', 'shop', 'w'], { live: 'ingresses', before: '', finished: ['-n', 'shop'] }],
    [['ing', ''], { live: 'ingresses', before: '' }],
    [['ing/'], { live: 'ingresses', before: 'ing/' }],
    [['shop/w'], { live: 'ingresses', before: 'shop/', namespace: 'shop' }],
    [['snapshot', ''], { live: 'ingresses', fixed: [] }],
    [['-n', ''], { live: 'namespaces', finished: [] }],
    [['--context', 'p'], { live: 'contexts' }],
    [['--context=p'], { live: 'contexts', before: '--context=' }],
    [['--context', 'prod', '--user', ''], { live: 'users', finished: ['--context', 'prod'] }],
  ])('%j', (line, expected) => {
    expect(complete(line)).toMatchObject(expected);
  });

  test.each<[readonly string[]]>([
    [['web', '']],
    [['rules', '']],
    [['explain', 'GD2104', '']],
    [['--token', '']],
  ])('none for %j', (line) => {
    expect(complete(line)).toMatchObject({ fixed: [], files: false });
    expect(complete(line)).not.toHaveProperty('live');
  });
});

describe("is printed in cobra's protocol", () => {
  test('candidates that begin like the word, with the directive', () => {
    expect(completionText(complete(['--context=p']), ['prod', 'test', 'play'], '--context=p')).toBe(
      '--context=prod\n--context=play\n:4\n',
    );
    expect(completionText(complete(['--from', '']), [], '')).toBe(':0\n');
    expect(completionText(complete(['vers']), [], 'vers')).toBe(`version\t${COMMANDS.version}\n:4\n`);
  });

  test('nothing that a shell could run', () => {
    const names = ['web', '$(reboot)', 'a;b', 'a b', 'a\nb', '`x`'];
    expect(completionText(complete(['snapshot', '']), names, '')).toBe('web\n:4\n');
  });
});
