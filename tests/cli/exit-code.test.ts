import { exitCodeOf } from '../../src/cli/exit-code.ts';
import type { Verdict } from '../../src/model/diagnosis.ts';

test.each<[number, Verdict[]]>([
  [0, []],
  [0, ['healthy']],
  [1, ['failing']],
  [1, ['degraded']],
  [3, ['unknown']],
  [3, ['healthy', 'unknown', 'healthy']],
  [1, ['healthy', 'unknown', 'degraded']],
  [1, ['unknown', 'failing']],
])('%i for %j', (code, verdicts) => {
  expect(exitCodeOf(verdicts)).toBe(code);
});
