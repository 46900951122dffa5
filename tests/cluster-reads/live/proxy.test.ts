import { proxyFromEnvironment, withoutPassword } from '../../../src/cluster/live/proxy.ts';

const proxy = 'http://proxy.example:3128';

describe('proxy of the environment', () => {
  test.each([
    ['https://k8s.example', { HTTPS_PROXY: proxy }, proxy],
    ['https://k8s.example', { https_proxy: proxy }, proxy],
    ['https://k8s.example', { HTTPS_PROXY: proxy, https_proxy: 'http://other' }, proxy],
    ['https://k8s.example', { HTTP_PROXY: proxy }, undefined],
    ['http://k8s.example', { HTTP_PROXY: proxy }, proxy],
    ['https://k8s.example', { HTTPS_PROXY: 'proxy.example:3128' }, proxy],
    ['https://k8s.example', { HTTPS_PROXY: '' }, undefined],
    ['https://k8s.example', {}, undefined],
  ])('%s with %j', (server, variables, expected) => {
    expect(proxyFromEnvironment(new URL(server), variables)).toBe(expected);
  });

  test.each(['https://localhost:6443', 'https://127.0.0.1:6443', 'https://127.9.9.9', 'https://[::1]:6443'])(
    'is never used for this machine: %s',
    (server) => {
      expect(proxyFromEnvironment(new URL(server), { HTTPS_PROXY: proxy })).toBeUndefined();
    },
  );

  test.each([
    ['*', 'https://k8s.example', true],
    ['k8s.example', 'https://k8s.example', true],
    ['example', 'https://k8s.example', true],
    ['.example', 'https://k8s.example', true],
    ['*.example', 'https://k8s.example', true],
    ['.k8s.example', 'https://k8s.example', false],
    ['8s.example', 'https://k8s.example', false],
    ['K8S.Example', 'https://k8s.example', true],
    ['k8s.example:443', 'https://k8s.example', true],
    ['k8s.example:6443', 'https://k8s.example', false],
    ['other, k8s.example', 'https://k8s.example', true],
    ['10.0.0.0/8', 'https://10.1.2.3:6443', true],
    ['10.0.0.0/16', 'https://10.1.2.3:6443', false],
    ['10.1.2.3', 'https://10.1.2.3:6443', true],
    ['0.1.2.3', 'https://10.1.2.3:6443', false],
    ['fd00::/8', 'https://[fd00::1]:6443', true],
    ['fd00::1', 'https://[fd00::1]:6443', true],
    ['10.0.0.0/99', 'https://10.1.2.3', false],
    ['nonsense/8', 'https://10.1.2.3', false],
    [',,', 'https://k8s.example', false],
  ])('NO_PROXY=%s for %s: left out %s', (NO_PROXY, server, isLeftOut) => {
    const found = proxyFromEnvironment(new URL(server), { HTTPS_PROXY: proxy, NO_PROXY });
    expect(found).toBe(isLeftOut ? undefined : proxy);
  });
});

test('messages show no password of a URL', () => {
  expect(withoutPassword('http://me:secret@proxy.example:3128')).toBe('http://proxy.example:3128');
  expect(withoutPassword('//me:secret@proxy')).not.toContain('secret');
});
