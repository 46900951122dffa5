import { openFile } from '../src/cluster/file/open.ts';
import { diagnoseTarget } from '../src/diagnose-target.ts';
import type { Target } from '../src/model/target.ts';

async function problemOf(target: Target): Promise<string | undefined> {
  return (await diagnoseTarget(await openFile('examples/incident.yaml', {}), target, {})).problem?.message;
}

describe('what is not there is told with what comes near', () => {
  test.each([
    ['a swapped letter', 'shop', 'wbe', /^Ingress wbe not found in namespace shop; did you mean web\?$/],
    ['another namespace', 'blog', 'web', /did you mean -n shop web\?$/],
    [
      'nothing alike',
      'shop',
      'payments',
      /^Ingress payments not found in namespace shop; there are: admin, web$/,
    ],
    ['an empty namespace', 'test', 'payments', /^Ingress payments not found in namespace test$/],
  ])('%s', async (_, namespace, name, expected) => {
    expect(await problemOf({ kind: 'ingress', namespace, name })).toMatch(expected);
  });

  test('a namespace', async () => {
    expect(await problemOf({ kind: 'namespace', namespace: 'shpo' })).toMatch(/did you mean -n shop\?$/);
    expect(await problemOf({ kind: 'namespace', namespace: 'kube-system' })).toBe(
      'no Ingress in namespace kube-system',
    );
  });
});
