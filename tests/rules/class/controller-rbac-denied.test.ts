import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { nginxLog } from '../controller-logs.ts';
import { documents } from '../shop-objects.ts';

const NAME = 'controller-rbac-denied';
const refused = (
  time: string,
  verb: string,
  resource: string,
  group: string,
  where = 'at the cluster scope',
) =>
  `E0302 ${time}.123456       7 reflector.go:158] "Unhandled Error" err="failed to list: ${resource}.${group} is forbidden: User \\"system:serviceaccount:ingress-nginx:ingress-nginx\\" cannot ${verb} resource \\"${resource}\\" in API group \\"${group}\\" ${where}"`;

test('is certain for what the controller needs', async () => {
  const line = refused('11:59:40', 'list', 'endpointslices', 'discovery.k8s.io');
  const diagnosis = await overlay(documents(nginxLog(line)));
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(findingOf(diagnosis, NAME).severity).toBe('critical');
  expect(findingOf(diagnosis, NAME).fix?.commands[0]?.run).toBe(
    'kubectl auth can-i list endpointslices.discovery.k8s.io --as=system:serviceaccount:ingress-nginx:ingress-nginx -A',
  );
});

test('names the namespace where it is refused in one', async () => {
  const line = refused('11:59:40', 'list', 'secrets', '', 'in the namespace \\"shop\\"');
  const { fix } = findingOf(await overlay(documents(nginxLog(line))), NAME);
  expect(fix?.commands[0]?.run).toBe(
    'kubectl -n shop auth can-i list secrets --as=system:serviceaccount:ingress-nginx:ingress-nginx',
  );
});

test('ingress-nginx tells once that it may not list IngressClasses', async () => {
  const line =
    'W0302 11:46:00.123456       7 main.go:145] No permissions to list and get Ingress Classes: forbidden, IngressClass feature will be disabled';
  expect(rootOf(await overlay(documents(nginxLog(line))))).toBe(NAME);
});

test('what requests do not depend on is a remark', async () => {
  const diagnosis = await overlay(documents(nginxLog(refused('11:59:40', 'create', 'events', ''))));
  expect(findingOf(diagnosis, NAME).severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('what has not been refused again for minutes is mended', async () => {
  const line = refused('11:50:40', 'list', 'endpointslices', 'discovery.k8s.io');
  expect(rulesOf(await overlay(documents(nginxLog(line))))).not.toContain(NAME);
});
