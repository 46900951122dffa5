import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { albController, event } from '../clouds.ts';
import { ingress } from '../ingresses.ts';

const GKE = ingress({
  className: null,
  annotations: {
    'kubernetes.io/ingress.class': 'gce',
    'ingress.kubernetes.io/backends': '{"a":"UNHEALTHY"}',
  },
});
const ALB =
  albController() +
  ingress({ className: 'alb', annotations: { 'alb.ingress.kubernetes.io/target-type': 'ip' } });
const REQUIRED = 'Firewall change required by network admin: `gcloud compute firewall-rules create a`';

function refused(name: string): string {
  const message = 'expected exactly one securityGroup tagged with kubernetes.io/cluster/shop';
  return event({ reason: 'FailedNetworkReconcile', kind: 'TargetGroupBinding', name, message });
}

test("explains GKE's unhealthy backends", async () => {
  const diagnosis = await overlay(GKE + event({ reason: 'Sync', message: REQUIRED, type: 'Normal' }));
  expect(rootsOf(diagnosis)).toEqual(['lb-firewall-nodeport']);
  expect(rulesOf(diagnosis)).toContain('gke-backend-unhealthy');
});

test("knows the Service's TargetGroupBinding by its name", async () => {
  const diagnosis = await overlay(ALB + refused('k8s-shop-web-0a1b2c3d4e'));
  expect(findingOf(diagnosis, 'lb-firewall-nodeport').object.kind).toBe('TargetGroupBinding');
  expect(statusOf(diagnosis)).toBe(504);
});

test.each([
  ["another Service's TargetGroupBinding", ALB + refused('k8s-shop-other-0a1b2c3d4e')],
  ['an old event', GKE + event({ reason: 'Sync', message: REQUIRED, type: 'Normal', minutesAgo: 90 })],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-firewall-nodeport');
});
