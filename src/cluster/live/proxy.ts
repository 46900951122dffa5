import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * The proxy that the environment asks for, by Go's rules, which kubectl follows
 * (https://pkg.go.dev/golang.org/x/net/http/httpproxy): HTTPS_PROXY or HTTP_PROXY by the server's scheme,
 * upper case first; never for this machine itself, nor for what NO_PROXY names.
 */
export function proxyFromEnvironment(
  server: URL,
  variables: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const isTls = server.protocol === 'https:';
  const proxy = isTls
    ? variables['HTTPS_PROXY'] || variables['https_proxy']
    : variables['HTTP_PROXY'] || variables['http_proxy'];
  if (!proxy) return undefined;
  const host = bareHost(server);
  const port = server.port || (isTls ? '443' : '80');
  if (isLoopback(host)) return undefined;
  const exceptions = variables['NO_PROXY'] || variables['no_proxy'] || '';
  if (exceptions.split(',').some((exception) => excludes(exception.trim().toLowerCase(), host, port)))
    return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function excludes(exception: string, host: string, port: string): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  const [network, prefix] = exception.split('/');
  if (prefix !== undefined)
    return isIP(network ?? '') !== 0 && isInNetwork(host, network ?? '', Number(prefix));
  const { name, onlyPort } = splitPort(exception);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  if (isIP(name) !== 0) return name === host;
  const domain = name.replace(/^\*?\./, '');
  // A leading dot asks for subdomains alone.
  return host.endsWith(`.${domain}`) || (name === domain && host === domain);
}

function splitPort(text: string): { readonly name: string; readonly onlyPort: string | undefined } {
  if (isIPv6(text)) return { name: text, onlyPort: undefined };
  const match = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(text);
  return { name: match?.[1] ?? text, onlyPort: match?.[2] };
}

function isInNetwork(host: string, network: string, prefix: number): boolean {
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  if (isIP(host) === 0 || isIPv6(host) !== isIPv6(network)) return false;
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 'ipv6' ? 128 : 32)) return false;
  const block = new BlockList();
  block.addSubnet(network, prefix, family);
  return block.check(host, family);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || isInNetwork(host, '127.0.0.0', 8);
}

function bareHost(url: URL): string {
  return url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
}

/** A URL without the user and password that it may carry, for messages. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^/]*@/, '//');
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
