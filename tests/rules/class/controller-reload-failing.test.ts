import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { nginxLog } from '../controller-logs.ts';
import { documents } from '../shop-objects.ts';

const NAME = 'controller-reload-failing';
const failed = (time: string) =>
  `E0302 ${time}.123456       7 controller.go:205] Unexpected failure reloading the backend:`;
const done = (time: string) =>
  `I0302 ${time}.123456       7 controller.go:213] "Backend successfully reloaded"`;
const EMERG = 'nginx: [emerg] unknown directive "foo" in /tmp/nginx/nginx-cfg1:9';

test('is certain by the log, with what nginx refuses', async () => {
  const diagnosis = await overlay(documents(nginxLog(done('11:50:00'), failed('11:58:40'), EMERG)));
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(diagnosis.verdict).toBe('degraded');
  expect(findingOf(diagnosis, NAME).evidence[0]?.value).toBe(EMERG);
});

test('names the Ingress that was changed last before it', async () => {
  const other = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'bad', namespace: 'blog', creationTimestamp: '2026-03-02T11:58:38Z' },
    spec: { ingressClassName: 'nginx', rules: [] },
  };
  const later = {
    ...other,
    metadata: { ...other.metadata, name: 'later', creationTimestamp: '2026-03-02T11:59:30Z' },
  };
  const foreign = {
    ...other,
    metadata: { ...other.metadata, name: 'foreign', creationTimestamp: '2026-03-02T11:58:40Z' },
    spec: { ingressClassName: 'other' },
  };
  const log = nginxLog(done('11:50:00'), failed('11:58:40'), EMERG, failed('11:59:50'));
  const { evidence } = findingOf(await overlay(documents(other, later, foreign, log)), NAME);
  expect(evidence.map(({ object }) => object.name)).toContain('bad');
  expect(evidence.map(({ object }) => object.name)).not.toContain('later');
});

test('is over when a later configuration got through', async () => {
  const diagnosis = await overlay(documents(nginxLog(failed('11:58:40'), EMERG, done('11:59:10'))));
  expect(rulesOf(diagnosis)).not.toContain(NAME);
});

test('an event of a reload is no fault', async () => {
  const line =
    "I0302 11:59:40.123456       7 event.go:377] Event(v1.ObjectReference{Kind:\"Pod\"}): type: 'Normal' reason: 'RELOAD' NGINX reload triggered due to a change in configuration";
  expect(rulesOf(await overlay(documents(nginxLog(line))))).not.toContain(NAME);
});
