import { runExecPlugin } from '../../../src/cluster/live/exec-credential.ts';
import type { ConnectionEnvironment } from '../../../src/cluster/live/options.ts';
import { environment, folder, write } from './fixture.ts';

const here = folder();
const apiVersion = 'client.authentication.k8s.io/v1';
const cluster = {
  name: 'blue',
  folder: here,
  fields: { server: 'https://blue', 'certificate-authority': 'ca.crt' },
};
let scripts = 0;

function run(script: string, exec: object = {}, changes: Partial<ConnectionEnvironment> = {}) {
  scripts += 1;
  write(here, `plugin-${scripts}`, `#!/bin/sh\n${script}\n`, 0o700);
  const fields = { exec: { apiVersion, command: `./plugin-${scripts}`, ...exec } };
  const user = { name: 'jane', folder: here, fields };
  return runExecPlugin(user, cluster, environment({ variables: { PATH: process.env['PATH'] }, ...changes }));
}

/** Prints an ExecCredential; the text may hold shell expansions. */
function answering(status: string): string {
  return `cat <<END\n{"apiVersion": "${apiVersion}", "kind": "ExecCredential", "status": ${status}}\nEND`;
}

test('hands out a token; a path is relative to the kubeconfig', async () => {
  expect(await run(answering('{"token": "secret"}'))).toEqual({ token: 'secret' });
});

test('hands out a certificate with its key', async () => {
  const status = '{"clientCertificateData": "CERT", "clientKeyData": "KEY"}';
  expect(await run(answering(status))).toEqual({ certificate: 'CERT', key: 'KEY' });
});

test('gets arguments, variables and what client-go tells plugins', async () => {
  const exec = { args: ['get', 'token'], env: [{ name: 'REALM', value: 'dev' }] };
  expect(await run(answering('{"token": "$*-$REALM"}'), exec)).toEqual({ token: 'get token-dev' });
  const seen = `[ "$KUBERNETES_EXEC_INFO" = '{"kind":"ExecCredential","apiVersion":"${apiVersion}","spec":{"interactive":false}}' ] || exit 3`;
  expect(await run(`${seen}\n${answering('{"token": "t"}')}`)).toEqual({ token: 't' });
});

test('is told about the cluster when it asks to be', async () => {
  const seen = `case "$KUBERNETES_EXEC_INFO" in *'"cluster":{"server":"https://blue"}'*) ;; *) exit 3;; esac`;
  const credential = await run(`${seen}\n${answering('{"token": "t"}')}`, { provideClusterInfo: true });
  expect(credential.token).toBe('t');
});

test.each<readonly [string, string, object, readonly string[]]>([
  [
    'fails',
    'echo "warming up" >&2; echo "session expired" >&2; exit 7',
    {},
    ['exit code 7', 'session expired'],
  ],
  ['fails silently', 'exit 1', {}, ['exit code 1']],
  [
    'is not there',
    '',
    { command: 'no-such-plugin', installHint: 'install it so' },
    ['not found', 'install it so'],
  ],
  ['prints no JSON', 'echo hello', {}, ['ExecCredential']],
  ['prints nothing', 'true', {}, ['ExecCredential']],
  ['has no status', `echo '{"kind": "ExecCredential", "apiVersion": "${apiVersion}"}'`, {}, ['status']],
  ['has an empty status', answering('{}'), {}, ['no token']],
  ['has a certificate without key', answering('{"clientCertificateData": "x"}'), {}, ['no token']],
  [
    'speaks another version',
    answering('{"token": "t"}'),
    { apiVersion: 'client.authentication.k8s.io/v1beta1' },
    ['v1beta1'],
  ],
  ['has no command', '', { command: '' }, ['command']],
  ['needs a terminal', answering('{"token": "t"}'), { interactiveMode: 'Always' }, ['terminal']],
])('a plugin that %s gives one line', async (_, script, exec, parts) => {
  const error: unknown = await run(script, exec).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'ConnectionError' });
  const message = error instanceof Error ? error.message : '';
  for (const part of [...parts, 'jane']) expect(message).toContain(part);
  expect(message).not.toMatch(/\p{Cc}/u);
});

test('what a slow plugin tells its user is shown while it waits, without escape sequences', async () => {
  const told: string[] = [];
  const script = `printf 'enter code \\033[1mABCD\\n' >&2; sleep 1.3; ${answering('{"token": "t"}')}`;
  await run(script, {}, { tell: (line) => told.push(line) });
  expect(told).toEqual(['enter code [1mABCD']);
});

test('what a quick plugin says is not shown', async () => {
  const told: string[] = [];
  await run(`echo "deprecated" >&2; ${answering('{"token": "t"}')}`, {}, { tell: (line) => told.push(line) });
  expect(told).toEqual([]);
});

test('Ctrl-C ends a plugin', async () => {
  const running = run('sleep 30', {}, { signal: AbortSignal.timeout(100) });
  await expect(running).rejects.toMatchObject({ name: 'ConnectionError' });
});
