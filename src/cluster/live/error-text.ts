import { isRecord } from '../../kubernetes/record.ts';

const maxLength = 1000;

/** Text of a server or plugin as one bounded line, without control characters. */
export function oneLine(text: string): string {
  // Most texts are plain: they can do without Unicode's tables, which take a while to load.
  if (text.length <= maxLength && /^(?:[!-~]+(?: [!-~]+)*)?$/.test(text)) return text;
  const line = text
    .slice(0, 4 * maxLength)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

/** What a thrown value says, as one line. */
export function messageOf(error: unknown): string {
  const message = isRecord(error) ? error['message'] : undefined;
  return oneLine(typeof message === 'string' && message !== '' ? message : String(error));
}

/** Node's code of a thrown value, such as `ENOENT`; an empty string where it has none. */
export function codeOf(error: unknown): string {
  const code = isRecord(error) ? error['code'] : undefined;
  return typeof code === 'string' ? code : '';
}
