import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { ingress, ingressClass } from '../ingresses.ts';

test('names the class that is nearly named so', async () => {
  const diagnosis = await overlay(ingress({ className: 'ngnix', hasAddress: false }));
  const { confidence, fix } = findingOf(diagnosis, 'ingressclass-missing');
  expect(confidence).toBe('certain');
  expect(fix?.commands.map(({ run }) => run).join('\n')).toContain('"value":"nginx"');
  expect(diagnosis.routes[0]?.prediction).toMatchObject({ symptom: 'not-served', status: 404 });
});

test('explains that the Ingress has no address', async () => {
  const { rootCauses } = await overlay(ingress({ className: 'ngnix', hasAddress: false }));
  expect(rootCauses.map(({ finding }) => finding.rule)).toEqual(['ingressclass-missing']);
  expect(rootCauses[0]?.explained.map(({ rule }) => rule)).toEqual(['ingress-status-empty']);
});

test('is silent on Contour, which compares names only', async () => {
  const diagnosis = await overlay('# without: IngressClass nginx\n'.replace(/.*/, ''), {
    controller: 'contour',
    change: (object) => (isClass(object) ? { ...object, metadata: { name: 'unused' } } : object),
  });
  expect(diagnosis.verdict).toBe('healthy');
  expect(rulesOf(diagnosis)).not.toContain('ingressclass-missing');
});

test('leaves a name that Contour is not set to to another rule', async () => {
  const diagnosis = await overlay(ingress({ className: 'contuor', hasAddress: false }), {
    controller: 'contour',
  });
  expect(rootOf(diagnosis)).toBe('ingressclass-controller-arg-mismatch');
});

test('is silent on an annotation that names no IngressClass', async () => {
  const diagnosis = await overlay(
    `# without: IngressClass nginx\n${ingress({
      className: null,
      annotations: { 'kubernetes.io/ingress.class': 'nginx' },
    })}`,
  );
  expect(diagnosis.verdict).toBe('healthy');
  expect(rulesOf(diagnosis)).toEqual(['class-annotation-only']);
});

test('cannot tell without the IngressClasses', async () => {
  const diagnosis = await overlay(ingress({ className: 'ngnix' }), { forbidden: ['IngressClass'] });
  expect(rulesOf(diagnosis)).not.toContain('ingressclass-missing');
  expect(diagnosis.verdict).toBe('unknown');
});

test("knows that GKE's controller takes no class by the field", async () => {
  const diagnosis = await overlay(
    `# without: Deployment ingress-nginx/ingress-nginx-controller\n${ingress({ className: 'gce', hasAddress: false })}${ingressClass('other', 'example.com/other')}`,
  );
  expect(findingOf(diagnosis, 'ingressclass-missing').confidence).toBe('likely');
});

function isClass(object: object): boolean {
  return (object as { readonly kind?: string }).kind === 'IngressClass';
}

test('only suspects where no controller could be looked for', async () => {
  const diagnosis = await overlay(ingress({ className: 'ngnix' }), {
    forbidden: ['Deployment', 'DaemonSet'],
  });
  expect(findingOf(diagnosis, 'ingressclass-missing').confidence).toBe('suspect');
  expect(diagnosis.verdict).toBe('unknown');
});
