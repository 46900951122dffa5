import type { LogEvent } from '../../model/log-event.ts';
import type { Product } from '../profile.ts';
import { readEnvoy } from './envoy.ts';
import { readHaproxy } from './haproxy.ts';
import type { LineReader } from './line.ts';
import { readNginxAccess } from './nginx-access.ts';
import { readNginxError } from './nginx-error.ts';
import { readOwnLog } from './own.ts';
import { readTraefik } from './traefik.ts';

/** In which formats a product's Pods write; a line is of the first that knows it. Managed ones write none. */
const READERS: { readonly [P in Product]?: readonly LineReader[] } = {
  'ingress-nginx': [readNginxError, readNginxAccess, readOwnLog],
  'f5-nginx': [readNginxError, readNginxAccess, readOwnLog],
  traefik: [readTraefik, readOwnLog],
  'haproxy-ingress': [readHaproxy, readOwnLog],
  contour: [readEnvoy, readOwnLog],
  istio: [readEnvoy, readOwnLog],
  unknown: [readNginxError, readEnvoy, readTraefik, readNginxAccess, readHaproxy, readOwnLog],
};

/** What the lines of a controller's log say, in their order. `now` tells the year where a line tells none. */
export function readLog(product: Product, text: string, now: Date): readonly LogEvent[] {
  const readers = READERS[product] ?? [readOwnLog];
  return text.split('\n').flatMap((line) => {
    for (const read of readers) {
      const event = read(line, now);
      if (event !== undefined) return [event];
    }
    return [];
  });
}
