import { COMMANDS, FLAG_LIST } from '../../src/cli/flags.ts';
import { helpText } from '../../src/cli/help.ts';

test('help names every command, flag and exit code, as kubectl users type them', () => {
  const help = helpText();
  const names = [
    ...Object.keys(COMMANDS),
    ...FLAG_LIST.map(({ name }) => (name === 'v' ? '-v' : `--${name}`)),
  ];
  expect(names.filter((name) => !new RegExp(`(^|[ ,])${name}( |$)`, 'm').test(help))).toEqual([]);
  expect(help).toContain('kubectl gateway-doctor web ');
  expect(help).not.toContain('kubectl-gateway_doctor');
  expect(help.split('\n').filter((line) => line.length > 100)).toEqual([]);
});
