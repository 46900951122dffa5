import { parseDuration } from '../../kubernetes/duration.ts';
import { ConnectionError } from './connection-error.ts';

const defaultSeconds = 15;

/**
 * Reads `--request-timeout` as kubectl does: a whole number of seconds, or Go's durations such as `1m30s`.
 * Answers milliseconds; `undefined` for `0`, which waits for ever.
 */
export function parseTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return defaultSeconds * 1000;
  if (/^\d+$/.test(text)) return positive(Number(text));
  const seconds = parseDuration(text);
  if (seconds === undefined) {
    throw new ConnectionError(
      `\`--request-timeout\` does not understand \`${text}\`: give seconds or a duration such as 5s, 1m or 1m30s`,
    );
  }
  return positive(seconds);
}

function positive(seconds: number): number | undefined {
  // A timer holds no more than 31 bits of milliseconds; 12 days are for ever.
  const milliseconds = Math.min(seconds * 1000, 2 ** 30);
  return milliseconds > 0 ? milliseconds : undefined;
}

/** `15000` → `15s`; for "no answer within 15s". */
export function formatTimeout(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
