import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { connect } from '../../../src/cluster/live/connect.ts';
import type { ConnectionEnvironment, ConnectionOptions } from '../../../src/cluster/live/options.ts';
import { environment, folder, kubeconfig, type Parts, write } from './fixture.ts';

const here = folder();
const read = { verb: 'get', kind: 'Service', namespace: 'shop', name: 'web' } as const;
let files = 0;

function connectTo(
  parts: Parts,
  options: ConnectionOptions = {},
  changes: Partial<ConnectionEnvironment> = {},
) {
  files += 1;
  const file = write(here, `config-${files}`, kubeconfig('blue', parts));
  return connect({ kubeconfig: file, ...options }, environment(changes));
}

const certificates = path.join(import.meta.dirname, '../../fixtures/certificates');

describe('credentials that cannot be used', () => {
  test.each<readonly [string, Parts, readonly string[]]>([
    [
      'an authority that is missing',
      { cluster: { 'certificate-authority': 'no.crt' } },
      [`${here}/no.crt`, 'cluster `blue`'],
    ],
    [
      'a client certificate that is missing',
      { user: { 'client-certificate': 'no.crt' } },
      [`${here}/no.crt`, 'user `blue`'],
    ],
    [
      'a token file that is missing',
      { user: { tokenFile: 'no-token' } },
      [`${here}/no-token`, 'user `blue`'],
    ],
    [
      'a client certificate that is none',
      { user: { 'client-certificate-data': 'AAAA', 'client-key-data': 'AAAA' } },
      ['user `blue`', 'PEM'],
    ],
    [
      'an expired client certificate',
      {
        user: {
          token: '',
          'client-certificate': `${certificates}/expired.crt`,
          'client-key': `${certificates}/shop.key`,
        },
      },
      ['user `blue`', 'expired at 20'],
    ],
    [
      'a client certificate with the key of another',
      { user: { 'client-certificate': `${certificates}/shop.crt`, 'client-key': `${certificates}/rsa.key` } },
      ['user `blue`', 'do not belong together'],
    ],
    ['a cluster without a server', { cluster: { server: '' } }, ['cluster `blue`', '--server']],
    ['a server that is no URL', { cluster: { server: 'ftp://x' } }, ['ftp://x']],
    ['a proxy that is no URL', { cluster: { 'proxy-url': 'http://me:secret@:x' } }, ['proxy']],
  ])('%s', async (_, parts, words) => {
    const error: unknown = await connectTo(parts).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'ConnectionError' });
    const message = error instanceof Error ? error.message : '';
    for (const word of words) expect(message).toContain(word);
    expect(message).not.toContain('secret');
  });
});

describe('a server that cannot be reached', () => {
  test('refuses: the read fails, and one line says why nothing can be read', async () => {
    const connection = await connectTo({ cluster: { server: `https://127.0.0.1:${await closedPort()}` } });
    expect(connection.problem()).toBeUndefined();
    expect(await connection.cluster.get(read)).toMatchObject({ ok: false, failure: { reason: 'failed' } });
    expect(connection.problem()).toMatch(/^cannot reach .*127\.0\.0\.1.*connection refused/);
  });

  test('has an unknown name', async () => {
    const connection = await connectTo({ cluster: { server: 'https://no-such-host.invalid' } });
    await connection.cluster.get(read);
    expect(connection.problem()).toContain('no-such-host.invalid');
  });

  test('a proxy that refuses is named, without its password', async () => {
    const proxy = `http://me:secret@127.0.0.1:${await closedPort()}`;
    const connection = await connectTo({ cluster: { 'proxy-url': proxy } });
    await connection.cluster.get(read);
    expect(connection.problem()).toMatch(/through proxy http:\/\/127\.0\.0\.1/);
    expect(connection.problem()).not.toContain('secret');
  });

  test('accepts and says nothing: ends at --request-timeout', async () => {
    const silent = createServer((socket) => socket.resume());
    const server = `http://127.0.0.1:${await listen(silent)}`;
    const connection = await connectTo({ cluster: { server } }, { requestTimeout: '200ms' });
    const start = performance.now();
    expect(await connection.cluster.get(read)).toMatchObject({
      failure: { reason: 'timed-out', message: 'no answer within 200ms' },
    });
    expect(performance.now() - start).toBeLessThan(2000);
    expect(connection.problem()).toContain('no answer within 200ms');
    silent.close();
  });

  test('a proxy that says nothing is not held on to', async () => {
    const closed = Promise.withResolvers<void>();
    const silent = createServer((socket) => void socket.resume().on('close', closed.resolve));
    const proxy = `http://127.0.0.1:${await listen(silent)}`;
    const connection = await connectTo({ cluster: { 'proxy-url': proxy } }, { requestTimeout: '200ms' });
    expect(await connection.cluster.get(read)).toMatchObject({ failure: { reason: 'timed-out' } });
    await closed.promise;
    silent.close();
  });

  test('a proxy that wants other credentials', async () => {
    const refusing = createServer(
      (socket) => void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
    );
    const proxy = `http://127.0.0.1:${await listen(refusing)}`;
    const connection = await connectTo({ cluster: { 'proxy-url': proxy } });
    await connection.cluster.get(read);
    expect(connection.problem()).toContain('the proxy refuses with status 407');
    refusing.close();
  });

  test('Ctrl-C ends a read that waits', async () => {
    const silent = createServer((socket) => socket.resume());
    const server = `http://127.0.0.1:${await listen(silent)}`;
    const connection = await connectTo({ cluster: { server } }, {}, { signal: AbortSignal.timeout(100) });
    expect(await connection.cluster.get(read)).toMatchObject({ failure: { message: 'interrupted' } });
    silent.close();
  });
});

describe('a client certificate is shown to the server', () => {
  const cert = readFileSync(`${certificates}/shop.crt`, 'utf8');
  const key = readFileSync(`${certificates}/shop.key`, 'utf8');
  const apiVersion = 'client.authentication.k8s.io/v1';
  const status = { clientCertificateData: cert, clientKeyData: key };
  write(here, 'credential', JSON.stringify({ apiVersion, kind: 'ExecCredential', status }));
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  test.each<readonly [string, object]>([
    [
      'from files',
      { 'client-certificate': `${certificates}/shop.crt`, 'client-key': `${certificates}/shop.key` },
    ],
    ['from data', { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) }],
    ['from a plugin', { exec: { apiVersion, command: 'cat', args: [`${here}/credential`] } }],
  ])('%s', async (_, user) => {
    const shown = Promise.withResolvers<string>();
    const server = createTlsServer({ cert, key, requestCert: true, rejectUnauthorized: false }, (socket) => {
      shown.resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? 'none');
      socket.destroy();
    });
    const url = `https://127.0.0.1:${await listen(server)}`;
    const parts = { cluster: { server: url }, user: { token: '', ...user } };
    const variables = { PATH: process.env['PATH'] };
    const connection = await connectTo(parts, { insecureSkipTlsVerify: true }, { variables });
    await connection.cluster.get(read);
    expect(await shown.promise).toBe(new X509Certificate(cert).fingerprint256);
    server.close();
  });
});

test('the namespace is the one of the context, else `default`', async () => {
  expect((await connectTo({ context: { namespace: 'shop' } })).namespace).toBe('shop');
  expect((await connectTo({})).namespace).toBe('default');
});

test('nothing is asked of the server before the first read', async () => {
  const connection = await connectTo({});
  expect(connection.requestCount()).toBe(0);
});

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
