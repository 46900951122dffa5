import { ingress, namespace, type PlainObject } from '../objects.ts';
import { ingressClass, proxy } from '../platform.ts';
import { app } from '../workload.ts';

const SPACE = 'more';

/** F5's controller and Azure's, each with an Ingress that it serves as it should. */
export function moreProducts(): readonly PlainObject[] {
  return [
    ...app({ namespace: SPACE, name: 'plain' }),
    namespace('nginx-inc'),
    ingressClass('f5', 'nginx.org/ingress-controller'),
    ...proxy(
      'nginx-inc',
      'nginx-ingress',
      { 'app.kubernetes.io/name': 'nginx-ingress' },
      {
        image: 'registry.example.com/nginx/nginx-ingress:5.3.0',
        args: ['-ingress-class=f5', '-external-service=nginx-ingress', '-report-ingress-status'],
      },
    ),
    ingress({
      namespace: SPACE,
      name: 'f5',
      className: 'f5',
      hosts: ['f5.example.com'],
      paths: [['/', 'plain', 80]],
      annotations: { 'nginx.org/proxy-read-timeout': '120s', 'nginx.org/client-max-body-size': '20m' },
      address: { ip: '203.0.113.20' },
    }),
    ingressClass('agic', 'azure/application-gateway'),
    ...app({
      namespace: 'kube-system',
      name: 'ingress-appgw-deployment',
      labels: { app: 'ingress-appgw' },
      containers: [
        {
          name: 'ingress-appgw-container',
          image: 'registry.example.com/azure-application-gateway/kubernetes-ingress:1.9.1',
        },
      ],
      service: false,
    }),
    ingress({
      namespace: SPACE,
      name: 'agic',
      hosts: ['agic.example.com'],
      paths: [['/', 'plain', 80]],
      annotations: {
        'kubernetes.io/ingress.class': 'azure/application-gateway',
        'appgw.ingress.kubernetes.io/request-timeout': '60',
        'appgw.ingress.kubernetes.io/health-probe-path': '/healthz',
      },
      address: { ip: '203.0.113.88' },
    }),
  ];
}
