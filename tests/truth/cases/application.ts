import type { TruthCase } from '../case.ts';
import { all, event, ready, running } from '../conditions.ts';
import { app, mainApp, service, twin, unprobed, web } from '../objects.ts';

/** What the application itself makes of requests that reach it. */
export const APPLICATION_CASES: readonly TruthCase[] = [
  {
    name: 'app-log-errors',
    permissions: true,
    hop: 'pod',
    about: 'the app answers each request with 500',
    expect: { verdict: 'failing', cause: 'app-log-errors' },
    objects: web({ args: ['-status=500', '-log=ERROR could not connect to postgres:5432'] }),
    until: ready('web'),
    ci: true,
  },
  {
    name: 'app-log-errors-upstream',
    hop: 'pod',
    about: 'the app answers 502 since it cannot reach a Service of its own',
    expect: { verdict: 'failing', cause: 'app-log-errors' },
    objects: [...web({ args: ['-upstream=http://stock/'] }), service('stock')],
    until: ready('web'),
  },
  {
    name: 'app-log-errors-name',
    hop: 'pod',
    about: 'the app answers 502 since it looks up a name that does not exist',
    expect: { verdict: 'failing', cause: 'app-log-errors' },
    objects: web({ args: ['-upstream=http://no-such-service/'] }),
    until: ready('web'),
  },
  {
    name: 'app-log-errors-one-of-three',
    hop: 'pod',
    about: 'one Pod of three answers 500',
    expect: { verdict: 'degraded', cause: 'app-log-errors' },
    objects: [mainApp({ replicas: 2 }), twin('next', { args: ['-status=500'] }), service('web')],
    requests: [{ count: 18 }],
    until: ready('web', 3),
    ci: true,
  },
  {
    name: 'app-log-errors-every-third',
    hop: 'pod',
    about: 'the app answers each third request with 500',
    expect: { verdict: 'degraded', cause: 'app-log-errors' },
    objects: web({ args: ['-status=500', '-fail-every=3'] }),
    requests: [{ count: 18 }],
    until: ready('web'),
  },
  {
    name: 'crash-on-dependency',
    hop: 'pod',
    about: 'the app ends because its database refuses connections',
    expect: { verdict: 'failing', cause: 'pod-crashloop' },
    objects: [
      ...web({ args: ['-require=db:5432'] }),
      service('db', { port: 5432, targetPort: 5432 }),
      app('db', { container: unprobed }),
    ],
    until: async (bed) =>
      (await bed.list('v1/pods')).some((pod) => JSON.stringify(pod).includes('CrashLoopBackOff')),
  },
  {
    name: 'readiness-on-dependency',
    hop: 'pod',
    about: 'the readiness probe fails with the database that it asks',
    expect: { verdict: 'failing', cause: 'pod-readiness-http-status' },
    objects: [
      ...web({
        args: ['-upstream=http://db:5432/'],
        container: { readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 1 } },
      }),
      service('db', { port: 5432, targetPort: 5432 }),
    ],
    until: all(running('web'), event('Unhealthy', /statuscode: 502/, 3)),
  },
];
