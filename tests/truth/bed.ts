import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { load } from 'js-yaml';
import type { KubeObject } from '../../src/kubernetes/types.ts';
import type { Bed, Manifest } from './case.ts';

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority': string } },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

const kubeconfig = load(readFileSync(process.env['KUBECONFIG'] ?? '', 'utf8')) as Kubeconfig;
const [{ cluster }] = kubeconfig.clusters;
const [{ user }] = kubeconfig.users;
const agent = new Agent({
  keepAlive: true,
  maxSockets: 4,
  ca: readFileSync(cluster['certificate-authority']),
});

/** The namespace of a case, for setting it up. */
export function bedOf(namespace: string): Bed {
  return {
    namespace,
    async list(resource) {
      const [first = '', ...rest] = resource.split('/');
      const prefix = rest.length > 1 ? `/apis/${first}/${rest[0]}` : `/api/${first}`;
      const list = await get(`${prefix}/namespaces/${namespace}/${rest.at(-1)}`);
      return (list as { readonly items?: readonly KubeObject[] }).items ?? [];
    },
    kubectl: (args, manifests) => kubectl([`--namespace=${namespace}`, ...args], manifests),
  };
}

/** Reads a path of the API; an error comes as the Status object that the server answers with. */
export function get(path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${user.token}` };
    request(`${cluster.server}${path}`, { agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve(JSON.parse(text)));
    })
      .on('error', reject)
      .end();
  });
}

/** Runs kubectl as a user with all rights. Rejects with what it says when it fails. */
export function kubectl(args: readonly string[], manifests?: readonly Manifest[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('kubectl', args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`kubectl ${args.join(' ')}: ${stderr.trim()}`));
    });
    if (manifests !== undefined)
      child.stdin?.write(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
    child.stdin?.end();
  });
}
