/** The moment that an RFC 3339 time names; undefined for absent or unreadable text. */
export function timeOf(text: string | null | undefined): Date | undefined {
  if (text === undefined || text === null) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Seconds from an RFC 3339 time to `now`, negative for a later one; undefined for absent or unreadable text. */
export function secondsSince(text: string | null | undefined, now: Date): number | undefined {
  const time = timeOf(text);
  return time === undefined ? undefined : (now.getTime() - time.getTime()) / 1000;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Seconds of a duration as Go and kubectl write it: `90s`, `15m`, `1h30m`; undefined for other text. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  return parts
    .map(([, amount, unit]) => Number(amount) * (UNIT_SECONDS[unit ?? ''] ?? 0))
    .reduce((sum, part) => sum + part, 0);
}

/** A length of time in the largest unit that says enough, as kubectl prints ages: `40s`, `4m`, `3h`, `3d`. */
export function showDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 120) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 120) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}
