import { logLineTime, safeLine } from '../../kubernetes/log-lines.ts';
import type { LogEvent, LogPattern, UpstreamTry } from '../../model/log-event.ts';

/** Reads one line of one format; undefined for a line of another one, or one that says nothing of interest. */
export type LineReader = (line: string, now: Date) => LogEvent | undefined;

type Told = Partial<Omit<LogEvent, 'pattern' | 'line'>>;

/** An event of a line; fields that are undefined count as not told. */
export function eventOf(
  pattern: LogPattern,
  line: string,
  now: Date,
  told: { readonly [K in keyof Told]: Told[K] | undefined },
): LogEvent {
  const time = told.time ?? logLineTime(line, now);
  const known = Object.entries({ ...told, time }).filter(([, value]) => value !== undefined);
  return { pattern, isExplicit: true, isRequest: false, line: safeLine(line), ...Object.fromEntries(known) };
}

/** `Shop.example.com:443` → `shop.example.com`; undefined for none. */
export function hostOf(text: string | undefined): string | undefined {
  const host = text?.toLowerCase().replace(/:\d+$/, '');
  return host === undefined || host === '' || host === '-' || host === '_' ? undefined : host;
}

/** The path of `GET /a?b HTTP/1.1`, or of a path with a query; undefined where it is neither. */
export function pathOf(request: string | undefined): string | undefined {
  return /^(?:[A-Z]+ )?(\/[^\s?]*)/.exec(request ?? '')?.[1];
}

/** `shop/web/80`, `shop_web_80`, `shop-web-80@kubernetes` → `shop-web-80`; undefined for none. */
export function backendOf(text: string | undefined): string | undefined {
  const name = text?.replace(/@.*$/, '').replaceAll(/[/_]/g, '-');
  return name === undefined || /^-?$/.test(name) ? undefined : name;
}

/** `http://10.0.0.5:8080/x` or `10.0.0.5:8080` → `10.0.0.5:8080`; undefined for what names no address and port. */
export function addressOf(text: string | undefined): string | undefined {
  return /^(?:[a-z0-9+]+:\/\/)?((?:[\w.-]+|\[[0-9a-f:.%]+\]):\d+)(?:\/|$)/i.exec(text ?? '')?.[1];
}

/** One try, or none for `-`; undefined where the text names no address. */
export function triesOf(
  upstream: string | undefined,
  told: { readonly status?: number; readonly seconds?: number } = {},
): readonly UpstreamTry[] | undefined {
  if (upstream === '-') return [];
  const address = addressOf(upstream);
  return address === undefined ? undefined : [{ address, ...told }];
}

/** A number of at least 0, from a log's text or JSON; undefined for `-` and the like. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 ? number : undefined;
}

/** The fields of a line that is a JSON object; undefined for another. */
export function jsonFields(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // A cut line is no line of this format.
    return undefined;
  }
}

/** A field's text; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The first pattern whose expression the text matches. */
export function patternOf<P>(patterns: readonly (readonly [P, RegExp])[], text: string): P | undefined {
  return patterns.find(([, expression]) => expression.test(text))?.[0];
}
