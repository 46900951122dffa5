import { findingOf, overlay, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';
import { nginx } from '../nginx-annotations.ts';

const RULE = 'annotation-typo';

test('names the nearest annotation that there is', async () => {
  const diagnosis = await overlay(nginx({ 'rewrite-targt': '/' }));
  expect(findingOf(diagnosis, RULE).message).toContain('`rewrite-target`');
  expect(diagnosis.verdict).toBe('healthy');
});

test('says what took the place of a removed one', async () => {
  const diagnosis = await overlay(nginx({ 'secure-backends': 'true' }));
  expect(findingOf(diagnosis, RULE).message).toContain('`backend-protocol: HTTPS`');
});

test('knows since which release one is gone', async () => {
  const limited = nginx({ 'global-rate-limit': '10' });
  expect(findingOf(await overlay(limited), RULE).severity).toBe('low');
  const older = (object: object) =>
    JSON.parse(JSON.stringify(object).replaceAll('controller:v1.14.0', 'controller:v1.11.5'));
  expect(rulesOf(await overlay(limited, { change: older }))).not.toContain(RULE);
});

test('where not all annotations are known, a near one is only a suspicion', async () => {
  const annotations = { 'traefik.ingress.kubernetes.io/router.middleware': 'shop-auth@kubernetescrd' };
  const diagnosis = await overlay(ingress({ annotations }), { controller: 'traefik' });
  expect(findingOf(diagnosis, RULE)).toMatchObject({ severity: 'info', confidence: 'suspect' });
  const other = { 'traefik.ingress.kubernetes.io/router.novelty': 'true' };
  const unlike = await overlay(ingress({ annotations: other }), { controller: 'traefik' });
  expect(rulesOf(unlike)).not.toContain(RULE);
});

test('an unknown one that is like no other is less than a fault', async () => {
  const diagnosis = await overlay(nginx({ 'quantum-routing': 'true' }));
  expect(findingOf(diagnosis, RULE).severity).toBe('info');
});

test('knows a prefix with its parts in another order, or a letter wrong', async () => {
  for (const prefix of ['ingress.nginx.kubernetes.io', 'nginx.ingress.kubernets.io']) {
    const annotations = { [`${prefix}/proxy-body-size`]: '8m' };
    const finding = findingOf(await overlay(ingress({ annotations })), RULE);
    expect(finding.fix?.commands[0]?.run).toContain('nginx.ingress.kubernetes.io/proxy-body-size=8m');
  }
});

test('is silent about aliases, families and annotations of other programs', async () => {
  const own = nginx({ 'whitelist-source-range': '10.0.0.0/8', 'proxy-body-size': '8m' });
  expect(rulesOf(await overlay(own))).not.toContain(RULE);
  const annotations = {
    'traefik.ingress.kubernetes.io/router.tls.domains.0.main': 'example.com',
    'traefik.ingress.kubernetes.io/Router.EntryPoints': 'web',
    'nginx.example.com/x': '1',
  };
  expect(rulesOf(await overlay(ingress({ annotations }), { controller: 'traefik' }))).not.toContain(RULE);
});
