import { getPath, listPath, logPath } from '../../../src/cluster/live/paths.ts';

test('an object of the core API and one of a group', () => {
  expect(getPath({ verb: 'get', kind: 'Service', namespace: 'shop', name: 'web' })).toBe(
    '/api/v1/namespaces/shop/services/web',
  );
  expect(getPath({ verb: 'get', kind: 'Ingress', namespace: 'shop', name: 'web' })).toBe(
    '/apis/networking.k8s.io/v1/namespaces/shop/ingresses/web',
  );
});

test('a cluster-scoped object has no namespace in its path', () => {
  expect(getPath({ verb: 'get', kind: 'Node', namespace: 'shop', name: 'n1' })).toBe('/api/v1/nodes/n1');
});

test('hostile names stay inside their path segment', () => {
  const path = getPath({ verb: 'get', kind: 'Service', namespace: 'a/b', name: '../secrets?x#y z' });
  expect(path).toBe('/api/v1/namespaces/a%2Fb/services/..%2Fsecrets%3Fx%23y%20z');
});

test('a list names its selectors, its limit and the page', () => {
  const query = {
    verb: 'list',
    kind: 'Pod',
    labelSelector: 'a=b,c in (d,e)',
    fieldSelector: 'spec.nodeName=n1',
  } as const;
  const url = new URL(listPath(query, 500, 'token+/='), 'http://server');
  expect(url.pathname).toBe('/api/v1/pods');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    labelSelector: 'a=b,c in (d,e)',
    fieldSelector: 'spec.nodeName=n1',
    limit: '500',
    continue: 'token+/=',
  });
});

test('a log names container, run and bounds', () => {
  const query = { verb: 'logs', namespace: 'shop', pod: 'web-1', container: 'app', tailLines: 40 } as const;
  const url = (previous: boolean) => new URL(logPath({ ...query, previous }, 1024), 'http://server');
  expect(url(true).pathname).toBe('/api/v1/namespaces/shop/pods/web-1/log');
  expect(Object.fromEntries(url(true).searchParams)).toEqual({
    container: 'app',
    previous: 'true',
    tailLines: '40',
    limitBytes: '1024',
  });
  expect(url(false).searchParams.has('previous')).toBe(false);
  const recent = new URL(logPath({ ...query, previous: false, sinceSeconds: 900 }, 1024), 'http://server');
  expect(recent.searchParams.get('sinceSeconds')).toBe('900');
});
