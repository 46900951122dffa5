import { usesColor } from '../../src/cli/color.ts';
import { type Output, widthOf } from '../../src/cli/edge.ts';
import type { ColorChoice } from '../../src/cli/invocation.ts';
import { startProgress } from '../../src/cli/progress.ts';

function terminal(columns: number | undefined): Output & { readonly texts: string[] } {
  const texts: string[] = [];
  return { isTerminal: true, columns, texts, write: (text) => texts.push(text) };
}

describe('colour', () => {
  test.each<[boolean, ColorChoice, boolean, Record<string, string>]>([
    [true, 'auto', true, {}],
    [false, 'auto', false, {}],
    [false, 'auto', true, { NO_COLOR: '1' }],
    [true, 'auto', true, { NO_COLOR: '' }],
    [false, 'auto', true, { TERM: 'dumb' }],
    [true, 'always', false, { NO_COLOR: '1' }],
    [false, 'never', true, {}],
  ])('%s with --color=%s, terminal %s, %j', (expected, choice, isTerminal, variables) => {
    expect(usesColor(choice, isTerminal, variables)).toBe(expected);
  });
});

describe('width', () => {
  test.each<[number | undefined, boolean, number | undefined, Record<string, string>]>([
    [120, true, 120, { COLUMNS: '40' }],
    [40, true, undefined, { COLUMNS: '40' }],
    [40, true, 0, { COLUMNS: '40' }],
    [80, true, undefined, {}],
    [80, true, undefined, { COLUMNS: 'wide' }],
    [undefined, false, undefined, { COLUMNS: '40' }],
  ])('%s where terminal is %s of %s columns, %j', (expected, isTerminal, columns, variables) => {
    expect(widthOf({ isTerminal, columns, write: () => {} }, variables)).toBe(expected);
  });
});

describe('progress', () => {
  // With ES modules jest's object is not a global.
  const { jest } = import.meta;
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('says nothing within half a second', () => {
    const output = terminal(80);
    const progress = startProgress(output);
    progress.show('connecting');
    jest.advanceTimersByTime(499);
    progress.end();
    jest.advanceTimersByTime(1000);
    expect(output.texts).toEqual([]);
  });

  test('shows the latest text after half a second, and erases it at the end', () => {
    const output = terminal(80);
    const progress = startProgress(output);
    progress.show('connecting');
    progress.show('reading');
    jest.advanceTimersByTime(500);
    progress.show('more');
    progress.end();
    progress.end();
    expect(output.texts).toEqual(['\r\u001b[Kreading', '\r\u001b[Kmore', '\r\u001b[K']);
  });

  test('stays on one line and passes no escape sequence on', () => {
    const output = terminal(20);
    const progress = startProgress(output);
    progress.show(`\u001b[31mred\n${'x'.repeat(100)}`);
    jest.advanceTimersByTime(500);
    progress.end();
    expect(output.texts[0]).toBe(`\r\u001b[K [31mred ${'x'.repeat(10)}`);
  });

  test('shows nothing where there is no terminal', () => {
    const texts: string[] = [];
    const progress = startProgress({
      isTerminal: false,
      columns: undefined,
      write: (text) => texts.push(text),
    });
    progress.show('connecting');
    jest.advanceTimersByTime(1000);
    progress.end();
    expect(texts).toEqual([]);
  });
});
