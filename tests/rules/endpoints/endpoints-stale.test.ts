import { findingOf, overlay, rulesOf, statusOf } from '../check.ts';
import { documents, endpoint, manualSlice, POD_A, POD_B, pod, service, slice } from '../shop-objects.ts';

test('a Pod with another address makes its endpoint stale', async () => {
  const yaml = documents(slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.77', POD_B)]));
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'endpoints-stale')).toMatchObject({ partial: true, confidence: 'likely' });
  expect(diagnosis.verdict).toBe('degraded');
});

test('where all are stale every request times out', async () => {
  const yaml = documents(slice([endpoint('10.244.0.77', POD_A), endpoint('10.244.0.78', POD_B)]));
  expect(statusOf(await overlay(yaml))).toBe(504);
});

test('a Pod that has ended has no address any more', async () => {
  const yaml = documents(pod(POD_B, { ip: '10.244.0.22', phase: 'Failed', ready: false }));
  expect(rulesOf(await overlay(yaml))).toContain('endpoints-stale');
});

test('a second address of the Pod is its own', async () => {
  const dual = pod(POD_A) as { status: object };
  const podIPs = [{ ip: '10.244.0.21' }, { ip: '2001:db8::21' }];
  const v6 = slice([endpoint('2001:db8::21', POD_A)]);
  const yaml = documents(
    { ...dual, status: { ...dual.status, podIPs } },
    {
      ...v6,
      addressType: 'IPv6',
      metadata: { name: 'web-v6', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    },
  );
  expect(rulesOf(await overlay(yaml))).toEqual([]);
});

test('endpoints that are not ready, or that somebody wrote by hand, name no missing Pod', async () => {
  const gone = endpoint('10.244.0.99', 'web-6b7f-ccccc', { ready: false, serving: false, terminating: true });
  const yaml = documents(
    slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B), gone]),
    manualSlice('web-manual', 'http'),
  );
  expect(rulesOf(await overlay(yaml))).not.toContain('endpoints-stale');
});

/** The slice lists a Pod that is gone. */
const gone = [endpoint('10.244.0.21', POD_A), endpoint('10.244.0.99', 'web-6b7f-ccccc')];
/** Pod web-6b7f-bbbbb of base.yaml, changed; by default it took the place of another a moment ago. */
const young = (since: string, options: object = {}) => pod(POD_B, { ip: '10.244.0.22', since, ...options });

function stopping(message: string, lastTimestamp: string, uid?: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'stopping', namespace: 'shop' },
    reason: 'Killing',
    message,
    lastTimestamp,
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'web-6b7f-ccccc', ...(uid && { uid }) },
  };
}

function changed(object: object, time: string): object {
  const { metadata } = object as { readonly metadata: object };
  return {
    ...object,
    metadata: { ...metadata, managedFields: [{ manager: 'x', operation: 'Update', time }] },
  };
}

describe('slices and Pods that were read one after the other', () => {
  const listed = slice([...gone, endpoint('10.244.0.22', POD_B)]);

  test.each([
    ['a Pod that went in between', documents(listed)],
    [
      'a Pod that took the place of another in between',
      documents(slice(gone), young('2026-03-02T12:00:01Z')),
    ],
    [
      'a Pod that was stopped a moment ago',
      documents(listed, stopping('Stopping container app', '2026-03-02T11:59:55Z')),
    ],
    [
      'a Pod whose container was restarted once',
      documents(
        listed,
        stopping('Container app failed liveness probe, will be restarted', '2026-03-02T11:00:00Z'),
      ),
    ],
    [
      'a Pod that has another address by now',
      documents(
        slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.77', POD_B)]),
        young('2026-03-02T12:00:01Z'),
      ),
    ],
    [
      'a Pod that ended in between',
      documents(young('2026-03-02T12:00:01Z', { phase: 'Succeeded', ready: false })),
    ],
    [
      'a slice that was written a moment ago, after Pods of another selector were read',
      documents(changed(slice(gone), '2026-03-02T12:00:01Z')),
    ],
    [
      'a Service that was changed a moment ago and selects other Pods now',
      documents(slice(gone), changed(service(), '2026-03-02T12:00:01Z')),
    ],
  ])('%s is no root cause', async (_, yaml) => {
    const diagnosis = await overlay(yaml);
    expect(findingOf(diagnosis, 'endpoints-stale')).toMatchObject({
      confidence: 'suspect',
      severity: 'info',
    });
    expect(diagnosis.rootCauses).toEqual([]);
    expect(diagnosis.verdict).toBe('healthy');
  });

  test.each([
    [
      'a Pod that was stopped long ago',
      documents(listed, stopping('Stopping container app', '2026-03-02T11:50:00Z')),
    ],
    ['a Pod that has been ready for long and stands in no slice', documents(slice(gone))],
    [
      'that, in a slice that was last written long ago',
      documents(changed(slice(gone), '2026-03-02T11:59:00Z')),
    ],
  ])('%s shows that the slice is behind', async (_, yaml) => {
    const diagnosis = await overlay(yaml);
    expect(findingOf(diagnosis, 'endpoints-stale')).toMatchObject({ confidence: 'likely', severity: 'high' });
    expect(diagnosis.verdict).toBe('degraded');
  });

  test('an event about an earlier Pod of the same name shows nothing', async () => {
    const [first, missing] = gone as readonly { readonly targetRef: object }[];
    const targetRef = { ...missing?.targetRef, uid: 'new' };
    const yaml = documents(
      slice([{ ...first }, { ...missing, targetRef }, endpoint('10.244.0.22', POD_B)]),
      stopping('Stopping container app', '2026-03-02T11:50:00Z', 'old'),
    );
    expect((await overlay(yaml)).rootCauses).toEqual([]);
  });

  test('without events it cannot be told', async () => {
    const diagnosis = await overlay(documents(listed), { forbidden: ['Event'] });
    expect(diagnosis.rootCauses).toEqual([]);
    expect(diagnosis.verdict).toBe('unknown');
  });
});

describe('by the log of the controller', () => {
  const failedAt = (time: string, address = '10.244.0.99') => ({
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'ingress-nginx', name: 'ingress-nginx-controller-5c4d9-x8k2p' },
    container: 'controller',
    previous: false,
    text: `2026/03/02 ${time} [error] 31#31: *9 connect() failed (113: Host is unreachable) while connecting to upstream, client: 198.51.100.7, server: shop.example.com, request: "GET / HTTP/1.1", upstream: "http://${address}:8080/", host: "shop.example.com"\n`,
  });
  const since = '2026-03-02T11:59:59Z';

  test('a request that found nobody there a while ago proves the address stale', async () => {
    const diagnosis = await overlay(documents(slice(gone), young(since), failedAt('11:58:00')));
    expect(findingOf(diagnosis, 'endpoints-stale')).toMatchObject({ partial: true, confidence: 'likely' });
  });

  test('one of just now, or at another address, does not', async () => {
    for (const log of [failedAt('11:59:55'), failedAt('11:58:00', '10.244.0.22')]) {
      const diagnosis = await overlay(documents(slice(gone), young(since), log));
      expect(findingOf(diagnosis, 'endpoints-stale').confidence).toBe('suspect');
    }
  });
});
