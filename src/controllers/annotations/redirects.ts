import type { Ingress } from '../../kubernetes/types.ts';
import type { Product, Settings } from '../profile.ts';
import { isTrue } from '../settings.ts';
import { booleanAnnotation, findAnnotation, type SetAnnotation } from './read.ts';

/** A redirect that annotations or settings make a controller answer with. */
export interface Redirect {
  /** Absent where it cannot be told. */
  readonly status?: number;
  /** The annotation that asks for it; absent where a setting or the product's default does. */
  readonly annotation?: SetAnnotation;
  /** The setting that asks for it, or `spec.tls` where TLS is enough. */
  readonly because: string;
}

/** The annotation by which an Ingress turns the redirect of plain HTTP on or off, and what is so without it. */
interface HttpsRule {
  readonly keys: readonly string[];
  /** Asks for the redirect even where the host has no TLS. */
  readonly forceKeys?: readonly string[];
  /** The setting of the controller, and its default. */
  readonly setting?: string;
  readonly byDefault: boolean;
  readonly status: number;
  /** The setting that replaces the status. */
  readonly statusSetting?: string;
}

/** Facts: each product's documentation of its annotations; ingress-nginx' lua_ingress.lua for when it redirects. */
const HTTPS_RULES: { readonly [P in Product]?: HttpsRule } = {
  'ingress-nginx': {
    keys: ['ssl-redirect'],
    forceKeys: ['force-ssl-redirect'],
    setting: 'ssl-redirect',
    byDefault: true,
    status: 308,
    statusSetting: 'http-redirect-code',
  },
  'haproxy-ingress': {
    keys: ['ssl-redirect'],
    setting: 'ssl-redirect',
    byDefault: true,
    status: 302,
    statusSetting: 'ssl-redirect-code',
  },
  'f5-nginx': {
    keys: ['ingress.kubernetes.io/ssl-redirect'],
    forceKeys: ['nginx.org/redirect-to-https'],
    setting: 'ssl-redirect',
    byDefault: true,
    status: 301,
  },
  contour: {
    keys: [],
    forceKeys: ['ingress.kubernetes.io/force-ssl-redirect'],
    byDefault: false,
    status: 301,
  },
  agic: { keys: ['ssl-redirect'], byDefault: false, status: 301 },
};

/** How plain HTTP requests are sent to HTTPS; undefined where they are not. `hasTls`: whether spec.tls covers the host. */
export function httpsRedirect(
  product: Product,
  ingress: Ingress,
  settings: Settings,
  hasTls: boolean,
): Redirect | undefined {
  if (product === 'aws-alb') {
    const annotation = findAnnotation(ingress, product, 'ssl-redirect', settings);
    return annotation === undefined ? undefined : { status: 301, annotation, because: annotation.name };
  }
  const rule = HTTPS_RULES[product];
  if (rule === undefined) return undefined;
  const given = Number(settings.get(rule.statusSetting ?? ''));
  const status = given >= 300 && given < 400 ? given : rule.status;
  const on = (keys: readonly string[] = []) =>
    keys.find((key) => booleanAnnotation(ingress, product, key, settings) === true);
  const off = rule.keys.find((key) => booleanAnnotation(ingress, product, key, settings) === false);
  const asked = on(rule.forceKeys) ?? (hasTls ? on(rule.keys) : undefined);
  const annotation = asked === undefined ? undefined : findAnnotation(ingress, product, asked, settings);
  if (annotation !== undefined) return { status, annotation, because: annotation.name };
  if (product === 'ingress-nginx' && isTrue(settings.get('force-ssl-redirect'))) {
    return { status, because: 'force-ssl-redirect' };
  }
  if (!hasTls || off !== undefined) return undefined;
  const setting = rule.setting === undefined ? undefined : settings.get(rule.setting);
  if (setting === undefined ? !rule.byDefault : !isTrue(setting.toLowerCase())) return undefined;
  return { status, because: setting === undefined ? 'spec.tls' : (rule.setting ?? 'spec.tls') };
}

/** Where an annotation sends every request for the path, whatever its scheme; undefined without one. */
export function fixedRedirect(
  ingress: Ingress,
  product: Product,
  requestPath: string | undefined,
): Redirect | undefined {
  if (product !== 'ingress-nginx') return undefined;
  const find = (key: string) => findAnnotation(ingress, product, key);
  const codeOf = (key: string, otherwise: number) => {
    const code = Number(find(key)?.value);
    return code >= 300 && code < 400 ? code : otherwise;
  };
  const temporal = find('temporal-redirect');
  if (temporal !== undefined) {
    return { status: codeOf('temporal-redirect-code', 302), annotation: temporal, because: temporal.name };
  }
  const permanent = find('permanent-redirect');
  if (permanent !== undefined) {
    return { status: codeOf('permanent-redirect-code', 301), annotation: permanent, because: permanent.name };
  }
  const root = find('app-root');
  if (root === undefined || requestPath !== '/') return undefined;
  return { status: 302, annotation: root, because: root.name };
}
