import {
  carriesPort,
  countEndpoints,
  endpointsForPort,
  endpointsOf,
} from '../../src/kubernetes/endpoints.ts';
import type { Endpoint, EndpointSlice } from '../../src/kubernetes/types.ts';

function slice(
  name: string,
  endpoints: readonly Endpoint[] | null,
  ports: EndpointSlice['ports'],
): EndpointSlice {
  return { metadata: { name }, endpoints, ...(ports !== undefined && { ports }) };
}

const http = [{ name: 'http', port: 8080 }];

describe('endpointsOf', () => {
  test("applies Kubernetes' defaults to absent and null conditions", () => {
    const endpoints: Endpoint[] = [
      { addresses: ['10.0.0.1'] },
      { addresses: ['10.0.0.2'], conditions: { ready: false } },
      { addresses: ['10.0.0.3'], conditions: { ready: null, serving: null, terminating: null } },
      { addresses: ['10.0.0.4'], conditions: { ready: false, serving: true, terminating: true } },
    ];
    expect(
      endpointsOf([slice('a', endpoints, http)]).map(({ ready, serving, terminating }) => [
        ready,
        serving,
        terminating,
      ]),
    ).toEqual([
      [true, true, false],
      [false, false, false],
      [true, true, false],
      [false, true, true],
    ]);
  });

  test('joins an address that stands in two slices, a ready entry winning', () => {
    const joined = endpointsOf([
      slice('a', [{ addresses: ['10.0.0.1'], conditions: { ready: false } }], http),
      slice('b', [{ addresses: ['10.0.0.1'], conditions: { ready: true } }], [{ name: 'admin', port: 9090 }]),
    ]);
    expect(joined).toHaveLength(1);
    expect(joined[0]).toMatchObject({ ready: true, slices: ['a', 'b'] });
    expect(joined[0]?.ports.map(({ name }) => name)).toEqual(['http', 'admin']);
  });

  test('takes null lists as empty', () => {
    expect(endpointsOf([slice('a', null, null)])).toEqual([]);
  });

  test('with a port name takes only slices that carry it', () => {
    const slices = [
      slice('with', [{ addresses: ['10.0.0.1'] }], http),
      slice('without', [{ addresses: ['10.0.0.2'] }], []),
      slice('unnamed', [{ addresses: ['10.0.0.3'] }], [{ port: 8080 }]),
    ];
    expect(endpointsOf(slices, 'http').map(({ address }) => address)).toEqual(['10.0.0.1']);
    expect(endpointsOf(slices, '').map(({ address }) => address)).toEqual(['10.0.0.3']);
  });
});

describe('endpointsForPort', () => {
  const slices = [slice('a', [{ addresses: ['10.0.0.1'] }], [{ name: 'web', port: 8080 }])];

  test('needs the port by name, unless the controller falls back to the targetPort', () => {
    const port = { name: 'http', port: 80, targetPort: 8080 };
    expect(endpointsForPort(slices, port, false)).toEqual([]);
    expect(endpointsForPort(slices, port, true)).toHaveLength(1);
  });
});

describe('countEndpoints', () => {
  test('counts states apart, and a dual-stack Pod once', () => {
    const targetRef = { kind: 'Pod', namespace: 'shop', name: 'web-1' };
    const endpoints = endpointsOf([
      slice('v4', [{ addresses: ['10.0.0.1'], targetRef }, { addresses: ['10.0.0.2'] }], http),
      slice('v6', [{ addresses: ['2001:db8::1'], targetRef }], http),
      slice(
        'gone',
        [{ addresses: ['10.0.0.3'], conditions: { ready: false, serving: true, terminating: true } }],
        http,
      ),
      slice('sick', [{ addresses: ['10.0.0.4'], conditions: { ready: false } }], http),
    ]);
    expect(countEndpoints(endpoints)).toEqual({
      total: 4,
      ready: 2,
      serving: 3,
      terminating: 1,
      notReady: 1,
    });
  });
});

describe('carriesPort', () => {
  test('an unnamed port is no match for a name', () => {
    expect(carriesPort(slice('a', [], [{ port: 8080 }]), 'http')).toBe(false);
  });
});
