import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { CONTROLLER_POD, documents, POD_A, POD_B, pod, podLog } from '../shop-objects.ts';

const PORT = [{ name: 'http', containerPort: 8080 }];
const WITH_SIDECAR = { containers: [{ name: 'app', ports: PORT }, { name: 'istio-proxy' }] };
const MESHED = [pod(POD_A, { spec: WITH_SIDECAR }), pod(POD_B, { ip: '10.244.0.22', spec: WITH_SIDECAR })];
const ONLY_A = [MESHED[0] ?? {}, pod(POD_B, { ip: '10.244.0.22' })];
const OF_WEB = { selector: { matchLabels: { app: 'web' } } };
const STRICT = { mtls: { mode: 'STRICT' } };

function authentication(namespace: string, name: string, spec: object): object {
  const metadata = { namespace, name };
  return { apiVersion: 'security.istio.io/v1beta1', kind: 'PeerAuthentication', metadata, spec };
}

function authorization(spec: object, namespace = 'shop', name = 'web'): object {
  const metadata = { namespace, name };
  return { apiVersion: 'security.istio.io/v1beta1', kind: 'AuthorizationPolicy', metadata, spec };
}

/** base.yaml's controller Pod, with a sidecar. */
function meshedController(): object {
  const { metadata, ...rest } = pod(CONTROLLER_POD, {
    ip: '10.244.0.10',
    labels: {
      'app.kubernetes.io/name': 'ingress-nginx',
      'app.kubernetes.io/instance': 'ingress-nginx',
      'app.kubernetes.io/component': 'controller',
    },
    owner: { kind: 'ReplicaSet', name: 'ingress-nginx-controller-5c4d9' },
    spec: {
      containers: [{ name: 'controller' }, { name: 'istio-proxy' }],
      serviceAccountName: 'ingress-nginx',
    },
  }) as { metadata: object };
  return { ...rest, metadata: { ...metadata, namespace: 'ingress-nginx' } };
}

describe('mesh-mtls-strict', () => {
  test('the mesh-wide policy counts, and is named', async () => {
    const diagnosis = await overlay(documents(...MESHED, authentication('istio-system', 'default', STRICT)));
    expect(rootOf(diagnosis)).toBe('mesh-mtls-strict');
    expect(findingOf(diagnosis, 'mesh-mtls-strict').object).toMatchObject({ namespace: 'istio-system' });
    expect(statusOf(diagnosis)).toBe(502);
  });

  test('a nearer policy wins: of the port, of the workload, of the namespace', async () => {
    const wide = authentication('istio-system', 'default', STRICT);
    const permissive = { mtls: { mode: 'PERMISSIVE' } };
    const nearer = [
      authentication('shop', 'default', permissive),
      authentication('shop', 'web', { ...OF_WEB, ...permissive }),
      authentication('shop', 'web', { ...OF_WEB, ...STRICT, portLevelMtls: { '8080': { mode: 'DISABLE' } } }),
    ];
    for (const policy of nearer) {
      expect(rulesOf(await overlay(documents(...MESHED, wide, policy)))).not.toContain('mesh-mtls-strict');
    }
  });

  test('UNSET leaves the word to the wider policy, another workload has no say', async () => {
    const diagnosis = await overlay(
      documents(
        ...MESHED,
        authentication('istio-system', 'default', STRICT),
        authentication('shop', 'default', { mtls: { mode: 'UNSET' } }),
        authentication('shop', 'cart', {
          selector: { matchLabels: { app: 'cart' } },
          mtls: { mode: 'PERMISSIVE' },
        }),
      ),
    );
    expect(rootOf(diagnosis)).toBe('mesh-mtls-strict');
  });

  test('a reset in the log makes it certain; one Pod of two makes it partial', async () => {
    const line =
      '2026/03/02 11:59:00 [error] 31#31: *7 recv() failed (104: Connection reset by peer) while reading response header from upstream, client: 198.51.100.7, server: shop.example.com, upstream: "http://10.244.0.21:8080/"';
    const diagnosis = await overlay(
      documents(
        ...ONLY_A,
        authentication('shop', 'default', STRICT),
        podLog('ingress-nginx', CONTROLLER_POD, 'controller', `${line}\n`),
      ),
    );
    expect(findingOf(diagnosis, 'mesh-mtls-strict')).toMatchObject({ confidence: 'certain', partial: true });
  });

  test('a port that does not pass the sidecar, and a controller inside the mesh, are no trouble', async () => {
    const excluded = { traffic: 'traffic.sidecar.istio.io/excludeInboundPorts' };
    const change = (object: object): object => {
      const { kind, metadata } = object as { kind: string; metadata: { namespace?: string } };
      if (kind !== 'Pod' || metadata.namespace !== 'shop') return object;
      return { ...object, metadata: { ...metadata, annotations: { [excluded.traffic]: '9000, 8080' } } };
    };
    const strict = documents(...MESHED, authentication('shop', 'default', STRICT));
    expect(rulesOf(await overlay(strict, { change }))).not.toContain('mesh-mtls-strict');
    const inside = documents(...MESHED, authentication('shop', 'default', STRICT), meshedController());
    expect(rulesOf(await overlay(inside))).not.toContain('mesh-mtls-strict');
  });

  test('policies that may not be read leave the verdict open', async () => {
    const forbidden = ['PeerAuthentication'];
    // Something of the group has to be there, or the group counts as not served.
    const diagnosis = await overlay(documents(...MESHED, authorization({ action: 'AUDIT' })), { forbidden });
    expect(rulesOf(diagnosis)).not.toContain('mesh-mtls-strict');
    expect(diagnosis.verdict).toBe('unknown');
  });
});

describe('mesh-authz-deny', () => {
  test.each([
    ['without rules', {}],
    ['for another namespace', { rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] }],
    ['for everything', { action: 'DENY', rules: [{}] }],
  ])('a policy %s keeps a controller outside the mesh out', async (_, spec) => {
    const diagnosis = await overlay(documents(...MESHED, authorization({ ...OF_WEB, ...spec })));
    expect(rootOf(diagnosis)).toBe('mesh-authz-deny');
    expect(statusOf(diagnosis)).toBe(403);
  });

  test.each([
    [
      'admits addresses, which may be the controller’s',
      { rules: [{ from: [{ source: { ipBlocks: ['10.0.0.0/8'] } }] }] },
    ],
    ['restricts paths only', { rules: [{ to: [{ operation: { ports: ['8080'] } }] }] }],
    ['only audits', { action: 'AUDIT', rules: [{}] }],
    ['denies something', { action: 'DENY', rules: [{ from: [{ source: { namespaces: ['dev'] } }] }] }],
    ['is about others', { selector: { matchLabels: { app: 'cart' } } }],
  ])('nothing is said where a policy %s', async (_, spec) => {
    const diagnosis = await overlay(documents(...MESHED, authorization({ ...OF_WEB, ...spec })));
    expect(rulesOf(diagnosis)).not.toContain('mesh-authz-deny');
    expect(diagnosis.verdict).toBe('healthy');
  });

  test.each([
    [{ namespaces: ['ingress-*'] }, false],
    [{ principals: ['cluster.local/ns/ingress-nginx/sa/ingress-nginx'] }, false],
    [{ principals: ['*/sa/ingress-nginx'] }, false],
    [{ principals: ['cluster.local/ns/ingress-nginx/sa/other'] }, true],
    [{ namespaces: ['shop'] }, true],
  ])('a controller inside the mesh is known by its identity: %j', async (source, isDenied) => {
    const policy = authorization({ ...OF_WEB, rules: [{ from: [{ source }] }] });
    const diagnosis = await overlay(documents(...MESHED, policy, meshedController()));
    expect(rulesOf(diagnosis).includes('mesh-authz-deny')).toBe(isDenied);
  });
});

test('a controller with a sidecar is a remark, and none once it is set up for it', async () => {
  const diagnosis = await overlay(documents(...MESHED, meshedController()));
  expect(findingOf(diagnosis, 'mesh-controller-injected').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('a subset that is missing concerns proxies of the mesh only', async () => {
  const route = {
    apiVersion: 'networking.istio.io/v1beta1',
    kind: 'VirtualService',
    metadata: { namespace: 'shop', name: 'web' },
    spec: {
      hosts: ['web.shop.svc.cluster.local'],
      http: [{ route: [{ destination: { host: 'web', subset: 'v2' } }, { destination: { host: 'web' } }] }],
    },
  };
  const outside = await overlay(documents(...MESHED, route));
  expect(findingOf(outside, 'istio-subset-missing').severity).toBe('info');
  expect(outside.verdict).toBe('healthy');
  const inside = await overlay(documents(...MESHED, route, meshedController()));
  expect(findingOf(inside, 'istio-subset-missing').partial).toBe(true);
  expect(inside.verdict).toBe('degraded');
  const forGateway = { ...route, spec: { ...route.spec, gateways: ['shop/public'] } };
  expect(rulesOf(await overlay(documents(...MESHED, forGateway)))).not.toContain('istio-subset-missing');
});
