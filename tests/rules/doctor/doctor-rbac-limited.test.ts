import { findingOf, overlay, rulesOf } from '../check.ts';
import { document, ingress, tlsFor } from '../ingresses.ts';

test('gives a command for each thing that was refused', async () => {
  const diagnosis = await overlay(ingress({ spec: tlsFor('shop.example.com') }), {
    forbidden: ['Secret', 'EndpointSlice', 'NetworkPolicy', 'IngressClass'],
  });
  const { fix, severity } = findingOf(diagnosis, 'doctor-rbac-limited');
  const commands = fix?.commands.map(({ run }) => run);
  expect(severity).toBe('info');
  expect(commands).toEqual(
    expect.arrayContaining([
      'kubectl auth can-i get secrets/web-tls -n shop',
      'kubectl auth can-i list endpointslices -n shop',
      'kubectl auth can-i list networkpolicies -n shop',
      'kubectl auth can-i list ingressclasses -A',
    ]),
  );
});

test('is silent on reads that failed otherwise', async () => {
  const failure = document({
    apiVersion: 'gateway-doctor/v1',
    kind: 'ReadFailure',
    read: { kind: 'Node' },
    reason: 'timed-out',
    message: 'took too long',
  });
  expect(rulesOf(await overlay(failure))).not.toContain('doctor-rbac-limited');
});
