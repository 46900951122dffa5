import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { ingress, ingressClass } from '../ingresses.ts';

const CLASSLESS = ingress({ className: null, hasAddress: false });

test('is certain where every controller shows that it leaves such Ingresses alone', async () => {
  expect(findingOf(await overlay(CLASSLESS), 'ingressclass-unset-no-default').confidence).toBe('certain');
});

test('says that a default class does not help an Ingress that is there already', async () => {
  const defaultClass = ingressClass('nginx', 'k8s.io/ingress-nginx', {
    'ingressclass.kubernetes.io/is-default-class': 'true',
  });
  const { message } = findingOf(await overlay(CLASSLESS + defaultClass), 'ingressclass-unset-no-default');
  expect(message).toContain('`nginx`');
});

test('is silent where the controller watches Ingresses without a class', async () => {
  const controller = nginxDeployment({
    args: ['--controller-class=k8s.io/ingress-nginx', '--watch-ingress-without-class=true'],
  });
  const diagnosis = await overlay(ingress({ className: null }) + controller);
  expect(diagnosis.verdict).toBe('healthy');
});

test('is silent on Traefik without a class of its own', async () => {
  const diagnosis = await overlay(ingress({ className: null }), { controller: 'traefik' });
  expect(rulesOf(diagnosis)).not.toContain('ingressclass-unset-no-default');
});

test('is silent on GKE, which adopts every Ingress without a class', async () => {
  const diagnosis = await overlay(
    `# without: Deployment ingress-nginx/ingress-nginx-controller\n${ingress({ className: null })}`,
    {
      change: (object) =>
        (object as { readonly kind?: string }).kind === 'Node'
          ? { ...object, spec: { providerID: 'gce://project/zone/node1' } }
          : object,
    },
  );
  expect(diagnosis.controller.product).toBe('gke');
  expect(rulesOf(diagnosis)).not.toContain('ingressclass-unset-no-default');
});

test('only suspects where no controller is known and somebody gave the Ingress an address', async () => {
  const diagnosis = await overlay(
    `# without: Deployment ingress-nginx/ingress-nginx-controller\n${ingress({ className: null })}`,
  );
  expect(findingOf(diagnosis, 'ingressclass-unset-no-default').confidence).toBe('suspect');
});

test('cannot tell without the workloads', async () => {
  const diagnosis = await overlay(CLASSLESS, { forbidden: ['Deployment', 'DaemonSet'] });
  expect(rulesOf(diagnosis)).not.toContain('ingressclass-unset-no-default');
  expect(diagnosis.verdict).toBe('unknown');
});
