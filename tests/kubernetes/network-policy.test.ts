import { decide, type PolicyEnd } from '../../src/kubernetes/network-policy.ts';
import type { NetworkPolicy } from '../../src/kubernetes/types.ts';

const controller: PolicyEnd = {
  namespace: 'ingress',
  namespaceLabels: { 'kubernetes.io/metadata.name': 'ingress', team: 'edge' },
  labels: { app: 'controller' },
  addresses: ['10.244.0.10'],
  hostNetwork: false,
};
const web: PolicyEnd = {
  namespace: 'shop',
  namespaceLabels: {},
  labels: { app: 'web' },
  addresses: ['10.244.0.21'],
  hostNetwork: false,
  spec: { containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] },
};
const connection = { from: controller, to: web, port: 8080, protocol: 'TCP' } as const;

type Spec = NonNullable<NetworkPolicy['spec']>;
function policy(spec: Spec, namespace = 'shop'): NetworkPolicy {
  return { metadata: { name: 'policy', namespace }, spec };
}
function ingress(...rules: NonNullable<Spec['ingress']>): NetworkPolicy {
  return policy({ podSelector: {}, policyTypes: ['Ingress'], ingress: rules });
}
function admits(...policies: readonly NetworkPolicy[]) {
  return decide(policies, 'ingress', connection).admitted;
}

describe('which Pods a policy isolates', () => {
  test('none: everything is admitted', () => {
    expect(decide([], 'ingress', connection)).toEqual({ admitted: 'yes', isolating: [], otherPorts: [] });
  });
  test('an empty or absent podSelector selects all Pods of its namespace, and of no other', () => {
    expect(admits(policy({ podSelector: {} }))).toBe('no');
    expect(admits(policy({}))).toBe('no');
    expect(admits(policy({ podSelector: {} }, 'elsewhere'))).toBe('yes');
  });
  test('a podSelector that does not match leaves the Pod open', () => {
    expect(admits(policy({ podSelector: { matchLabels: { app: 'db' } } }))).toBe('yes');
  });
  test('without policyTypes egress is isolated only by egress rules', () => {
    const out = { ...connection, from: web, to: controller };
    expect(decide([policy({ podSelector: {} })], 'egress', out).admitted).toBe('yes');
    expect(decide([policy({ podSelector: {}, egress: [] })], 'egress', out).admitted).toBe('yes');
    expect(decide([policy({ podSelector: {}, policyTypes: ['Egress'] })], 'egress', out).admitted).toBe('no');
    expect(
      decide([policy({ podSelector: {}, egress: [{ ports: [{ port: 9 }] }] })], 'egress', out).admitted,
    ).toBe('no');
  });
  test('a policy for egress only leaves ingress open', () => {
    expect(admits(policy({ podSelector: {}, policyTypes: ['Egress'] }))).toBe('yes');
  });
});

describe('whom a rule admits', () => {
  test.each([
    ['every peer, when `from` is absent', [{}], 'yes'],
    ['every peer, when `from` is empty', [{ from: [] }], 'yes'],
    ['nobody, without rules', [], 'no'],
    ['all namespaces, by an empty namespaceSelector', [{ from: [{ namespaceSelector: {} }] }], 'yes'],
    ['Pods of its own namespace only, by a podSelector alone', [{ from: [{ podSelector: {} }] }], 'no'],
    [
      'by both selectors together',
      [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { team: 'edge' } },
              podSelector: { matchLabels: { app: 'controller' } },
            },
          ],
        },
      ],
      'yes',
    ],
    [
      'not by one of both selectors',
      [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { team: 'edge' } },
              podSelector: { matchLabels: { app: 'other' } },
            },
          ],
        },
      ],
      'no',
    ],
    ['by an address block', [{ from: [{ ipBlock: { cidr: '10.244.0.0/16' } }] }], 'yes'],
    [
      'not by the exception of a block',
      [{ from: [{ ipBlock: { cidr: '10.244.0.0/16', except: ['10.244.0.0/24'] } }] }],
      'no',
    ],
    ['not by a peer that names nothing', [{ from: [{}] }], 'no'],
  ] as const)('%s', (_, rules, expected) => {
    expect(admits(ingress(...rules))).toBe(expected);
  });

  test('policies add up', () => {
    expect(admits(ingress(), ingress({ from: [{ namespaceSelector: {} }] }))).toBe('yes');
  });

  test('selectors do not match a Pod in its node network, its address does', () => {
    const onNode = { ...connection, from: { ...controller, hostNetwork: true, addresses: ['192.0.2.10'] } };
    const bySelector = ingress({ from: [{ namespaceSelector: {} }] });
    const byBlock = ingress({ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] });
    expect(decide([bySelector], 'ingress', onNode).admitted).toBe('no');
    expect(decide([byBlock], 'ingress', onNode).admitted).toBe('yes');
  });

  test('cannot tell labels of a namespace that could not be read, but knows its name', () => {
    const unread = { ...connection, from: { ...controller, namespaceLabels: undefined } };
    const byTeam = ingress({ from: [{ namespaceSelector: { matchLabels: { team: 'edge' } } }] });
    const byName = ingress({
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }],
    });
    expect(decide([byTeam], 'ingress', unread).admitted).toBe('unknown');
    expect(decide([byName], 'ingress', unread).admitted).toBe('yes');
  });
});

describe('on which ports', () => {
  test.each([
    ['any, when ports are absent', undefined, 'yes'],
    ['any, when ports are empty', [], 'yes'],
    ['the number', [{ port: 8080 }], 'yes'],
    ['another number', [{ port: 80 }], 'no'],
    ['a range', [{ port: 8000, endPort: 8999 }], 'yes'],
    ['a range that ends before', [{ port: 8000, endPort: 8079 }], 'no'],
    ['a name that the Pod declares', [{ port: 'http' }], 'yes'],
    ['a name that it does not', [{ port: 'web' }], 'no'],
    ['every port of a protocol', [{ protocol: 'TCP' }], 'yes'],
    ['another protocol', [{ protocol: 'UDP', port: 8080 }], 'no'],
  ] as const)('%s', (_, ports, expected) => {
    const rule = { from: [{ namespaceSelector: {} }], ...(ports !== undefined && { ports }) };
    const decision = decide([ingress(rule)], 'ingress', connection);
    expect(decision.admitted).toBe(expected);
    expect(decision.otherPorts).toHaveLength(expected === 'no' ? 1 : 0);
  });
});
