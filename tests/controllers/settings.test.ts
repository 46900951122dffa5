import { isOn, isTrue, settingOr, settingsOf, withConfigMap } from '../../src/controllers/settings.ts';
import { deployment, settings, workload } from './objects.ts';

test('every way to write a flag', () => {
  const found = settingsOf(
    deployment('any', [
      'serve',
      '--Controller-Class=k8s.io/ingress-nginx',
      '--ingress-class',
      'nginx',
      '-nginx-plus',
      '-configmap=$(POD_NAMESPACE)/config',
      '--empty=',
      '--tcp=a=b',
      '--last',
    ]),
  );
  expect(Object.fromEntries(found)).toEqual({
    'controller-class': 'k8s.io/ingress-nginx',
    'ingress-class': 'nginx',
    'nginx-plus': 'true',
    configmap: '$(POD_NAMESPACE)/config',
    empty: '',
    tcp: 'a=b',
    last: 'true',
  });
});

test("Traefik's keys are in any case, and repeated ones are joined", () => {
  const found = settingsOf(
    deployment('traefik', [
      '--providers.kubernetesIngress.ingressClass=web',
      '--providers.kubernetesingress.namespaces=a',
      '--providers.kubernetesIngress.namespaces=b',
      '--entryPoints.web.address=:8000/tcp',
    ]),
  );
  expect(found.get('providers.kubernetesingress.ingressclass')).toBe('web');
  expect(found.get('providers.kubernetesingress.namespaces')).toBe('a,b');
  expect(found.get('entrypoints.web.address')).toBe(':8000/tcp');
});

test('command and args together, and a shell script taken apart', () => {
  const plain = workload(`
spec: {template: {spec: {containers: [{command: [contour, serve, --ingress-class-name=a], args: [--insecure]}]}}}
`);
  expect(settingsOf(plain).get('ingress-class-name')).toBe('a');
  expect(settingsOf(plain).get('insecure')).toBe('true');
  const shell = workload(`
spec: {template: {spec: {containers: [{command: [sh, -ec, "exec /traefik --ping  --providers.kubernetesingress"]}]}}}
`);
  expect(settingsOf(shell).get('providers.kubernetesingress')).toBe('true');
});

test("of two containers, the first one's flag holds; init containers do not count", () => {
  const both = workload(`
spec:
  template:
    spec:
      initContainers: [{args: [--only-init]}]
      containers:
        - {args: [--ingress-class=first]}
        - {args: [--ingress-class=second, --extra=1]}
`);
  expect(Object.fromEntries(settingsOf(both))).toEqual({ 'ingress-class': 'first', extra: '1' });
});

test('a workload without containers has no settings', () => {
  expect(settingsOf({}).size).toBe(0);
});

describe('a ConfigMap', () => {
  test('adds keys, and the scalars of a document', () => {
    const data = {
      'contour.yaml': 'enableExternalNameService: true\ntls: {fallback: 1}\nconnect-timeout: 5\n',
      INGRESS_CLASS_RESOURCE_NAME: 'web',
    };
    const merged = withConfigMap(settings(), { data });
    expect(merged.get('enableexternalnameservice')).toBe('true');
    expect(merged.get('connect-timeout')).toBe('5');
    expect(merged.has('tls')).toBe(false);
    expect(merged.get('ingress_class_resource_name')).toBe('web');
  });

  test("of Istio holds the mesh's configuration", () => {
    const merged = withConfigMap(settings(), { data: { mesh: 'ingressControllerMode: DEFAULT\n' } });
    expect(merged.get('ingresscontrollermode')).toBe('DEFAULT');
  });

  test('does not win over a flag, and may be broken or empty', () => {
    const data = { 'contour.yaml': '{{', 'ingress-class': 'other' };
    expect(withConfigMap(settings({ 'ingress-class': 'mine' }), { data }).get('ingress-class')).toBe('mine');
    expect(withConfigMap(settings({ a: 'b' }), {})).toEqual(settings({ a: 'b' }));
  });
});

test('booleans are read as Go reads them', () => {
  expect(['1', 't', 'T', 'true', 'TRUE', 'True'].every(isTrue)).toBe(true);
  expect([undefined, '', '0', 'false', 'yes', 'tRUE'].some(isTrue)).toBe(false);
  expect(isOn(settings({ a: 'true,false' }), 'a')).toBe(false);
  expect(isOn(settings({ a: 'false,true' }), 'a')).toBe(true);
});

test('an empty setting means its default', () => {
  expect(settingOr(settings({ a: '' }), 'a', 'default')).toBe('default');
  expect(settingOr(settings({ a: 'b' }), 'a', 'default')).toBe('b');
});
