import { CONTROLLER_POD, podLog } from './shop-objects.ts';

/** The log of base.yaml's Pod of ingress-nginx. */
export function nginxLog(...lines: readonly string[]): object {
  return podLog('ingress-nginx', CONTROLLER_POD, 'controller', `${lines.join('\n')}\n`);
}

/** The log of contour.yaml's Envoy. */
export function envoyLog(...lines: readonly string[]): object {
  return podLog('projectcontour', 'envoy-1', 'envoy', `${lines.join('\n')}\n`);
}

/** A line of nginx's error log about a request for shop.example.com; without an address it got no further than nginx. */
export function nginxError(
  message: string,
  { time = '11:59:40', address = '10.244.0.21:8080', path = '/orders' }: NginxErrorOptions = {},
): string {
  const upstream = address === '' ? '' : `, upstream: "http://${address}${path}"`;
  return `2026/03/02 ${time} [error] 31#31: *905 ${message}, client: 198.51.100.7, server: shop.example.com, request: "GET ${path} HTTP/1.1"${upstream}, host: "shop.example.com"`;
}

interface NginxErrorOptions {
  readonly time?: string;
  readonly address?: string;
  readonly path?: string;
}

/** A line of ingress-nginx's access log; `tries` are addresses, lengths, times and statuses, `- - - -` for none. */
export function nginxAccess(
  status: number,
  tries = `10.244.0.21:8080 160 0.004 ${status}`,
  { time = '11:59:40', seconds = '0.004', backend = 'shop-web-80' } = {},
): string {
  return `198.51.100.7 - - [02/Mar/2026:${time} +0000] "GET /orders HTTP/1.1" ${status} 160 "-" "curl/8.9" 90 ${seconds} [${backend}] [] ${tries} 5f1c2d`;
}

/** A line of Envoy's access log in its default format. */
export function envoyAccess(
  status: number,
  flags: string,
  milliseconds: number,
  upstream = '10.244.0.21:8080',
): string {
  return `[2026-03-02T11:59:40.000Z] "GET /orders HTTP/1.1" ${status} ${flags} 0 91 ${milliseconds} - "198.51.100.7" "curl/8.9" "id" "shop.example.com" "${upstream}"`;
}

/** A line many times. */
export function times(count: number, line: string): readonly string[] {
  return Array.from({ length: count }, () => line);
}
