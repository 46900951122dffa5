import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPodReady, isPodTerminating } from '../../src/kubernetes/pod.ts';
import type { Pod } from '../../src/kubernetes/pod-types.ts';
import type { EndpointSlice } from '../../src/kubernetes/types.ts';
import { authority, server, token } from './live-bed.ts';
import { readyStatus } from './pod-status.ts';

const agent = new Agent({ ca: readFileSync(authority), keepAlive: true });

/** Ends what {@link call} keeps open. */
export function hangUp(): void {
  agent.destroy();
}

const PATCH = 'application/merge-patch+json';

/** One request to the API server as the administrator, without holding up anything else of this process. */
export function call(method: string, path: string, body?: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const type = method === 'PATCH' ? PATCH : 'application/json';
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'content-type': type,
      // Node gives the body of a DELETE no length by itself.
      'content-length': Buffer.byteLength(text),
    };
    const sent = request(`${server}${path}`, { method, agent, headers }, (answer) => {
      let reply = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        reply += part;
      });
      answer.on('error', reject).on('end', () => {
        const status = answer.statusCode ?? 0;
        // A Pod that is gone when its turn comes needs nothing more.
        if (status < 300 || status === 404) resolve(JSON.parse(reply));
        else reject(new Error(`${method} ${path}: ${status} ${reply}`));
      });
    });
    sent.on('error', reject).end(text);
  });
}

/** Items of a namespaced list; `where` is the group's path and the resource: `api/v1 pods`. */
async function list<T>(namespace: string, where: string, app: string, label: string): Promise<readonly T[]> {
  const [group, resource] = where.split(' ');
  const selector = encodeURIComponent(`${label}=${app}`);
  const answer = await call('GET', `/${group}/namespaces/${namespace}/${resource}?labelSelector=${selector}`);
  return (answer as { readonly items: readonly T[] }).items;
}

export function podsOf(namespace: string, app: string): Promise<readonly Pod[]> {
  return list(namespace, 'api/v1 pods', app, 'app');
}

/** Names of the Pods that the Service's slices list as ready. */
export async function endpointsOf(namespace: string, app: string): Promise<readonly string[]> {
  const label = 'kubernetes.io/service-name';
  const slices = await list<EndpointSlice>(namespace, 'apis/discovery.k8s.io/v1 endpointslices', app, label);
  const ready = slices.flatMap(({ endpoints }) => endpoints ?? []).filter((each) => each.conditions?.ready);
  return ready.flatMap(({ targetRef }) => targetRef?.name ?? []);
}

let addresses = 0;

/** Plays the kubelet for the Pods of an app until told to stop: each that has a Node and is not ready becomes ready. */
export async function keepReady(namespace: string, app: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const waiting = (await podsOf(namespace, app)).filter(
      (pod) => pod.spec?.nodeName !== undefined && !isPodReady(pod) && !isPodTerminating(pod),
    );
    for (const { metadata } of waiting) {
      addresses += 1;
      const ip = `10.66.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
      await call('PATCH', `/api/v1/namespaces/${namespace}/pods/${metadata?.name}/status`, {
        status: readyStatus(ip),
      });
    }
    await sleep(50);
  }
}

/** Waits until exactly so many Pods are there, all of them are ready, and the slices list just them. */
export async function settled(namespace: string, app: string, count: number): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const pods = await podsOf(namespace, app);
    const listed = new Set(await endpointsOf(namespace, app));
    const isListed = pods.every(({ metadata }) => listed.has(metadata?.name ?? ''));
    const isReady = pods.every((pod) => isPodReady(pod) && !isPodTerminating(pod));
    if (pods.length === count && listed.size === count && isReady && isListed) return;
    if (Date.now() > end)
      throw new Error(`${app} has ${pods.length} Pods and ${listed.size} endpoints, not ${count}`);
    await sleep(50);
  }
}
