import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';

const CLASS = ['--controller-class=k8s.io/ingress-nginx', '--ingress-class=nginx'];

function twin(parts: { readonly namespace?: string; readonly args?: readonly string[] } = {}): string {
  const { namespace = 'nginx-internal', args = [] } = parts;
  return nginxDeployment({
    name: 'internal',
    namespace,
    args: [...CLASS, ...args],
    labels: { 'app.kubernetes.io/instance': 'internal' },
    readyReplicas: 1,
  });
}

test('is a remark: requests succeed', async () => {
  const diagnosis = await overlay(twin());
  expect(findingOf(diagnosis, 'controller-twins')).toMatchObject({ severity: 'low' });
  expect(rootsOf(diagnosis)).not.toContain('controller-twins');
});

test.each([
  ['another namespace is looked at', twin({ args: ['--watch-namespace=pay'] })],
  ['it is scaled to nothing', twin().replace('"replicas":1', '"replicas":0')],
  ['the class is another one', twin({ args: ['--controller-class=k8s.io/internal'] })],
])('is silent where %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('controller-twins');
});

test.each([
  ['one of them writes no status', twin({ args: ['--update-status=false'] })],
  [
    'both elect one writer',
    twin({ namespace: 'ingress-nginx', args: ['--election-id=ingress-nginx-leader'] }),
  ],
])('says nothing of the address where %s', async (_, yaml) => {
  expect(findingOf(await overlay(yaml), 'controller-twins').severity).toBe('info');
});
