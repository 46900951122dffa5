import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { documents, ingressTo, service } from '../shop-objects.ts';

test('a name does not match an unnamed port, and an empty name matches nothing', async () => {
  const unnamed = service({ ports: [{ port: 80, targetPort: 'http', protocol: 'TCP' }] });
  const byName = documents(ingressTo('web', { name: 'http2' }), unnamed);
  expect(rootOf(await overlay(byName))).toBe('service-port-missing');
  const empty = documents(ingressTo('web', { name: '' }), unnamed);
  expect(rootOf(await overlay(empty))).toBe('service-port-missing');
});

test('offers the port of a near name', async () => {
  const ports = [
    { name: 'metrics', port: 9090, targetPort: 9090 },
    { name: 'http', port: 80, targetPort: 'http' },
  ];
  const yaml = documents(ingressTo('web', { name: 'htpp' }), service({ ports }));
  expect(findingOf(await overlay(yaml), 'service-port-missing').fix?.commands.at(-1)?.run).toContain(
    '"number":80',
  );
});

test('is silent where the port is the targetPort, whatever the controller makes of it', async () => {
  const yaml = documents(
    ingressTo('web', { number: 8080 }),
    service({ ports: [{ port: 80, targetPort: 8080 }] }),
  );
  expect(rulesOf(await overlay(yaml))).not.toContain('service-port-missing');
  expect(rulesOf(await overlay(yaml, { controller: 'contour' }))).not.toContain('service-port-missing');
});
