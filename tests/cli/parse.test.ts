import type { Invocation } from '../../src/cli/invocation.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';

function parse(line: string): Invocation {
  return parseCommandLine(line === '' ? [] : line.split(' '));
}

const general = { color: 'auto', verbosity: 0 };
const live = { kind: 'live', connection: {} };
const everything = { words: { kind: 'everything' }, isAllNamespaces: false, source: live };
const web = { ...everything, words: { kind: 'name', name: 'web' } };

describe('a diagnosis', () => {
  const diagnose = { ...general, command: 'diagnose', format: 'text', isWatch: false };

  test.each<[string, object]>([
    ['', { selection: everything }],
    ['web', { selection: web }],
    ['-n shop web', { selection: { ...web, namespace: 'shop' } }],
    ['web --namespace=shop', { selection: { ...web, namespace: 'shop' } }],
    ['-nshop web', { selection: { ...web, namespace: 'shop' } }],
    ['-n=shop web', { selection: { ...web, namespace: 'shop' } }],
    ['-n a -n b web', { selection: { ...web, namespace: 'b' } }],
    ['shop/web', { selection: { ...web, words: { ...web.words, namespace: 'shop' }, namespace: 'shop' } }],
    ['-A', { selection: { ...everything, isAllNamespaces: true } }],
    ['-A=false', { selection: everything }],
    ['-Aojson', { selection: { ...everything, isAllNamespaces: true }, format: 'json' }],
    ['-l app=web,tier!=db', { selection: { ...everything, selector: 'app=web,tier!=db' } }],
    ['web -o json', { selection: web, format: 'json' }],
    ['web -owide', { selection: web, format: 'wide' }],
    ['web --output=yaml', { selection: web, format: 'yaml' }],
    ['web --status 502', { selection: { ...web, seenStatus: 502 } }],
    ['web --status 100', { selection: { ...web, seenStatus: 100 } }],
    ['web --status 599', { selection: { ...web, seenStatus: 599 } }],
    ['web --since 90s', { selection: { ...web, logSeconds: 90 } }],
    ['web --since=1h30m', { selection: { ...web, logSeconds: 5400 } }],
    ['web --since 1500ms', { selection: { ...web, logSeconds: 2 } }],
    ['web -w', { selection: web, isWatch: true }],
    ['web --color never', { selection: web, color: 'never' }],
    ['web --from a.yaml', { selection: { ...web, source: { kind: 'file', path: 'a.yaml' } } }],
    ['web --from -', { selection: { ...web, source: { kind: 'file', path: '-' } } }],
    [
      'web --from a.yaml --at 2026-01-31T14:00:00Z',
      { selection: { ...web, source: { kind: 'file', path: 'a.yaml', at: '2026-01-31T14:00:00Z' } } },
    ],
    ['-- web', { selection: web }],
    ['ing/version', { selection: { ...web, words: { kind: 'name', name: 'version' } } }],
  ])('`%s`', (line, expected) => {
    expect(parse(line)).toEqual({ ...diagnose, ...expected });
  });

  test.each<[string, object]>([
    ['--context prod', { context: 'prod' }],
    ['--cluster c --user u', { cluster: 'c', user: 'u' }],
    ['--kubeconfig k.yaml', { kubeconfig: 'k.yaml' }],
    ['--as me --as-group a --as-group=b', { as: 'me', asGroup: ['a', 'b'] }],
    ['--token t -s https://10.0.0.1', { token: 't', server: 'https://10.0.0.1' }],
    ['--server=https://10.0.0.1', { server: 'https://10.0.0.1' }],
    ['--certificate-authority ca.crt', { certificateAuthority: 'ca.crt' }],
    ['--insecure-skip-tls-verify', { insecureSkipTlsVerify: true }],
    ['--insecure-skip-tls-verify=false', {}],
    ['--request-timeout 5s', { requestTimeout: '5s' }],
    ['--context=', {}],
    ['-v6', { verbosity: 6 }],
    ['--v=6', { verbosity: 6 }],
    ['-v 6', { verbosity: 6 }],
  ])('connects with `%s`', (flags, connection) => {
    expect(parse(`web ${flags}`)).toMatchObject({ selection: { source: { kind: 'live', connection } } });
    expect(Object.keys(connectionOf(parse(`web ${flags}`)))).toEqual(Object.keys(connection));
  });

  function connectionOf(invocation: Invocation): object {
    if (invocation.command !== 'diagnose' || invocation.selection.source.kind !== 'live') return {};
    return invocation.selection.source.connection;
  }
});

describe('other commands', () => {
  test.each<[string, object]>([
    ['snapshot web', { command: 'snapshot', selection: web }],
    ['snapshot', { command: 'snapshot', selection: everything }],
    ['explain GD2104', { command: 'explain', rule: 'GD2104' }],
    ['rules', { command: 'rules', format: 'text' }],
    ['rules -o yaml', { command: 'rules', format: 'yaml' }],
    ['completion zsh', { command: 'completion', shell: 'zsh' }],
    ['version', { command: 'version', format: 'text' }],
    ['version -ojson', { command: 'version', format: 'json' }],
    ['help', { command: 'help' }],
    ['help explain', { command: 'help' }],
    ['--help', { command: 'help' }],
    ['snapshot web -h', { command: 'help' }],
  ])('`%s`', (line, expected) => {
    expect(parse(line)).toEqual({ ...general, ...expected });
  });
});

describe('is refused in one line', () => {
  test.each<[string, string]>([
    ['web --stauts 502', '--status'],
    ['web --name-space shop', '--namespace'],
    ['web --frobnicate', '--frobnicate'],
    ['web -x', '-x'],
    ['web --no-color', '--no-color'],
    ['explian GD2104', 'explain'],
    ['web -n', '-n/--namespace'],
    ['-n -A', '-n/--namespace'],
    ['web -o', '-o/--output'],
    ['web -o xml', 'text, wide, json or yaml'],
    ['rules -o wide', 'text, json or yaml'],
    ['web --color sometimes', 'auto, always or never'],
    ['web --status 99', '100 to 599'],
    ['web --since 15', 'duration'],
    ['web --since 0s', 'duration'],
    ['web --since -5m', '--since'],
    ['rules --since 5m', '--since'],
    ['web --status 600', '100 to 599'],
    ['web --status 5xx', '5xx'],
    ['web --status -1', '--status'],
    ['web -v loud', 'loud'],
    ['web -A', '--all-namespaces'],
    ['-A -n shop', '--all-namespaces'],
    ['web -l app=web', '--selector'],
    ['https://a.example.com -l app=web', '--selector'],
    ['-n other shop/web', '-n other'],
    ['web --at 2026-01-31T14:00:00Z', '--from'],
    ['web -w --from a.yaml', '--watch'],
    ['snapshot web -o json', '--output'],
    ['snapshot web -w', '--watch'],
    ['version --status 502', '--status'],
    ['version now', 'now'],
    ['explain', 'explain'],
    ['explain GD2104 GD2105', 'explain'],
    ['completion', 'bash'],
    ['completion tcsh', 'tcsh'],
    ['web api', '`web` `api`'],
  ])('`%s`', (line, part) => {
    expect(() => parse(line)).toThrow(expect.objectContaining({ name: 'UsageError' }));
    expect(() => parse(line)).toThrow(part);
    expect(messageOf(() => parse(line))).not.toContain('\n');
  });

  function messageOf(call: () => unknown): string {
    try {
      call();
    } catch (error) {
      return String(error);
    }
    return '';
  }
});
