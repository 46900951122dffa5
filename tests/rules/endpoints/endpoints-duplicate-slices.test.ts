import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { documents, manualSlice, service } from '../shop-objects.ts';

function managedBy(manager: string, address?: string): object {
  const object = manualSlice('web-manual', 'http', address) as {
    readonly metadata: { readonly labels: object };
  };
  const labels = {
    ...object.metadata.labels,
    'endpointslice.kubernetes.io/managed-by': manager,
  };
  return { ...object, metadata: { ...object.metadata, labels } };
}

test.each([undefined, 'contour'] as const)(
  'a leftover takes a share of the requests of %s',
  async (controller) => {
    const diagnosis = await overlay(
      documents(manualSlice('web-manual', 'http')),
      controller === undefined ? {} : { controller },
    );
    expect(rootOf(diagnosis)).toBe('endpoints-duplicate-slices');
    expect(diagnosis.verdict).toBe('degraded');
    expect(diagnosis.routes[0]?.prediction.partialStatus).toBe(controller === 'contour' ? 503 : undefined);
  },
);

test.each(['endpointslicemirroring-controller.k8s.io', 'staff'])(
  '%s writes what people want',
  async (manager) => {
    const diagnosis = await overlay(documents(managedBy(manager)));
    expect(findingOf(diagnosis, 'endpoints-duplicate-slices').severity).toBe('medium');
  },
);

test('what another controller adds it means', async () => {
  const diagnosis = await overlay(documents(managedBy('endpointslice-mesh-controller.cilium.io')));
  expect(findingOf(diagnosis, 'endpoints-duplicate-slices').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('where the selector matches nothing the addresses by hand are all there is', async () => {
  const yaml = `# without: EndpointSlice shop/web-abcde\n${documents(service({ selector: { app: 'old' } }), manualSlice('web-manual', 'http'))}`;
  expect(rulesOf(await overlay(yaml))).not.toContain('endpoints-duplicate-slices');
});

test('the addresses of the Pods once more do no harm', async () => {
  const diagnosis = await overlay(documents(manualSlice('web-manual', 'http', '10.244.0.21')));
  expect(rulesOf(diagnosis)).not.toContain('endpoints-duplicate-slices');
  expect(diagnosis.verdict).toBe('healthy');
});
