import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginxPod, nginxService } from '../controllers.ts';
import { ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const TLS = ingress({ spec: tlsFor('shop.example.com') }) + tlsSecret();
const HTTP_ONLY = nginxService({ address: '203.0.113.10' });

test('hits HTTPS requests only', async () => {
  const diagnosis = await overlay(TLS + HTTP_ONLY);
  expect(rootsOf(diagnosis)).toEqual(['tls-no-https-listener']);
  expect(findingOf(diagnosis, 'tls-no-https-listener')).toMatchObject({
    partial: true,
    confidence: 'likely',
  });
});

test('is a suspicion with Node ports, before which something may end TLS', async () => {
  const diagnosis = await overlay(TLS + nginxService({ type: 'NodePort' }));
  expect(findingOf(diagnosis, 'tls-no-https-listener').confidence).toBe('suspect');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['no TLS is asked for', ingress() + HTTP_ONLY],
  [
    'the controller is in the network of its Nodes',
    TLS + HTTP_ONLY + nginxPod({ spec: { hostNetwork: true } }),
  ],
  [
    'another Service has the port',
    TLS + HTTP_ONLY.replace('"name":"ingress-nginx-controller"', '"name":"second"'),
  ],
  ['the port has another number', TLS + HTTP_ONLY.replace('"targetPort":"http"', '"targetPort":"https"')],
  ['no Service leads to it from outside', TLS + nginxService({ type: 'ClusterIP' })],
])('is silent where %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('tls-no-https-listener');
});

describe('on AWS', () => {
  const labels = { 'app.kubernetes.io/name': 'aws-load-balancer-controller' };
  const objects = [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'aws-load-balancer-controller', namespace: 'kube-system', labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'controller',
                image: 'example.com/aws-load-balancer-controller:v2.14.1',
                args: ['--ingress-class=alb'],
              },
            ],
          },
        },
      },
      status: { replicas: 1, readyReplicas: 1 },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx' },
      spec: { controller: 'ingress.k8s.aws/alb' },
    },
  ];
  const alb = (annotations: Readonly<Record<string, string>>) =>
    ingress({
      annotations: { 'alb.ingress.kubernetes.io/target-type': 'ip', ...annotations },
      spec: { tls: [{ hosts: ['shop.example.com'] }] },
    }) + objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');

  test.each([[{}], [{ 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP": 80}]' }]])(
    '%j asks for no HTTPS',
    async (annotations) => {
      expect(rulesOf(await overlay(alb(annotations)))).toContain('tls-no-https-listener');
    },
  );

  test.each([
    [{ 'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu-west-1:1:certificate/1' }],
    [{ 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP": 80}, {"HTTPS": 443}]' }],
  ])('%j does', async (annotations) => {
    expect(rulesOf(await overlay(alb(annotations)))).not.toContain('tls-no-https-listener');
  });
});
