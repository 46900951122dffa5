import { document } from './ingresses.ts';

/** Deployment traefik of traefik.yaml with other arguments: entry points web and websecure, unless something else is said. */
export function traefikDeployment(...more: readonly string[]): string {
  const args = [
    '--providers.kubernetesingress',
    '--providers.kubernetescrd',
    '--entryPoints.web.address=:8000/tcp',
    '--entryPoints.websecure.address=:8443/tcp',
    '--entryPoints.metrics.address=:9100/tcp',
    ...more,
  ];
  return document({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'traefik', namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'traefik' } },
        spec: {
          containers: [
            {
              name: 'traefik',
              image: 'registry.example.com/traefik:v3.6.0',
              args,
              ports: [
                { name: 'web', containerPort: 8000 },
                { name: 'websecure', containerPort: 8443 },
              ],
            },
          ],
        },
      },
    },
    status: { readyReplicas: 1 },
  });
}

/** An object of one of Traefik's own kinds. */
export function traefikObject(kind: string, name: string, spec: object = {}, namespace = 'shop'): string {
  return document({ apiVersion: 'traefik.io/v1alpha1', kind, metadata: { name, namespace }, spec });
}
