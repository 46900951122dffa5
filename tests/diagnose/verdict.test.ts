import { findingOf, overlay, rootOf, rootsOf } from '../rules/check.ts';

/** The base's slice with the second Pod not ready, and that Pod crashing. */
const ONE_OF_TWO_CRASHES = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: web-abcde
  namespace: shop
  labels: { kubernetes.io/service-name: web, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io }
addressType: IPv4
ports: [{ name: http, port: 8080, protocol: TCP }]
endpoints:
  - { addresses: [10.244.0.21], conditions: { ready: true, serving: true, terminating: false }, targetRef: { kind: Pod, namespace: shop, name: web-6b7f-aaaaa } }
  - { addresses: [10.244.0.22], conditions: { ready: false, serving: false, terminating: false }, targetRef: { kind: Pod, namespace: shop, name: web-6b7f-bbbbb } }
---
apiVersion: v1
kind: Pod
metadata:
  name: web-6b7f-bbbbb
  namespace: shop
  creationTimestamp: "2026-02-10T00:00:00Z"
  labels: { app: web, pod-template-hash: 6b7f }
  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: web-6b7f, controller: true }]
spec:
  nodeName: node1
  containers: [{ name: app, image: "registry.example.com/web:1.0.0", ports: [{ name: http, containerPort: 8080 }] }]
status:
  phase: Running
  podIP: 10.244.0.22
  conditions: [{ type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: "2026-03-02T11:50:00Z" }]
  containerStatuses:
    - name: app
      ready: false
      restartCount: 6
      state: { waiting: { reason: CrashLoopBackOff } }
      lastState: { terminated: { exitCode: 1, reason: Error, startedAt: "2026-03-02T11:55:00Z", finishedAt: "2026-03-02T11:55:01Z" } }
`;

test('one of two Pods crashing is degraded, still answers 200, and names the crash as the one root', async () => {
  const diagnosis = await overlay(ONE_OF_TWO_CRASHES);
  expect(diagnosis.verdict).toBe('degraded');
  expect(diagnosis.routes[0]?.prediction).toMatchObject({ status: 200, symptom: 'reduced-capacity' });
  expect(rootsOf(diagnosis)).toEqual(['pod-crashloop']);
  expect(diagnosis.rootCauses[0]?.explained.map(({ rule }) => rule)).toContain('endpoints-partial');
});

const WRONG_PORT_AND_SELECTOR = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop, creationTimestamp: "2026-02-10T00:00:00Z" }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 81 } } } }
          - { path: /old, pathType: Prefix, backend: { service: { name: old, port: { number: 80 } } } }
          - { path: /older, pathType: Prefix, backend: { service: { name: old, port: { number: 80 } } } }
status: { loadBalancer: { ingress: [{ ip: 203.0.113.10 }] } }
`;

test('independent causes are listed by the routes that they take down', async () => {
  const diagnosis = await overlay(WRONG_PORT_AND_SELECTOR);
  expect(diagnosis.verdict).toBe('failing');
  expect(rootsOf(diagnosis)).toEqual(['service-missing', 'service-port-missing']);
  expect(diagnosis.rootCauses[0]?.affects).toEqual(['shop.example.com/old', 'shop.example.com/older']);
});

test('with a seen status what gives that status comes first', async () => {
  const slow = `${WRONG_PORT_AND_SELECTOR}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`.replaceAll('number: 81', 'number: 80');
  expect(rootOf(await overlay(slow))).toBe('service-missing');
  expect(rootOf(await overlay(slow, { seenStatus: 504 }))).toBe('netpol-ingress-deny');
  expect(rootOf(await overlay(slow, { seenStatus: 503 }))).toBe('service-missing');
});

test('a change shortly before is named with the object at fault', async () => {
  const diagnosis = await overlay(`
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  creationTimestamp: "2026-02-10T00:00:00Z"
  managedFields:
    - { manager: helm, operation: Update, time: "2026-02-10T00:00:00Z" }
    - { manager: kubectl-edit, operation: Update, time: "2026-03-02T11:40:00Z" }
spec:
  selector: { app: webb }
  ports: [{ name: http, port: 80, targetPort: http, protocol: TCP }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: web-abcde
  namespace: shop
  labels: { kubernetes.io/service-name: web, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io }
addressType: IPv4
ports: []
endpoints: []
`);
  expect(rootOf(diagnosis)).toBe('service-selector-no-pods');
  expect(diagnosis.rootCauses[0]?.change).toMatch(/Service shop\/web changed by kubectl-edit/);
});

test('a rule that breaks is reported as not checked and changes nothing else', async () => {
  const diagnosis = await overlay('', { rules: [brokenRule()] });
  expect(diagnosis.notChecked).toContainEqual({ rule: 'broken', reason: 'Error: no such luck' });
  expect(diagnosis.findings).toEqual([]);
});

function brokenRule() {
  return {
    code: 'GD9999',
    name: 'broken',
    title: 'broken',
    hop: 'doctor',
    severity: 'info',
    confidence: 'certain',
    explains: [],
    visits: 'ingress',
    needs: [],
    check: () => {
      throw new Error('no such luck');
    },
  } as const;
}

test('findings about several Pods keep evidence of each', async () => {
  const both = ONE_OF_TWO_CRASHES.replaceAll('web-6b7f-bbbbb', 'web-6b7f-aaaaa').split('---')[1] ?? '';
  const diagnosis = await overlay(
    `${ONE_OF_TWO_CRASHES.replace('ready: true, serving: true', 'ready: false, serving: false')}---${both}`,
  );
  const { message, evidence } = findingOf(diagnosis, 'pod-crashloop');
  expect(message).toMatch(/^all 2 Pods of Deployment shop\/web: /);
  expect(new Set(evidence.map(({ object }) => object.name)).size).toBe(2);
  expect(diagnosis.routes[0]?.prediction.status).toBe(503);
});
