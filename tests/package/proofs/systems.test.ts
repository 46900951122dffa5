import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { load } from 'js-yaml';
import {
  binaryOf,
  bundled,
  emulated,
  inCluster,
  incident,
  kubeconfig,
  minimalSystem,
  must,
  run,
} from './proof.ts';

import.meta.jest.setTimeout(120_000);

const { version } = load(must(['cat', 'package.json'])) as { version: string };
const reports = ['text', 'json'];

describe('linux-x64, in the smallest Debian', () => {
  const place = mkdtempSync(path.join(minimalSystem, 'tmp/proof-'));
  const inside = path.join('/tmp', path.basename(place));
  const line = ['chroot', minimalSystem, path.join(inside, 'kubectl-gateway_doctor')];

  beforeAll(() => {
    mkdirSync(place, { recursive: true });
    copyFileSync(binaryOf('linux-x64'), path.join(place, 'kubectl-gateway_doctor'));
    copyFileSync(incident, path.join(place, 'incident.yaml'));
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test('says its version', () => {
    expect(run([...line, 'version'])).toEqual({
      status: 0,
      stdout: `gateway-doctor v${version}\n`,
      stderr: '',
    });
  });

  test.each(reports)('diagnoses a file as the bundle does: %s', (format) => {
    const answer = run([...line, '-o', format, '--from', path.join(inside, 'incident.yaml')]);
    expect(answer).toEqual(run([...bundled, '-o', format, '--from', incident]));
    expect(answer.status).toBe(1);
  });
});

describe('linux-arm64, under qemu-user', () => {
  test('says its version', () => {
    expect(run([...emulated, 'version']).stdout).toBe(`gateway-doctor v${version}\n`);
  });

  test.each(reports)('diagnoses a file as the bundle does: %s', (format) => {
    const answer = run([...emulated, '-o', format, '--from', incident]);
    expect(answer).toEqual(run([...bundled, '-o', format, '--from', incident]));
    expect(answer.status).toBe(1);
  });

  test('diagnoses on a live API server as linux-x64 does', () => {
    const line = ['-A', '-o', 'yaml', '--kubeconfig', kubeconfig];
    const answer = run([...inCluster, ...emulated, ...line]);
    expect(answer).toEqual(run([...inCluster, binaryOf('linux-x64'), ...line]));
    expect(answer.stdout).toContain('name: proof');
  });
});

describe('windows-x64, under wine', () => {
  const prefix = mkdtempSync(path.join(os.tmpdir(), 'gateway-doctor-wine-'));
  const output = path.join(prefix, 'output');
  const variables = { WINEPREFIX: prefix, WINEDEBUG: '-all' };

  // Into a file, both streams: wine's pipes are not those that Node knows.
  function binary(...line: readonly string[]) {
    const intoFile = ['sh', '-c', 'output=$1; shift; exec "$@" </dev/null >"$output" 2>&1', 'sh', output];
    const { status } = run([...intoFile, 'wine', binaryOf('windows-x64'), ...line], variables);
    return { status, stdout: readFileSync(output, 'utf8') };
  }

  beforeAll(() => {
    // Node wants Windows 10; wine says 7 unless told.
    must(['wine', 'reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'], variables);
  });
  afterAll(() => {
    run(['wineserver', '-k'], variables);
    rmSync(prefix, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  test('says its version', () => {
    expect(binary('version')).toEqual({ status: 0, stdout: `gateway-doctor v${version}\n` });
  });

  test('diagnoses a file as the bundle does', () => {
    const { status, stdout } = run([...bundled, '-o', 'json', '--from', incident]);
    expect(binary('-o', 'json', '--from', incident)).toEqual({ status, stdout });
  });
});
