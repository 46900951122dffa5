import {
  matchesLabelSelector,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
} from '../../src/kubernetes/selector.ts';

describe('matchesLabels', () => {
  test('asks for every pair', () => {
    expect(matchesLabels({ a: '1', b: '2' }, { a: '1', b: '2', c: '3' })).toBe(true);
    expect(matchesLabels({ a: '1', b: '2' }, { a: '1' })).toBe(false);
    expect(matchesLabels({ a: '1' })).toBe(false);
  });

  test('is met by all when empty', () => {
    expect(matchesLabels({}, {})).toBe(true);
  });

  test('is not fooled by names that every JavaScript object has', () => {
    expect(parseLabelSelector('constructor')?.({})).toBe(false);
    expect(matchesLabels({ toString: 'x' }, {})).toBe(false);
  });
});

describe('matchesLabelSelector', () => {
  const labels = { app: 'web', tier: '' };

  test('selects nothing when absent and everything when empty', () => {
    expect(matchesLabelSelector(undefined, labels)).toBe(false);
    expect(matchesLabelSelector({}, labels)).toBe(true);
    expect(matchesLabelSelector({}, undefined)).toBe(true);
  });

  test.each<[string, string, readonly string[], boolean]>([
    ['app', 'In', ['api', 'web'], true],
    ['app', 'In', ['api'], false],
    ['tier', 'In', [''], true],
    ['missing', 'In', [''], false],
    ['app', 'In', [], false],
    ['app', 'NotIn', ['api'], true],
    ['app', 'NotIn', ['web'], false],
    ['missing', 'NotIn', ['web'], true],
    ['missing', 'NotIn', [], false],
    ['tier', 'Exists', [], true],
    ['missing', 'Exists', [], false],
    ['app', 'Exists', ['x'], false],
    ['missing', 'DoesNotExist', [], true],
    ['app', 'DoesNotExist', [], false],
    ['app', 'Gt', ['1'], false],
  ])('%s %s %j is %s', (key, operator, values, expected) => {
    expect(matchesLabelSelector({ matchExpressions: [{ key, operator, values }] }, labels)).toBe(expected);
  });

  test('asks for labels and expressions both', () => {
    const matchExpressions = [{ key: 'tier', operator: 'Exists' }];
    expect(matchesLabelSelector({ matchLabels: { app: 'web' }, matchExpressions }, labels)).toBe(true);
    expect(matchesLabelSelector({ matchLabels: { app: 'api' }, matchExpressions }, labels)).toBe(false);
  });
});

describe('parseLabelSelector', () => {
  const labels = { app: 'web', 'example.com/tier': 'front', empty: '' };

  test.each<[string, boolean]>([
    ['', true],
    ['app=web', true],
    ['app == web', true],
    ['app!=web', false],
    ['missing!=web', true],
    ['app=', false],
    ['empty=', true],
    ['app', true],
    ['!app', false],
    ['!missing', true],
    ['app in (api, web),example.com/tier', true],
    ['app in (api)', false],
    ['app notin (api),empty in (,x)', true],
    ['app notin (web)', false],
    ['missing notin (web)', true],
    ['app=web,example.com/tier=back', false],
    ['in=x', false],
  ])('`%s` is %s', (text, expected) => {
    expect(parseLabelSelector(text)?.(labels)).toBe(expected);
  });

  test.each([
    'app=a=b',
    'app in',
    'app in (',
    ',',
    'app,',
    ',app',
    '=x',
    '!app=x',
    'a b',
    'app in (a b)',
    '!',
  ])('`%s` cannot be read', (text) => {
    expect(parseLabelSelector(text)).toBeUndefined();
  });
});

describe('parseFieldSelector', () => {
  const event = { metadata: { name: 'e' }, type: 'Warning', involvedObject: { name: 'a,b=c' }, count: 3 };

  test.each<[string, boolean]>([
    ['', true],
    ['type=Warning', true],
    ['type!=Normal,metadata.name==e', true],
    ['involvedObject.name=a\\,b\\=c', true],
    ['involvedObject.kind=', true],
    ['involvedObject.kind!=Pod', true],
    ['count=3', true],
    ['metadata=', true],
    ['type=Normal', false],
  ])('`%s` is %s', (text, expected) => {
    expect(parseFieldSelector(text)?.(event)).toBe(expected);
  });

  test.each(['type', 'type=a=b', '=x'])('`%s` cannot be read', (text) => {
    expect(parseFieldSelector(text)).toBeUndefined();
  });
});
