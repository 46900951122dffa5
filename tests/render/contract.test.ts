import { load } from 'js-yaml';
import { renderJson } from '../../src/render/json.ts';
import { renderYaml } from '../../src/render/yaml.ts';
import { expectGolden } from '../golden.ts';
import { degraded, failing, hostile, manyRoutes, several, unknown } from './fixtures.ts';

interface DiagnosisList {
  readonly apiVersion: string;
  readonly kind: string;
  readonly items: readonly Record<string, unknown>[];
}

function parse(json: string): DiagnosisList {
  return JSON.parse(json) as DiagnosisList;
}

/** What a terminal would obey or hide; line breaks belong to the format. */
const UNSAFE = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('JSON', () => {
  test('is a DiagnosisList with the items in the given order', () => {
    const list = parse(renderJson(several));
    expect(list).toMatchObject({ apiVersion: 'gateway-doctor/v1', kind: 'DiagnosisList' });
    expect(list.items.map(({ target, verdict }) => [target, verdict])).toEqual(
      several.map(({ target, verdict }) => [target, verdict]),
    );
  });

  test('has the keys of the contract in their order', () => {
    const [item = {}] = parse(renderJson([failing])).items;
    expect(Object.keys(item)).toEqual([
      'target',
      'verdict',
      'controller',
      'rootCauses',
      'routes',
      'findings',
      'notChecked',
    ]);
    const [route = {}] = item['routes'] as Record<string, unknown>[];
    expect(Object.keys(route).slice(0, 6)).toEqual(['id', 'host', 'path', 'pathType', 'tls', 'backend']);
    expect(route['prediction']).toEqual({
      status: 503,
      symptom: 'no-endpoints',
      answeredBy: 'ingress-nginx',
      confidence: 'certain',
      reason: 'no ready endpoint',
    });
    const [finding = {}] = item['findings'] as Record<string, unknown>[];
    expect(Object.keys(finding).slice(0, 8)).toEqual([
      'code',
      'rule',
      'severity',
      'confidence',
      'object',
      'message',
      'evidence',
      'fix',
    ]);
  });

  test('a root cause is a flat finding with what it affects and explains', () => {
    const [item = {}] = parse(renderJson([failing])).items;
    const [cause] = item['rootCauses'] as Record<string, unknown>[];
    expect(cause).toMatchObject({
      code: 'GD4107',
      object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
      affects: ['shop.example.com/api'],
      explained: ['GD2201'],
    });
    expect(cause).not.toHaveProperty('subjects');
  });

  test('says null where a status cannot be told, and keeps null apart from absence for partial trouble', () => {
    const [unknownItem = {}, degradedItem = {}] = parse(renderJson([unknown, degraded])).items;
    expect(unknownItem['routes']).toMatchObject([
      { prediction: { status: null, symptom: null, answeredBy: null } },
    ]);
    expect(unknownItem['routes']).not.toMatchObject([{ prediction: { partialStatus: null } }]);
    expect(degradedItem['routes']).toMatchObject([{ prediction: { status: 200, partialStatus: 502 } }]);
  });

  test('leaves out the namespace of cluster-scoped objects', () => {
    const [item = {}] = parse(renderJson([failing])).items;
    const [route = {}] = item['routes'] as { hops?: { object: object }[] }[];
    expect(route.hops?.[1]?.object).toEqual({ kind: 'IngressClass', name: 'nginx' });
  });

  test('holds long and hostile text whole, but nothing that a terminal obeys', () => {
    const text = renderJson([hostile]);
    expect(text).not.toMatch(UNSAFE);
    const [item = {}] = parse(text).items;
    expect(item['target']).toEqual(hostile.target);
    expect(item['rootCauses']).toMatchObject([{ evidence: hostile.rootCauses[0]?.finding.evidence }]);
  });

  test('looks as agreed', () => {
    expectGolden('render/golden/list.json.txt', renderJson([failing, unknown]));
  });
});

describe('YAML', () => {
  test.each([
    ['several', several],
    ['hostile', [hostile]],
    ['manyRoutes', [manyRoutes]],
    ['none', []],
  ])('%s: is the same value as the JSON', (_, diagnoses) => {
    expect(load(renderYaml(diagnoses))).toEqual(JSON.parse(renderJson(diagnoses)));
  });

  test('holds nothing that a terminal obeys, and no anchors', () => {
    expect(renderYaml([hostile])).not.toMatch(UNSAFE);
    expect(renderYaml([failing])).not.toMatch(/[&*]ref_/);
  });

  test('looks as agreed', () => {
    expectGolden('render/golden/list.yaml.txt', renderYaml([failing, unknown]));
  });
});
