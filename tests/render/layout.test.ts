import fc from 'fast-check';
import { cutColumns, displayWidth, padColumns } from '../../src/render/columns.ts';
import { layoutRows, paragraph } from '../../src/render/layout.ts';

describe('displayWidth', () => {
  test.each([
    ['plain', 5],
    ['日本', 4],
    ['e\u0301', 1],
    ['✓ ok', 4],
    ['🚀', 2],
    ['한글', 4],
    ['→…×', 3],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test('padding and cutting count columns', () => {
    expect(padColumns('日本', 6)).toBe('日本  ');
    expect(cutColumns('日本語', 4)).toBe('日…');
    expect(cutColumns('日本', 4)).toBe('日本');
  });
});

describe('paragraph', () => {
  test('wraps at spaces with a hanging indent', () => {
    const lines = paragraph([{ text: 'one two three four' }], { width: 12, first: 0, rest: 2 });
    expect(lines).toEqual(['one two', '  three four']);
  });

  test('never breaks a word, nor a span that is whole', () => {
    const spans = [
      { text: 'see ' },
      { text: 'kubectl get pods', whole: true },
      { text: ' averyveryverylongword' },
    ];
    expect(paragraph(spans, { width: 10, first: 0, rest: 0 })).toEqual([
      'see',
      'kubectl get pods',
      'averyveryverylongword',
    ]);
  });

  test('keeps words together that are painted in parts', () => {
    const paint = (text: string) => `<${text}>`;
    const lines = paragraph([{ text: 'ab' }, { text: 'cd', paint }, { text: 'ef gh' }], {
      width: 7,
      first: 0,
      rest: 0,
    });
    expect(lines).toEqual(['ab<cd>ef', 'gh']);
  });

  test('breaks between ideographs', () => {
    expect(paragraph([{ text: '日本語のログ' }], { width: 6, first: 0, rest: 2 })).toEqual([
      '日本語',
      '  のロ',
      '  グ',
    ]);
  });

  test('leaves lines unwrapped without a width', () => {
    const text = 'word '.repeat(100).trim();
    expect(paragraph([{ text }], { width: undefined, first: 0, rest: 2 })).toEqual([text]);
  });

  test('loses no word, and passes the width only where a single word does', () => {
    const words = fc.array(fc.stringMatching(/^[a-z日]{1,30}$/), { maxLength: 30 });
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 40 }), (given, width) => {
        const text = given.join(' ');
        const lines = paragraph([{ text }], { width, first: 0, rest: 2 });
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) {
          const isOneWord = !line.trim().includes(' ');
          expect(displayWidth(line) <= width || isOneWord).toBe(true);
        }
      }),
    );
  });
});

describe('layoutRows', () => {
  const rows = [
    { cells: [{ text: 'Pod' }, { text: 'a' }], texts: [[{ text: 'is ready and has been so for long' }]] },
    { cells: [{ text: 'Service' }, { text: 'longer-name' }], texts: [[{ text: 'exists' }]] },
  ];

  test('aligns the columns and wraps the last one beneath itself', () => {
    expect(layoutRows(rows, { width: 52, indent: 1 }).flat()).toEqual([
      ' Pod      a            is ready and has been so for',
      '                       long',
      ' Service  longer-name  exists',
    ]);
  });

  test('puts the last column beneath the others on a narrow terminal', () => {
    expect(layoutRows(rows, { width: 40, indent: 1 }).flat()).toEqual([
      ' Pod      a',
      '     is ready and has been so for long',
      ' Service  longer-name',
      '     exists',
    ]);
  });
});
