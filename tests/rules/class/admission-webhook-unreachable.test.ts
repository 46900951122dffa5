import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginxPod } from '../controllers.ts';
import { document } from '../ingresses.ts';

function webhook(parts: { readonly policy?: string; readonly resources?: readonly string[] } = {}): string {
  const { policy = 'Fail', resources = ['ingresses'] } = parts;
  return document({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'admission' },
    webhooks: [
      {
        name: 'validate.example.com',
        failurePolicy: policy,
        clientConfig: { service: { namespace: 'ingress-nginx', name: 'admission' } },
        rules: [{ apiGroups: ['networking.k8s.io'], resources }],
      },
    ],
  });
}

const SERVICE = document({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'admission', namespace: 'ingress-nginx' },
  spec: { selector: { app: 'x' }, ports: [{ port: 443 }] },
});

function slice(ready: boolean): string {
  return document({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'admission-1',
      namespace: 'ingress-nginx',
      labels: { 'kubernetes.io/service-name': 'admission' },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.244.0.10'], conditions: { ready } }],
    ports: [{ port: 8443 }],
  });
}

const DOWN = nginxPod({ isReady: false });

test('lies beneath the controller that is down, and takes nothing down by itself', async () => {
  const diagnosis = await overlay(DOWN + SERVICE + slice(false) + webhook());
  expect(rootsOf(diagnosis)).toEqual(['controller-not-ready']);
  const explained = diagnosis.rootCauses[0]?.explained.map(({ rule }) => rule);
  expect(explained).toContain('admission-webhook-unreachable');
});

test('offers to delete what an uninstalled controller left', async () => {
  const { fix } = findingOf(await overlay(DOWN + webhook()), 'admission-webhook-unreachable');
  expect(fix?.commands.at(-1)).toEqual({
    run: 'kubectl delete validatingwebhookconfiguration admission',
    effect: 'changes',
  });
});

test.each([
  ['writes pass without it', DOWN + webhook({ policy: 'Ignore' })],
  ['it is about other objects', DOWN + webhook({ resources: ['networkpolicies'] })],
  ['it is answered', DOWN + SERVICE + slice(true) + webhook()],
  ['the controller is well, so that it is not looked at', webhook()],
])('is silent where %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('admission-webhook-unreachable');
});
