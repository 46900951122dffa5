import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginxPod } from '../controllers.ts';
import { document } from '../ingresses.ts';

const NAME = 'ingress-nginx-controller-5c4d9-x8k2p';

function log(line: string): string {
  return document({
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'ingress-nginx', name: NAME },
    container: 'controller',
    previous: false,
    text: `${line}\n`,
  });
}

function using(cpu: string, memory: string): string {
  return document({
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetrics',
    metadata: { namespace: 'ingress-nginx', name: NAME },
    containers: [{ name: 'controller', usage: { cpu, memory } }],
  });
}

/** A ready Pod with limits whose container was restarted once, at that time. */
function restarted(finishedAt: string): string {
  return nginxPod({
    spec: { containers: [{ name: 'controller', resources: { limits: { cpu: '500m', memory: '256Mi' } } }] },
    container: {
      restartCount: 1,
      state: { running: { startedAt: finishedAt } },
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt } },
    },
  });
}

const LATELY = restarted('2026-03-02T11:30:00Z');

test('takes refused connections for some failing requests', async () => {
  const line = '2026/03/02 11:59:30 [alert] 31#31: 1024 worker_connections are not enough';
  const diagnosis = await overlay(log(line));
  expect(rootsOf(diagnosis)).toEqual(['controller-overloaded']);
  expect(findingOf(diagnosis, 'controller-overloaded')).toMatchObject({
    confidence: 'likely',
    partial: true,
  });
  expect(diagnosis.verdict).toBe('degraded');
  expect(diagnosis.routes[0]?.prediction).toMatchObject({ status: 200, partialStatus: null });
});

test.each([
  ['cpu', using('480m', '100Mi')],
  ['memory', using('100m', '250Mi')],
])('suspects %s at its limit after a restart', async (resource, metrics) => {
  const diagnosis = await overlay(LATELY + metrics);
  const finding = findingOf(diagnosis, 'controller-overloaded');
  expect(finding).toMatchObject({ confidence: 'suspect', object: { kind: 'Deployment' } });
  expect(finding.message).toContain(resource);
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['there is room', LATELY + using('449m', '200Mi')],
  ['the restart is long ago', restarted('2026-03-02T10:30:00Z') + using('500m', '256Mi')],
  ['nothing restarted', using('500m', '256Mi')],
  ['the log tells of other things', log('I0302 reloaded, 16384 worker_connections')],
])('is silent where %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('controller-overloaded');
});
