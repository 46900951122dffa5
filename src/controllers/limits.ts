import type { Ingress, KubeObject, Service } from '../kubernetes/types.ts';
import { findAnnotation } from './annotations/read.ts';
import type { Product, Settings } from './profile.ts';

/** A limit of a proxy that requests can run into. */
export type LimitName =
  | 'connect-timeout'
  | 'read-timeout'
  | 'tries'
  | 'body-size'
  | 'response-header-size'
  | 'request-header-size'
  | 'rate-limit-status'
  | 'keep-alive';

/** A limit as it holds for one backend, and where it stands. */
export interface Limit {
  /** As it is written there. */
  readonly value: string;
  readonly from: 'ingress' | 'service' | 'instance' | 'default';
  /** The annotation's whole name, or that of the instance's setting, or in which that would be set. */
  readonly name: string;
}

/** Where a limit is set, by annotation of Ingress or Service and by setting; what holds otherwise. */
interface LimitPlaces {
  readonly annotation?: string;
  readonly setting?: string;
  /** Absent: no limit. */
  readonly otherwise?: string;
}

type LimitTable = { readonly [L in LimitName]?: LimitPlaces };

/**
 * Sources: ingress-nginx internal/ingress/controller/config/config.go; F5 internal/configs/config_params.go;
 * haproxy-ingress pkg/converters/ingress/defaults.go; Contour's annotations page and pkg/config; Traefik's ServersTransport.
 */
const LIMITS: { readonly [P in Product]?: LimitTable } = {
  'ingress-nginx': {
    'connect-timeout': both('proxy-connect-timeout', '5'),
    'read-timeout': both('proxy-read-timeout', '60'),
    tries: both('proxy-next-upstream-tries', '3'),
    'body-size': both('proxy-body-size', '1m'),
    'response-header-size': both('proxy-buffer-size', '4k'),
    'request-header-size': { setting: 'large-client-header-buffers', otherwise: '4 8k' },
    'rate-limit-status': { setting: 'limit-req-status-code', otherwise: '503' },
    'keep-alive': { setting: 'upstream-keepalive-timeout', otherwise: '60' },
  },
  'f5-nginx': {
    'connect-timeout': both('proxy-connect-timeout', '60s'),
    'read-timeout': both('proxy-read-timeout', '60s'),
    'body-size': both('client-max-body-size', '1m'),
    'response-header-size': both('proxy-buffer-size', '4k'),
  },
  'haproxy-ingress': {
    'connect-timeout': both('timeout-connect', '5s'),
    'read-timeout': both('timeout-server', '50s'),
    'body-size': both('proxy-body-size'),
    'keep-alive': { annotation: 'timeout-keep-alive', setting: 'timeout-keep-alive', otherwise: '1m' },
  },
  contour: {
    'connect-timeout': { setting: 'connect-timeout', otherwise: '2s' },
    'read-timeout': { annotation: 'response-timeout', otherwise: '15s' },
  },
  traefik: {
    'connect-timeout': { setting: 'serverstransport.forwardingtimeouts.dialtimeout', otherwise: '30s' },
    'read-timeout': { setting: 'serverstransport.forwardingtimeouts.responseheadertimeout' },
    'keep-alive': { setting: 'serverstransport.forwardingtimeouts.idleconntimeout', otherwise: '90s' },
  },
};

/** Products that have one name for the annotation and the setting. */
function both(name: string, otherwise?: string): LimitPlaces {
  return { annotation: name, setting: name, ...(otherwise !== undefined && { otherwise }) };
}

/** The limit that holds for a backend; undefined where the product has none, or none that is known. */
export function limitOf(
  name: LimitName,
  product: Product,
  ingress: Ingress,
  service: Service | undefined,
  settings: Settings,
): Limit | undefined {
  const places = LIMITS[product]?.[name];
  if (places === undefined) return undefined;
  const { annotation, setting, otherwise } = places;
  if (annotation !== undefined) {
    const owners: readonly (readonly [KubeObject | undefined, 'ingress' | 'service'])[] = [
      // Of the two the Service's wins, where a product reads it there at all.
      [product === 'haproxy-ingress' ? service : undefined, 'service'],
      [ingress, 'ingress'],
    ];
    for (const [object, from] of owners) {
      const set = object === undefined ? undefined : findAnnotation(object, product, annotation, settings);
      if (set !== undefined) return { value: set.value, from, name: set.name };
    }
  }
  const configured = setting === undefined ? undefined : settings.get(setting);
  const place = setting ?? annotation ?? name;
  if (configured !== undefined && configured !== '')
    return { value: configured, from: 'instance', name: place };
  return otherwise === undefined ? undefined : { value: otherwise, from: 'default', name: place };
}
