import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { documents, ingressTo, service } from '../shop-objects.ts';

const udp = (fields: object = {}) =>
  service({ ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'UDP', ...fields }] });

test.each([
  [undefined, 503],
  ['contour', 404],
  ['traefik', 404],
] as const)('is the one cause on %s: %d', async (controller, status) => {
  const diagnosis = await overlay(documents(udp()), controller === undefined ? {} : { controller });
  expect(rootsOf(diagnosis)).toEqual(['service-port-udp']);
  expect(statusOf(diagnosis)).toBe(status);
});

test('a name finds it as well as a number, and the fix names its entry', async () => {
  const { fix, object } = findingOf(
    await overlay(documents(ingressTo('web', { name: 'http' }), udp({ protocol: 'SCTP' }))),
    'service-port-udp',
  );
  expect(object).toMatchObject({ kind: 'Service', name: 'web' });
  expect(fix?.commands[0]?.run).toContain('/spec/ports/0/protocol');
});

test('a UDP port beside the TCP port of the same number is HTTP/3', async () => {
  const ports = [
    { name: 'quic', port: 80, targetPort: 8080, protocol: 'UDP' },
    { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
  ];
  const diagnosis = await overlay(documents(service({ ports })));
  expect(rulesOf(diagnosis)).not.toContain('service-port-udp');
  expect(diagnosis.verdict).toBe('healthy');
});
