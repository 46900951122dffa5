import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Kind, RESOURCES } from '../../src/cluster/kinds.ts';
import { reduceObject } from '../../src/kubernetes/reduce.ts';
import { SHAPES } from '../../src/kubernetes/shape.ts';
import type { AnyShape } from '../../src/kubernetes/shape-of.ts';

const KINDS = Object.keys(RESOURCES) as Kind[];

test('every object gets its kind and version', () => {
  for (const kind of KINDS) {
    expect(reduceObject(kind, {})).toMatchObject({ kind, apiVersion: RESOURCES[kind].apiVersion });
    expect(reduceObject(kind, 'nonsense')).toMatchObject({ kind });
  }
});

describe('what no diagnosis reads is left out', () => {
  test('field sets and the last applied configuration', () => {
    const service = reduceObject('Service', {
      metadata: {
        name: 'web',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', other: 'kept' },
        managedFields: [
          { manager: 'helm', operation: 'Update', time: '2026-01-01T00:00:00Z', fieldsV1: { 'f:spec': {} } },
        ],
      },
    });
    expect(service.metadata).toEqual({
      name: 'web',
      annotations: { other: 'kept' },
      managedFields: [{ manager: 'helm', operation: 'Update', time: '2026-01-01T00:00:00Z' }],
    });
  });

  test('images of a Node and binary data of a ConfigMap', () => {
    expect(reduceObject('Node', { status: { images: [{}], conditions: [] } }).status).toEqual({
      conditions: [],
    });
    expect(reduceObject('ConfigMap', { binaryData: { a: 'eA==' }, data: { b: 'c' } })).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { b: 'c' },
    });
  });

  test('environment values, but not the arguments', () => {
    const pod = reduceObject('Pod', {
      spec: {
        containers: [
          {
            args: ['--token=x'],
            env: [
              { name: 'PASSWORD', value: 'marker' },
              { name: 'KEY', valueFrom: { secretKeyRef: { name: 'marker' } } },
            ],
          },
        ],
      },
    });
    expect(pod.spec?.containers).toEqual([
      { args: ['--token=x'], env: [{ name: 'PASSWORD' }, { name: 'KEY' }] },
    ]);
  });
});

describe('what has the wrong type is left out', () => {
  test('containers', () => {
    expect(reduceObject('Service', { metadata: [], spec: 'x', status: 3 })).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
    });
  });

  test('fields, array items and map values', () => {
    const service = reduceObject('Service', {
      metadata: { name: 5, labels: { good: 'x', bad: 1, worse: null } },
      spec: {
        selector: ['a'],
        ports: [{ port: '80', targetPort: true }, 'x', { port: 80, targetPort: 'http' }],
      },
    });
    expect(service.metadata).toEqual({ labels: { good: 'x' } });
    expect(service.spec).toEqual({ ports: [{}, { port: 80, targetPort: 'http' }] });
  });

  test('null is as good as absent', () => {
    const slice = reduceObject('EndpointSlice', { endpoints: null, ports: [{ name: null, port: 80 }] });
    expect(slice).toEqual({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      ports: [{ port: 80 }],
    });
  });
});

test('an empty selector stays apart from an absent one', () => {
  expect(reduceObject('NetworkPolicy', { spec: { podSelector: {} } }).spec).toEqual({ podSelector: {} });
  expect(reduceObject('NetworkPolicy', { spec: {} }).spec).toEqual({});
});

test('a quantity may be written as a number', () => {
  const quota = reduceObject('ResourceQuota', {
    status: { hard: { pods: 3, memory: '1Gi', odd: Number.NaN } },
  });
  expect(quota.status?.hard).toEqual({ pods: '3', memory: '1Gi' });
});

test('an Event of events.k8s.io/v1 becomes one of core/v1', () => {
  const event = reduceObject('Event', {
    apiVersion: 'events.k8s.io/v1',
    metadata: { name: 'e' },
    regarding: { kind: 'Pod', namespace: 'shop', name: 'web-1' },
    note: 'Readiness probe failed',
    reason: 'Unhealthy',
    type: 'Warning',
    reportingController: 'kubelet',
    deprecatedCount: 36,
    deprecatedFirstTimestamp: '2026-01-01T00:00:00Z',
    deprecatedLastTimestamp: '2026-01-01T00:04:00Z',
    deprecatedSource: { component: 'kubelet', host: 'node-1' },
    eventTime: null,
  });
  expect(event).toEqual({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e' },
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'web-1' },
    message: 'Readiness probe failed',
    reason: 'Unhealthy',
    type: 'Warning',
    reportingComponent: 'kubelet',
    count: 36,
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:04:00Z',
    source: { component: 'kubelet', host: 'node-1' },
  });
});

describe('a Secret', () => {
  const certificate = readFileSync(join(import.meta.dirname, '../fixtures/certificates/shop.crt')).toString(
    'base64',
  );

  test('keeps nothing of its values', () => {
    const secret = reduceObject('Secret', {
      metadata: {
        name: 'web-tls',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'marker' },
      },
      type: 'kubernetes.io/tls',
      immutable: true,
      data: { 'tls.crt': certificate, password: Buffer.from('marker').toString('base64') },
      stringData: { token: 'marker' },
    });
    expect(secret).toMatchObject({
      keys: ['tls.crt', 'password', 'token'],
      certificates: [{ names: { length: 4 } }],
    });
    expect(JSON.stringify(secret)).not.toMatch(/marker|bWFya2Vy/);
  });

  test('that is reduced already stays as it is', () => {
    const facts = reduceObject('Secret', { metadata: { name: 'a' }, data: { 'tls.crt': certificate } });
    expect(reduceObject('Secret', structuredClone(facts))).toEqual(facts);
  });

  test('cannot smuggle values in by looking reduced', () => {
    const secret = reduceObject('Secret', {
      keys: ['a'],
      data: { a: 'bWFya2Vy' },
      certificates: [{ subject: 'x' }],
    });
    expect(secret).toMatchObject({ keys: ['a'], certificateProblem: '`tls.crt` is missing' });
    expect(
      JSON.stringify(reduceObject('Secret', { keys: ['a'], certificates: [{ subject: 'x' }] })),
    ).not.toMatch(/subject/);
  });
});

/** Objects that fit the shape, with anything in places. */
function nearly(shape: AnyShape): fc.Arbitrary<unknown> {
  const anything = { weight: 1, arbitrary: fc.anything({ maxDepth: 1 }) };
  return fc.oneof(anything, { weight: 9, arbitrary: fitting(shape) });
}

function fitting(shape: AnyShape): fc.Arbitrary<unknown> {
  if (shape === 'string') return fc.string({ unit: 'binary' });
  if (shape === 'number') return fc.double();
  if (shape === 'boolean') return fc.boolean();
  if (shape === 'number or string') return fc.oneof(fc.nat(), fc.string());
  if (shape === 'present') return fc.constant({});
  if (typeof shape === 'string')
    return fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.nat()), { maxKeys: 3 });
  if (Array.isArray(shape)) return fc.array(nearly(shape[0]), { maxLength: 2 });
  const fields = Object.fromEntries(
    Object.entries(shape).map(([field, inner]) => [field, fc.memo(() => nearly(inner))(1)]),
  );
  return fc.record(fields, { requiredKeys: [] });
}

function expectShape(shape: AnyShape, value: unknown): void {
  if (shape === 'number or string') expect(['number', 'string']).toContain(typeof value);
  else if (shape === 'strings' || shape === 'quantities') {
    for (const item of Object.values(value as object)) expect(typeof item).toBe('string');
  } else if (shape === 'present') expect(value).toEqual({});
  else if (typeof shape === 'string') expect(typeof value).toBe(shape);
  else if (Array.isArray(shape)) {
    expect(Array.isArray(value)).toBe(true);
    for (const item of value as unknown[]) expectShape(shape[0], item);
  } else {
    expect(typeof value).toBe('object');
    const fields = shape as Readonly<Record<string, AnyShape>>;
    for (const [field, item] of Object.entries(value as object)) {
      const inner = fields[field];
      expect(inner).toBeDefined();
      if (inner) expectShape(inner, item);
    }
  }
}

test.each(KINDS)('any input gives a well-typed %s, and reducing it again changes nothing', (kind) => {
  fc.assert(
    fc.property(fc.oneof(nearly(SHAPES[kind]), fc.anything()), (raw) => {
      const reduced = reduceObject(kind, raw);
      expectShape(SHAPES[kind], reduced);
      expect(JSON.stringify(reduceObject(kind, reduced))).toBe(JSON.stringify(reduced));
    }),
    { numRuns: 25 },
  );
});
