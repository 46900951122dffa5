import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ConnectionOptions } from '../../../src/cluster/live/options.ts';
import { chooseTarget, impersonationHeaders } from '../../../src/cluster/live/target.ts';
import { environment, folder, kubeconfig, write } from './fixture.ts';

const here = folder();
const blue = write(here, 'blue.yaml', kubeconfig('blue', { context: { namespace: 'shop' } }));
const green = write(here, 'green.yaml', kubeconfig('green'));

function choose(options: ConnectionOptions, variables: Record<string, string> = {}) {
  return chooseTarget(options, environment({ variables }));
}

function refusal(options: ConnectionOptions, variables: Record<string, string> = {}): string {
  try {
    choose(options, variables);
  } catch (error) {
    if (error instanceof Error && error.name === 'ConnectionError') return error.message;
    throw error;
  }
  return 'no error';
}

describe('which kubeconfig is read', () => {
  test('the one of --kubeconfig, whatever KUBECONFIG says', () => {
    expect(choose({ kubeconfig: green }, { KUBECONFIG: blue }).context).toBe('green');
  });

  test('~/.kube/config when nothing names another', () => {
    const home = folder();
    expect(refusal({}, { HOME: home })).toContain('no kubeconfig was found');
    mkdirSync(path.join(home, '.kube'));
    write(home, '.kube/config', kubeconfig('home'));
    expect(choose({}, { HOME: home }).context).toBe('home');
  });

  test('of several in KUBECONFIG, the first with a current context, and all their contexts', () => {
    const KUBECONFIG = [path.join(here, 'absent.yaml'), blue, green].join(path.delimiter);
    expect(choose({}, { KUBECONFIG })).toMatchObject({ context: 'blue', namespace: 'shop' });
    expect(choose({ context: 'green' }, { KUBECONFIG }).cluster.fields['server']).toBe(
      'https://green.example:6443',
    );
  });

  test('of two entries with the same name, the first wins whole', () => {
    const other = write(
      here,
      'other.yaml',
      kubeconfig('blue', { cluster: { server: 'https://other', 'proxy-url': 'http://p' } }),
    );
    const { cluster } = choose({}, { KUBECONFIG: [blue, other].join(path.delimiter) });
    expect(cluster.fields).toEqual({ server: 'https://blue.example:6443' });
  });

  test('JSON is as good as YAML', () => {
    const file = write(here, 'json', JSON.stringify(kubeconfig('json')));
    expect(choose({ kubeconfig: file }).context).toBe('json');
  });
});

describe('flags over the kubeconfig', () => {
  test('--cluster and --user replace those of the context', () => {
    const KUBECONFIG = [blue, green].join(path.delimiter);
    const target = choose({ cluster: 'green', user: 'green' }, { KUBECONFIG });
    expect(target).toMatchObject({ context: 'blue', cluster: { name: 'green' }, user: { name: 'green' } });
  });

  test('--server needs no kubeconfig, and forgets the name that the other server had', () => {
    expect(choose({ server: 'https://x' }).cluster.fields).toEqual({ server: 'https://x' });
    const named = write(here, 'named.yaml', kubeconfig('named', { cluster: { 'tls-server-name': 'n' } }));
    expect(choose({ kubeconfig: named, server: 'https://x' }).cluster.fields).toEqual({
      server: 'https://x',
    });
  });

  test('--insecure-skip-tls-verify and --certificate-authority replace the authority', () => {
    const file = write(
      here,
      'ca.yaml',
      kubeconfig('ca', { cluster: { 'certificate-authority-data': 'AAAA' } }),
    );
    const skipping = choose({ kubeconfig: file, insecureSkipTlsVerify: true }).cluster.fields;
    expect(skipping).not.toHaveProperty('certificate-authority-data');
    expect(skipping['insecure-skip-tls-verify']).toBe(true);
    const own = choose({ kubeconfig: file, certificateAuthority: 'own.crt' }).cluster.fields;
    expect(own).not.toHaveProperty('certificate-authority-data');
    expect(own['certificate-authority']).toBe(path.resolve('own.crt'));
    expect(refusal({ server: 'https://x', certificateAuthority: 'a', insecureSkipTlsVerify: true })).not.toBe(
      'no error',
    );
  });

  test('--as replaces the user that the kubeconfig impersonates, --as-group the groups', () => {
    const fields = {
      as: 'jane',
      'as-groups': ['dev'],
      'as-user-extra': { 'example.com/reason': ['on call'] },
    };
    const file = write(here, 'as.yaml', kubeconfig('as', { user: fields }));
    const headers = (options: ConnectionOptions) =>
      impersonationHeaders(choose({ kubeconfig: file, ...options }).user.fields);
    expect(headers({})).toEqual({
      'Impersonate-User': 'jane',
      'Impersonate-Group': ['dev'],
      'Impersonate-Extra-example.com%2Freason': ['on call'],
    });
    expect(headers({ as: 'joe' })).toMatchObject({ 'Impersonate-User': 'joe', 'Impersonate-Group': ['dev'] });
    expect(headers({ as: 'joe', asGroup: ['a', 'b'] })).toMatchObject({ 'Impersonate-Group': ['a', 'b'] });
    expect(refusal({ kubeconfig: blue, asGroup: ['a'] })).toContain('--as');
  });
});

describe('what is wrong, in one line', () => {
  const bad = (name: string, content: unknown) => ({ kubeconfig: write(here, name, content) });

  test.each<readonly [string, ConnectionOptions, Record<string, string>, readonly string[]]>([
    ['a missing file', { kubeconfig: '/nonexistent/config' }, {}, ['/nonexistent/config', 'no such file']],
    ['a folder', { kubeconfig: here }, {}, [here, 'folder']],
    ['broken YAML', bad('broken', 'clusters: [1\nusers: 2\n'), {}, ['line 2, column 1']],
    ['something else', bad('text', 'just text'), {}, ['not a kubeconfig']],
    ['a list that is none', bad('map', { clusters: {} }), {}, ['`clusters` must be a list']],
    [
      'an unknown context',
      { kubeconfig: blue, context: 'bleu' },
      {},
      ['context `bleu`', 'did you mean `blue`'],
    ],
    ['a context like none', { kubeconfig: blue, context: 'production' }, {}, ['there is `blue`']],
    ['an unknown cluster', { kubeconfig: blue, cluster: 'blu' }, {}, ['cluster `blu`', '`blue`']],
    ['an unknown user', { kubeconfig: blue, user: 'blu' }, {}, ['user `blu`', '`blue`']],
    ['no configuration', {}, { HOME: '/nonexistent' }, ['no kubeconfig was found', '--kubeconfig']],
    ['files that are all missing', {}, { KUBECONFIG: '/nonexistent/a:/nonexistent/b' }, ['/nonexistent/a']],
    ['an empty file', bad('empty', ''), {}, ['empty']],
    [
      'no current context',
      bad('none', { ...kubeconfig('one'), 'current-context': '' }),
      {},
      ['--context', '`one`'],
    ],
    [
      'a context whose cluster is gone',
      bad('gone', { ...kubeconfig('gone'), clusters: [] }),
      {},
      ['cluster `gone`', 'context `gone`'],
    ],
    [
      'a context without a cluster',
      bad('bare', { ...kubeconfig('bare'), contexts: [{ name: 'bare' }] }),
      {},
      ['context `bare` names no cluster'],
    ],
  ])('%s', (_, options, variables, parts) => {
    const message = refusal(options, variables);
    for (const part of parts) expect(message).toContain(part);
    expect(message).not.toContain('\n');
  });

  test('a name with escape sequences reaches no terminal', () => {
    expect(refusal({ kubeconfig: blue, context: 'a\u001b[31mb' })).not.toContain('\u001b');
  });
});

describe('inside a cluster', () => {
  const serviceAccountFolder = folder();
  write(serviceAccountFolder, 'token', 'service-account-token\n');
  write(serviceAccountFolder, 'namespace', 'ingress-nginx');
  const variables = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };

  test('the service account is used where no kubeconfig is', () => {
    const target = chooseTarget({}, environment({ variables, serviceAccountFolder }));
    expect(target).toMatchObject({
      namespace: 'ingress-nginx',
      cluster: { fields: { server: 'https://[fd00::1]:443' }, folder: serviceAccountFolder },
    });
  });

  test('a kubeconfig comes first', () => {
    const both = { ...variables, KUBECONFIG: blue };
    expect(chooseTarget({}, environment({ variables: both, serviceAccountFolder })).context).toBe('blue');
  });
});
