import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const WILDCARD = ingress({ host: '*.example.com' });

test.each(['http://a.b.example.com/', 'http://example.com/'])(
  'takes no other number of labels: %s',
  async (url) => {
    const diagnosis = await overlay(WILDCARD, { url });
    expect(rootsOf(diagnosis)).toEqual(['wildcard-host-one-label']);
    expect(statusOf(diagnosis)).toBe(404);
    const { fix } = findingOf(diagnosis, 'wildcard-host-one-label');
    expect(fix?.commands.some(({ run }) => run.includes('"op":"add","path":"/spec/rules/-"'))).toBe(true);
  },
);

test('is silent where the wildcard takes the host, or another rule does', async () => {
  expect((await overlay(WILDCARD, { url: 'http://A.example.com/' })).verdict).toBe('healthy');
  const both = WILDCARD + ingress({ name: 'deep', host: 'a.b.example.com' });
  expect((await overlay(both, { url: 'http://a.b.example.com/' })).verdict).toBe('healthy');
});

test('leaves hosts that no wildcard is near to host-no-match', async () => {
  expect(rulesOf(await overlay(WILDCARD, { url: 'http://example.org/' }))).toContain('host-no-match');
  const sibling = WILDCARD + ingress({ name: 'www', host: 'www.example.com' });
  const diagnosis = await overlay(sibling, { url: 'http://example.com/' });
  expect(rootsOf(diagnosis)).toEqual(['host-no-match']);
});
