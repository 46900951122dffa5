import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { documents, manualSlice, service, slice } from '../shop-objects.ts';

const selectorless = service({ selector: undefined });
const without = '# without: EndpointSlice shop/web-abcde\n';

test('slices without an address count as none', async () => {
  const diagnosis = await overlay(documents(selectorless, slice([])));
  expect(rootOf(diagnosis)).toBe('service-no-selector-no-slices');
});

test('offers the selector of the workload of that name', async () => {
  const finding = findingOf(
    await overlay(without + documents(selectorless)),
    'service-no-selector-no-slices',
  );
  expect(finding.fix?.commands.at(-1)?.run).toContain('"value":{"app":"web"}');
});

test('a hand-written slice is what such a Service is for', async () => {
  const diagnosis = await overlay(without + documents(selectorless, manualSlice('web-manual', 'http')));
  expect(rulesOf(diagnosis)).toEqual([]);
  expect(diagnosis.verdict).toBe('healthy');
});
