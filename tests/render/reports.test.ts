import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { renderTable } from '../../src/render/table.ts';
import { renderText } from '../../src/render/text.ts';
import { renderWide } from '../../src/render/wide.ts';
import { expectGolden } from '../golden.ts';
import { degraded, failing, healthy, hostile, manyRoutes, NOW, several, unknown } from './fixtures.ts';

const FIXTURES: readonly (readonly [string, Diagnosis])[] = [
  ['failing', failing],
  ['degraded', degraded],
  ['healthy', healthy],
  ['unknown', unknown],
  ['hostile', hostile],
  ['many-routes', manyRoutes],
];
const WIDTHS = [60, 80, 120, undefined];

describe.each(WIDTHS)('at width %s', (width) => {
  const options = { width, color: false, now: NOW };
  const suffix = width === undefined ? 'unwrapped' : `w${width}`;

  test.each(FIXTURES)('the text report of %s', (name, diagnosis) => {
    expectGolden(`render/golden/${name}.${suffix}.txt`, renderText([diagnosis], options));
  });

  test('the table of all Ingresses', () => {
    expectGolden(`render/golden/table.${suffix}.txt`, renderTable(several, options));
  });
});

describe('wide', () => {
  test.each([
    ['failing', failing],
    ['unknown', unknown],
  ])('the full report of %s', (name, diagnosis) => {
    const text = renderWide([diagnosis], { width: 100, color: false, now: NOW });
    expectGolden(`render/golden/${name}.wide.txt`, text);
  });
});
