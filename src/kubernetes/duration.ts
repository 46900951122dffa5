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

/** A length of time in the largest unit that says enough, as kubectl prints ages: `40s`, `4m`, `3h`, `3d`. */
export function showDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 120) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 120) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}
