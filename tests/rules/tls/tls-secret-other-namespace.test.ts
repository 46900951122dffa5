import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { document, ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const TLS = ingress({ spec: tlsFor('shop.example.com') });

function secretIn(namespace: string, names?: readonly string[]): string {
  return tlsSecret(names === undefined ? {} : { names }).replace(
    '"namespace":"shop"',
    `"namespace":"${namespace}"`,
  );
}

test('explains the Secret that is missing', async () => {
  const diagnosis = await overlay(TLS + secretIn('certs'));
  expect(rootsOf(diagnosis)).toEqual(['tls-secret-other-namespace']);
  expect(findingOf(diagnosis, 'tls-secret-other-namespace').confidence).toBe('certain');
  expect(rulesOf(diagnosis)).toContain('tls-secret-missing');
});

test.each([
  ['the namesake is for another host', secretIn('certs', ['other.example.com'])],
  ['the namesake is broken', secretIn('certs').replace('"keyMatches":true', '"keyMatches":false')],
])('is silent where %s', async (_, yaml) => {
  expect(rootsOf(await overlay(TLS + yaml))).toEqual(['tls-secret-missing']);
});

describe('on Contour', () => {
  const annotations = { 'projectcontour.io/tls-cert-namespace': 'certs' };
  const DELEGATED = ingress({ annotations, spec: tlsFor('shop.example.com') }) + secretIn('certs');
  const delegation = (targets: readonly string[], secretName = 'web-tls') =>
    document({
      apiVersion: 'projectcontour.io/v1',
      kind: 'TLSCertificateDelegation',
      metadata: { name: 'web', namespace: 'certs' },
      spec: { delegations: [{ secretName, targetNamespaces: targets }] },
    });

  test.each([
    ['there is no delegation', ''],
    ['it is for other namespaces', delegation(['pay'])],
    ['it is of another Secret', delegation(['*'], 'other')],
  ])('the handshake fails where %s', async (_, yaml) => {
    const diagnosis = await overlay(DELEGATED + yaml, { controller: 'contour' });
    expect(rootsOf(diagnosis)).toEqual(['tls-secret-other-namespace']);
    expect(diagnosis.routes[0]?.prediction.symptom).toBe('tls-handshake-failure');
  });

  test.each([[['*']], [['pay', 'shop']]])('a delegation to %j is enough', async (targets) => {
    const diagnosis = await overlay(DELEGATED + delegation(targets), { controller: 'contour' });
    expect(rulesOf(diagnosis)).toEqual([]);
  });

  test('nothing can be told where delegations may not be read', async () => {
    const forbidden = ['TLSCertificateDelegation'];
    const diagnosis = await overlay(DELEGATED, { controller: 'contour', forbidden });
    expect(rulesOf(diagnosis)).not.toContain('tls-secret-other-namespace');
    expect(diagnosis.verdict).toBe('unknown');
  });

  test('without the annotation the Secret is looked for beside the Ingress', async () => {
    const diagnosis = await overlay(TLS + tlsSecret(), { controller: 'contour' });
    expect(rulesOf(diagnosis)).toEqual([]);
  });
});

test('Istio looks beside its gateway', async () => {
  const labels = { app: 'istio-ingressgateway', istio: 'ingressgateway' };
  const deployment = (name: string, pod: object, container: object) =>
    document({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'istio-system', labels: pod },
      spec: {
        replicas: 1,
        selector: { matchLabels: pod },
        template: { metadata: { labels: pod }, spec: { containers: [container] } },
      },
      status: { readyReplicas: 1, replicas: 1 },
    });
  const istio =
    deployment(
      'istiod',
      { app: 'istiod' },
      { name: 'discovery', image: 'example.com/pilot:1.28', args: ['discovery'] },
    ) +
    deployment('istio-ingressgateway', labels, { name: 'istio-proxy', image: 'example.com/proxyv2:1.28' }) +
    document({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx' },
      spec: { controller: 'istio.io/ingress-controller' },
    });
  const beside = await overlay(istio + TLS + tlsSecret());
  expect(findingOf(beside, 'tls-secret-other-namespace').object.namespace).toBe('istio-system');
  const right = await overlay(istio + TLS + secretIn('istio-system'));
  expect(rulesOf(right).filter((rule) => rule.startsWith('tls-'))).toEqual([]);
});
