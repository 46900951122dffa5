import { ingressNginx } from '../../src/controllers/ingress-nginx.ts';

const OWN = new Map([['default-backend-service', 'ingress-nginx/pages']]);

test('a default backend of its own answers what no rule takes', () => {
  expect(ingressNginx.answer('no-route', OWN)).toMatchObject({ status: 404, by: 'application' });
  expect(ingressNginx.answer('no-route', new Map())).toMatchObject({ status: 404, by: 'controller' });
});

test('it has no part in what fails behind a rule', () => {
  expect(ingressNginx.answer('no-endpoints', OWN)).toMatchObject({ status: 503, by: 'controller' });
});
