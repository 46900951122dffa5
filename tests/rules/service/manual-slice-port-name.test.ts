import { findingOf, overlay, rootOf, rootsOf, statusOf } from '../check.ts';
import { documents, endpoint, manualSlice, POD_A, service, slice } from '../shop-objects.ts';

const without = '# without: EndpointSlice shop/web-abcde\n';
const missing = { name: 'http', port: 80, targetPort: 'metrics', protocol: 'TCP' };
const unmanaged = {
  name: 'web-abcde',
  namespace: 'shop',
  labels: { 'kubernetes.io/service-name': 'web' },
};
const toService = (targetPort: number | string) =>
  service({ selector: undefined, ports: [{ name: 'http', port: 80, targetPort, protocol: 'TCP' }] });

test('ingress-nginx serves by a numeric targetPort, Contour does not', async () => {
  const yaml = without + documents(toService(8080), manualSlice('web-manual', 'web'));
  const diagnosis = await overlay(yaml);
  expect(diagnosis.verdict).toBe('healthy');
  expect(findingOf(diagnosis, 'manual-slice-port-name').severity).toBe('info');
  const onContour = await overlay(yaml, { controller: 'contour' });
  expect(rootOf(onContour)).toBe('manual-slice-port-name');
  expect(statusOf(onContour)).toBe(503);
});

test('ingress-nginx does not by a named one', async () => {
  const diagnosis = await overlay(
    without + documents(toService('http'), manualSlice('web-manual', undefined)),
  );
  expect(rootOf(diagnosis)).toBe('manual-slice-port-name');
  expect(statusOf(diagnosis)).toBe(503);
});

test('beside a slice with the right name it is only a remark', async () => {
  const yaml =
    without + documents(toService('http'), manualSlice('a', 'http'), manualSlice('b', 'web', '198.51.100.8'));
  const diagnosis = await overlay(yaml);
  expect(diagnosis.verdict).toBe('healthy');
  expect(findingOf(diagnosis, 'manual-slice-port-name').object.name).toBe('b');
});

test('a slice without ports beside a selector is a matter of the targetPort', async () => {
  const unlabelled = { ...slice([endpoint('10.244.0.21', POD_A)], []), metadata: unmanaged };
  const diagnosis = await overlay(without + documents(service({ ports: [missing] }), unlabelled));
  expect(rootsOf(diagnosis)).toEqual(['service-targetport-name-missing']);
});
