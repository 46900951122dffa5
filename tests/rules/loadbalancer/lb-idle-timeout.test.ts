import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { cloudNode } from '../clouds.ts';
import { nginxService } from '../controllers.ts';
import { ingress } from '../ingresses.ts';

const AWS = cloudNode('aws:///eu-west-1a/i-0a1b');
const BETA = 'service.beta.kubernetes.io';

function slow(seconds: string): string {
  return ingress({ annotations: { 'nginx.ingress.kubernetes.io/proxy-read-timeout': seconds } });
}

function balanced(annotations: Readonly<Record<string, string>> = {}): string {
  return nginxService({ address: '203.0.113.10', annotations });
}

test('is a remark, and a cause to somebody who sees 504', async () => {
  const yaml = AWS + slow('300') + balanced();
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'lb-idle-timeout').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
  expect(rootsOf(await overlay(yaml, { seenStatus: 504 }))).toContain('lb-idle-timeout');
});

test("counts Azure's minutes", async () => {
  const annotations = { [`${BETA}/azure-load-balancer-tcp-idle-timeout`]: '5' };
  const azure = cloudNode('azure:///subscriptions/a') + balanced(annotations);
  expect(rulesOf(await overlay(azure + slow('301')))).toContain('lb-idle-timeout');
  expect(rulesOf(await overlay(azure + slow('300')))).not.toContain('lb-idle-timeout');
});

test.each([
  ['a response time that fits', AWS + slow('60') + balanced()],
  [
    'an idle timeout that was raised',
    AWS + slow('300') + balanced({ [`${BETA}/aws-load-balancer-connection-idle-timeout`]: '400' }),
  ],
  ['a network load balancer', AWS + slow('300') + balanced({ [`${BETA}/aws-load-balancer-type`]: 'nlb' })],
  ['a cloud of which nothing is known', slow('300') + balanced()],
  ['a value that is no time', AWS + slow('soon') + balanced()],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-idle-timeout');
});
