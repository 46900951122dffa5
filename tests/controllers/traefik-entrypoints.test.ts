import { entryPointsOf, publicPorts } from '../../src/controllers/traefik-entrypoints.ts';
import type { Service } from '../../src/kubernetes/types.ts';
import type { Workload } from '../../src/kubernetes/workload-types.ts';

function settings(...flags: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map(flags);
}

const WEB = ['entrypoints.web.address', ':8000/tcp'] as const;
const WEBSECURE = ['entrypoints.websecure.address', '0.0.0.0:8443'] as const;

test('reads names, ports and TLS', () => {
  const [web, secure] = entryPointsOf(settings(WEB, WEBSECURE, ['entrypoints.websecure.http.tls', 'true']));
  expect(web).toEqual({ name: 'web', port: 8000, hasTls: false, isDefault: true });
  expect(secure).toEqual({ name: 'websecure', port: 8443, hasTls: true, isDefault: true });
});

test('TLS may be turned on by any of its options, and off by itself', () => {
  const resolver = ['entrypoints.websecure.http.tls.certresolver', 'acme'] as const;
  expect(entryPointsOf(settings(WEBSECURE, resolver))[0]?.hasTls).toBe(true);
  const off = settings(WEBSECURE, ['entrypoints.websecure.http.tls', 'false'], resolver);
  expect(entryPointsOf(off)[0]?.hasTls).toBe(false);
});

test('all are default ones but the internal, unless some are marked', () => {
  const internal = ['entrypoints.traefik.address', ':8080'] as const;
  const unmarked = entryPointsOf(settings(WEB, internal));
  expect(unmarked.map(({ isDefault }) => isDefault)).toEqual([true, false]);
  const marked = entryPointsOf(settings(WEB, WEBSECURE, ['entrypoints.websecure.asdefault', 'true']));
  expect(marked.map(({ isDefault }) => isDefault)).toEqual([false, true]);
});

test('reads a redirection, and nothing where flags tell nothing', () => {
  const to = ['entrypoints.web.http.redirections.entrypoint.to', 'WebSecure'] as const;
  expect(entryPointsOf(settings(WEB, to))[0]?.redirectsTo).toBe('websecure');
  expect(entryPointsOf(settings(['configfile', '/etc/traefik.yaml']))).toEqual([]);
});

test('follows Service ports by number and by the name of the container port', () => {
  const [web] = entryPointsOf(settings(WEB));
  const workload: Workload = {
    spec: { template: { spec: { containers: [{ ports: [{ name: 'web', containerPort: 8000 }] }] } } },
  };
  const service = (targetPort: string | number): Service => ({ spec: { ports: [{ port: 80, targetPort }] } });
  expect(web && publicPorts(web, [service('web'), service(8000)], [workload])).toEqual([80, 80]);
  expect(web && publicPorts(web, [service('other'), service(9000)], [workload])).toEqual([]);
});
