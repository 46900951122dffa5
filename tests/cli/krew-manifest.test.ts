import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

test('plugin.yaml is the filled-in template of the version in development', () => {
  const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
  const { version } = manifest as { version: string };
  const filled = readFileSync('krew-manifest/gateway-doctor.yaml.tmpl', 'utf8')
    .replaceAll('{{VERSION}}', version)
    .replaceAll('{{DOWNLOADS}}', 'https://gateway-doctor.invalid')
    .replaceAll('{{SHA256_LINUX_X64}}', '0'.repeat(64));
  expect(filled).not.toContain('{{');
  expect(load(readFileSync('plugin.yaml', 'utf8'))).toEqual(load(filled));
});
