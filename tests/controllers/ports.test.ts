import { agic } from '../../src/controllers/agic.ts';
import { haproxyIngress } from '../../src/controllers/haproxy-ingress.ts';
import { CONTROLLERS } from '../../src/controllers/index.ts';
import { ingressNginx } from '../../src/controllers/ingress-nginx.ts';
import type { ControllerProfile, PortReference } from '../../src/controllers/profile.ts';
import { service } from './objects.ts';

const web = service(`
spec:
  ports:
    - {name: http, port: 80, targetPort: web, protocol: TCP}
    - {name: admin, port: 8080, targetPort: 9090}
`);
const unnamed = service('spec: {ports: [{port: 80, targetPort: 8080}]}');
const lenient: readonly ControllerProfile[] = [ingressNginx, haproxyIngress, agic];

function find(profile: ControllerProfile, target: typeof web, reference: PortReference): string | undefined {
  const found = profile.findPort(target, reference);
  return found === undefined ? undefined : `${found.by} ${found.port.port}`;
}

describe.each(CONTROLLERS.map((profile) => [profile.product, profile] as const))('%s', (_, profile) => {
  test.each<[PortReference, string | undefined]>([
    [{ number: 80 }, 'number 80'],
    [{ number: 8080 }, 'number 8080'],
    [{ name: 'admin' }, 'name 8080'],
    [{ number: 81 }, undefined],
    [{ name: 'nope' }, undefined],
    [{}, undefined],
    [{ name: '' }, undefined],
  ])('finds %p as %p', (reference, expected) => {
    expect(find(profile, web, reference)).toBe(expected);
  });

  test('an unnamed port is found by its number only', () => {
    expect(find(profile, unnamed, { number: 80 })).toBe('number 80');
    expect(find(profile, unnamed, { number: 81 })).toBeUndefined();
    expect(find(profile, unnamed, {})).toBeUndefined();
    expect(find(profile, unnamed, { name: '' })).toBeUndefined();
    expect(find(profile, unnamed, { name: 'undefined' })).toBeUndefined();
  });

  test('only lenient products find a port by its targetPort, number or name', () => {
    const isLenient = lenient.includes(profile);
    expect(find(profile, unnamed, { number: 8080 })).toBe(isLenient ? 'targetPort 80' : undefined);
    expect(find(profile, web, { name: 'web' })).toBe(isLenient ? 'targetPort 80' : undefined);
  });

  test('passes over UDP', () => {
    const quic = service(
      'spec: {ports: [{name: quic, port: 443, protocol: UDP}, {name: https, port: 443, protocol: TCP}]}',
    );
    expect(profile.findPort(quic, { number: 443 })?.port.name).toBe('https');
    expect(profile.findPort(quic, { name: 'quic' })).toBeUndefined();
  });

  test('a Service without ports has none', () => {
    expect(profile.findPort({}, { number: 80 })).toBeUndefined();
  });
});

test('of a number that is one port and the target of another, each product takes its own', () => {
  const ambiguous = service('spec: {ports: [{port: 80, targetPort: 9000}, {port: 8080, targetPort: 80}]}');
  expect(find(ingressNginx, ambiguous, { number: 80 })).toBe('number 80');
  expect(find(haproxyIngress, ambiguous, { number: 80 })).toBe('targetPort 8080');
});

test('HAProxy Ingress calls it a number where number and target are of one port', () => {
  const same = service('spec: {ports: [{port: 80, targetPort: 80}]}');
  expect(find(haproxyIngress, same, { number: 80 })).toBe('number 80');
});

test('ingress-nginx needs no port on an ExternalName Service', () => {
  const external = service('spec: {type: ExternalName, externalName: api.example.com}');
  expect(find(ingressNginx, external, { number: 443 })).toBe('number 443');
  expect(find(ingressNginx, external, { name: 'https' })).toBeUndefined();
  expect(find(haproxyIngress, external, { number: 443 })).toBeUndefined();
});

test('only ingress-nginx falls back, and only to a numeric targetPort', () => {
  const numeric = CONTROLLERS.filter((profile) =>
    profile.fallsBackToTargetPort({ port: 80, targetPort: 8080 }),
  );
  const named = CONTROLLERS.filter((profile) =>
    profile.fallsBackToTargetPort({ port: 80, targetPort: 'web' }),
  );
  expect(numeric).toEqual([ingressNginx]);
  expect(named).toEqual([]);
});
