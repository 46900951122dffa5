import { overlay } from './check.ts';

describe.each([undefined, 'contour', 'traefik'] as const)('the healthy base served by %s', (controller) => {
  test('is found healthy, with nothing above info', async () => {
    const diagnosis = await overlay('', controller === undefined ? {} : { controller });
    expect(diagnosis.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(diagnosis.notChecked).toEqual([]);
    expect(diagnosis.verdict).toBe('healthy');
    expect(diagnosis.controller.product).toBe(controller ?? 'ingress-nginx');
    expect(diagnosis.routes.map(({ prediction }) => prediction.status)).toEqual([200]);
  });
});
