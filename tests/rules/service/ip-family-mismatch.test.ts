import { findingOf, overlay, rootOf, rootsOf, rulesOf, statusOf } from '../check.ts';
import { nginxPod } from '../controllers.ts';
import { documents, endpoint, POD_A, service, slice } from '../shop-objects.ts';

const EMPTY = {
  ...slice([], []),
  addressType: 'IPv6',
  endpoints: null,
};

test('a Service for a family that its Pods lack has no endpoints for that reason', async () => {
  const diagnosis = await overlay(documents(service({ ipFamilies: ['IPv6'] }), EMPTY));
  expect(rootsOf(diagnosis)).toEqual(['ip-family-mismatch']);
  expect(statusOf(diagnosis)).toBe(503);
  expect(findingOf(diagnosis, 'ip-family-mismatch').object).toMatchObject({ kind: 'Service' });
});

const V6 = {
  ...slice([endpoint('fd00::21', POD_A)]),
  addressType: 'IPv6',
};
const bothFamilies = (object: object) => {
  const pod = object as { readonly kind?: string; readonly metadata?: { readonly name?: string } };
  const status = { podIPs: [{ ip: '10.244.0.21' }, { ip: 'fd00::21' }] };
  return pod.kind === 'Pod' && pod.metadata?.name === POD_A
    ? { ...pod, status: { ...(object as { readonly status?: object }).status, ...status } }
    : object;
};

test('a controller without the family of the endpoints reaches none of them', async () => {
  const diagnosis = await overlay(documents(V6), { change: bothFamilies });
  expect(rootOf(diagnosis)).toBe('ip-family-mismatch');
  expect(statusOf(diagnosis)).toBe(502);
});

test('a controller with both families reaches them', async () => {
  const change = (object: object) => {
    const { metadata } = object as { readonly metadata?: { readonly namespace?: string } };
    const isController = metadata?.namespace === 'ingress-nginx' && 'status' in object;
    const status = { podIPs: [{ ip: '10.244.0.10' }, { ip: 'fd00::10' }] };
    return isController && (object as { readonly kind?: string }).kind === 'Pod'
      ? { ...object, status: { ...(object.status as object), ...status } }
      : bothFamilies(object);
  };
  const diagnosis = await overlay(`${documents(V6)}\n---\n${nginxPod()}`, { change });
  expect(rulesOf(diagnosis)).not.toContain('ip-family-mismatch');
});

test('a dual-stack Service of Pods with one family is served by that', async () => {
  const diagnosis = await overlay(documents(service({ ipFamilies: ['IPv6', 'IPv4'] })));
  expect(rulesOf(diagnosis)).not.toContain('ip-family-mismatch');
  expect(diagnosis.verdict).toBe('healthy');
});
