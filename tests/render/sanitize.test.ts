import fc from 'fast-check';
import { bound, escapeInJson, escapeInYaml, makeVisible, sanitize } from '../../src/render/sanitize.ts';

describe('makeVisible', () => {
  test.each([
    ['an escape sequence', '\u001b[2J', '\\x1b[2J'],
    ['a C1 control', '\u009b31m', '\\x9b31m'],
    ['DEL', 'a\u007f', 'a\\x7f'],
    ['line breaks and tabs', 'a\r\n\tb', 'a\\r\\n\\tb'],
    ['a bidirectional override', '\u202egnp.exe\u202c', '\\u202egnp.exe\\u202c'],
    ['an isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['zero width characters', 'a\u200b\u200d\ufeffb', 'a\\u200b\\u200d\\ufeffb'],
    ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['a tag character', 'a\u{e0041}', 'a\\u{e0041}'],
    ['an invisible filler', 'a\u3164b', 'a\\u3164b'],
  ])('%s', (_, text, shown) => {
    expect(makeVisible(text)).toBe(shown);
  });

  test.each(['Ünïcödé 日本語 עברית', 'emoji 🚀 ⚠️', 'e\u0301', '→ … ✓'])('leaves %s as it is', (text) => {
    expect(makeVisible(text)).toBe(text);
  });
});

describe('bound', () => {
  test('says how much is missing', () => {
    expect(bound('abcdef', 4)).toBe('abcd… (2 more characters)');
    expect(bound('abcd', 4)).toBe('abcd');
  });

  test('cuts before a character that would be halved', () => {
    expect(bound('abc🚀def', 4)).toBe('abc… (5 more characters)');
  });
});

describe('sanitize', () => {
  test('keeps the line breaks of an evidence value, and only there', () => {
    const object = { kind: 'Pod', name: 'a\nb' };
    expect(sanitize({ object, source: 'log', value: 'one\r\n\ttwo\u001b[0m  \n\n' }, 100)).toEqual({
      object: { kind: 'Pod', name: 'a\\nb' },
      source: 'log',
      value: 'one\n two\\x1b[0m',
    });
  });

  test('never cuts a command', () => {
    const run = `kubectl ${'x'.repeat(100)}`;
    expect(sanitize([{ run, effect: 'looks' }], 10)).toEqual([{ run, effect: 'looks' }]);
  });

  test('keeps what is not text', () => {
    const value = { status: null, tls: true, pods: 3, list: [undefined, 1.5] };
    expect(sanitize(value, 10)).toEqual(value);
  });
});

test('escaping within JSON and YAML keeps the value', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  fc.assert(
    fc.property(text, (value) => {
      expect(JSON.parse(escapeInJson(JSON.stringify(value)))).toBe(value);
    }),
  );
  expect(escapeInYaml('"\u202e\u{e0041}"\n')).toBe('"\\u202e\\U000e0041"\n');
});
