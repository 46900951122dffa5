import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { onlyPod } from '../pods.ts';

const ANSWERED_400 = [
  { reason: 'Unhealthy', message: 'Readiness probe failed: HTTP probe failed with statuscode: 400' },
];

test('a plain probe that is answered with TLS', async () => {
  const message =
    'Readiness probe failed: Get "http://10.244.0.21:8080/": net/http: malformed HTTP response "\\x15\\x03\\x01"';
  const diagnosis = await overlay(onlyPod({ events: [{ reason: 'Unhealthy', message }] }));
  expect(rootOf(diagnosis)).toBe('pod-readiness-scheme');
  expect(findingOf(diagnosis, 'pod-readiness-scheme').message).toContain('plain HTTP to a TLS port');
});

test('400 on a port named https is likely the scheme', async () => {
  const container = {
    ports: [
      { name: 'http', containerPort: 8080 },
      { name: 'https', containerPort: 8443 },
    ],
    readinessProbe: { httpGet: { path: '/', port: 'https' } },
  };
  const diagnosis = await overlay(onlyPod({ container, events: ANSWERED_400 }));
  expect(findingOf(diagnosis, 'pod-readiness-scheme').confidence).toBe('likely');
});

test('400 on a plain port is the answer of the app', async () => {
  const diagnosis = await overlay(onlyPod({ events: ANSWERED_400 }));
  expect(rulesOf(diagnosis)).not.toContain('pod-readiness-scheme');
  expect(rootOf(diagnosis)).toBe('pod-readiness-http-status');
});
