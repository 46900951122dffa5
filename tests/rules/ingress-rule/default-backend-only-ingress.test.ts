import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const NAME = 'default-backend-only-ingress';
const BACKEND = { service: { name: 'web', port: { number: 80 } } };

function catchAll(
  parts: { readonly name?: string; readonly created?: string; readonly tls?: boolean } = {},
): string {
  const { tls = false, ...rest } = parts;
  const spec = { rules: [], defaultBackend: BACKEND, ...(tls ? tlsFor('shop.example.com') : {}) };
  return ingress({ ...rest, spec });
}

interface Shape {
  readonly kind?: string;
  readonly spec?: {
    readonly template?: {
      readonly spec?: { readonly containers?: readonly { readonly args?: readonly string[] }[] };
    };
  };
}

function withArgument(argument: string) {
  return (object: object): unknown => {
    const { kind, spec } = object as Shape;
    if (kind !== 'Deployment' || spec?.template?.spec?.containers?.[0]?.args === undefined) return object;
    const [first] = spec.template.spec.containers;
    const containers = [{ ...first, args: [...(first?.args ?? []), argument] }];
    return {
      ...object,
      spec: { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, containers } } },
    };
  };
}

test('is not served with --disable-catch-all', async () => {
  const diagnosis = await overlay(catchAll(), { change: withArgument('--disable-catch-all') });
  expect(rootsOf(diagnosis)).toEqual([NAME]);
  expect(findingOf(diagnosis, NAME).symptom).toBe('not-served');
});

test('has no certificate of its own', async () => {
  const diagnosis = await overlay(catchAll({ tls: true }) + tlsSecret());
  expect(findingOf(diagnosis, NAME)).toMatchObject({ symptom: 'untrusted-certificate', partial: true });
  const change = withArgument('--default-ssl-certificate=shop/web-tls');
  expect(rulesOf(await overlay(catchAll({ tls: true }) + tlsSecret(), { change }))).not.toContain(NAME);
});

test('gives way to an older one', async () => {
  const older = catchAll({ name: 'older', created: '2025-01-01T00:00:00Z' });
  expect(findingOf(await overlay(catchAll() + older), NAME).symptom).toBe('wrong-backend');
  const younger = catchAll({ name: 'younger', created: '2026-03-01T00:00:00Z' });
  expect(rulesOf(await overlay(catchAll() + younger))).not.toContain(NAME);
});

test('on Traefik, which of two is served cannot be foretold', async () => {
  const diagnosis = await overlay(catchAll() + catchAll({ name: 'second' }), { controller: 'traefik' });
  expect(findingOf(diagnosis, NAME).partial).toBe(true);
});

test('is silent on the only one, and on a default backend beside rules', async () => {
  expect((await overlay(catchAll())).verdict).toBe('healthy');
  const change = withArgument('--disable-catch-all');
  expect(rulesOf(await overlay(ingress({ spec: { defaultBackend: BACKEND } }), { change }))).not.toContain(
    NAME,
  );
});

test('explains that no address is written into its status', async () => {
  const spec = { rules: [], defaultBackend: BACKEND };
  const change = withArgument('--disable-catch-all');
  const diagnosis = await overlay(ingress({ spec, hasAddress: false }), { change });
  expect(rootsOf(diagnosis)).toEqual([NAME]);
});
