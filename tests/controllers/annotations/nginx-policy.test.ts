import { annotationPolicy } from '../../../src/controllers/annotations/nginx-policy.ts';

function installation(image: string, settings: Readonly<Record<string, string>> = {}) {
  const container = { name: 'controller', image };
  return {
    settings: new Map(Object.entries(settings)),
    controlPlanes: [{ kind: 'Deployment', spec: { template: { spec: { containers: [container] } } } }],
  };
}

test('defaults changed with 1.9 and 1.12', () => {
  expect(annotationPolicy(installation('controller:v1.8.4'))).toMatchObject({
    highestRisk: { value: 'Critical', known: 'by-release' },
    allowsSnippets: { value: true },
    allowsOtherNamespaces: { value: true },
    validates: { value: false },
  });
  expect(annotationPolicy(installation('controller:v1.11.5'))).toMatchObject({
    highestRisk: { value: 'Critical' },
    allowsSnippets: { value: false },
    validates: { value: false },
  });
  expect(annotationPolicy(installation('controller:v1.12.0'))).toMatchObject({
    highestRisk: { value: 'High' },
    allowsSnippets: { value: false },
    allowsOtherNamespaces: { value: false },
    validates: { value: true, known: 'by-release' },
  });
});

test('settings win, and an unknown level is the lowest', () => {
  const policy = annotationPolicy(
    installation('controller:v1.14.0', {
      'annotations-risk-level': 'Everything',
      'allow-snippet-annotations': 'true',
      'enable-annotation-validation': 'false',
      'annotation-value-word-blocklist': 'load_module,lua_package',
    }),
  );
  expect(policy).toMatchObject({
    highestRisk: { value: 'Low', known: 'set' },
    allowsSnippets: { value: true, known: 'set' },
    validates: { value: false, known: 'set' },
    blockedWords: ['load_module', 'lua_package'],
  });
});

test('without a known release the present defaults are assumed', () => {
  expect(annotationPolicy(installation('controller:stable')).highestRisk).toEqual({
    value: 'High',
    known: 'assumed',
  });
});
