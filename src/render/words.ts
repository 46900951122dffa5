import type { DiagnosedRoute, Diagnosis, Verdict } from '../model/diagnosis.ts';
import type { Finding } from '../model/finding.ts';
import { showReference } from '../model/reference.ts';

/** The mark before a verdict; the verdict's word always stands beside it. */
export const SYMBOLS: Readonly<Record<Verdict, string>> = {
  failing: '✗',
  degraded: '!',
  unknown: '?',
  healthy: '✓',
};

/** Verdicts from worst to best. */
export const WORST_FIRST: readonly Verdict[] = ['failing', 'degraded', 'unknown', 'healthy'];

/** `1 route`, `2 routes`; words that do not take an s give their plural. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

/** The route as a URL; where it has no host, a `*` stands for any. */
export function showRoute({ host, path, tls }: DiagnosedRoute): string {
  if (host === '' && path === '') return 'any other request';
  return `${tls ? 'https' : 'http'}://${host === '' ? '*' : host}${path}`;
}

/** What a client sees on a route and why: `503 expected: no ready endpoint, answered by ingress-nginx`. */
export function showExpectation(route: DiagnosedRoute): string {
  const { verdict, prediction } = route;
  const { status, partialStatus, answeredBy, reason } = prediction;
  const outcome = showOutcome(route);
  if (verdict === 'healthy') return reason;
  if (verdict === 'unknown') return reason.startsWith(outcome) ? reason : withReason(outcome, reason);
  // Who answers is told of a status that all requests get.
  if (partialStatus !== undefined || isSuccess(status)) return withReason(outcome, reason);
  const by = answeredBy === 'application' ? 'the application' : answeredBy;
  return `${withReason(outcome, reason)}${by === undefined ? '' : `, answered by ${by}`}`;
}

/** The same without the reason: `503 expected`. */
export function showOutcome({ verdict, prediction }: DiagnosedRoute): string {
  const { status, partialStatus, answeredBy, confidence } = prediction;
  const sureness = { certain: 'expected', likely: 'likely', suspect: 'possible' }[confidence];
  if (verdict === 'healthy') return `${status ?? 'an answer'} ${sureness}`;
  if (partialStatus !== undefined) {
    const others = status === null ? '' : `, ${status} on the others`;
    return `${partialStatus ?? 'no HTTP answer'} ${sureness} on some requests${others}`;
  }
  if (verdict === 'unknown')
    return status === null ? 'cannot be told' : `${status} expected, but not certain`;
  if (status === null)
    return answeredBy === undefined ? `no HTTP answer ${sureness}` : 'status cannot be told';
  return isSuccess(status) ? `${status} ${sureness}, with trouble` : `${status} ${sureness}`;
}

function withReason(outcome: string, reason: string): string {
  return reason === '' ? outcome : `${outcome}: ${reason}`;
}

function isSuccess(status: number | null): boolean {
  return status !== null && status < 400;
}

/** The status in a table's cell: a number, `none` for no HTTP answer, `?` where it cannot be told. */
export function showStatus({ verdict, prediction }: DiagnosedRoute): string {
  const { status, partialStatus, answeredBy } = prediction;
  const shown = verdict === 'healthy' || partialStatus === undefined ? status : partialStatus;
  if (shown !== null) return String(shown);
  return verdict === 'unknown' || answeredBy !== undefined ? '?' : 'none';
}

/** Whether some requests of the route are predicted to get the status. */
export function predicts({ prediction }: DiagnosedRoute, status: number): boolean {
  return prediction.status === status || prediction.partialStatus === status;
}

/** The message with the object that it is about, unless the message names it itself. */
export function showMessage({ object, message, pods }: Finding): string {
  if (pods !== undefined) return message;
  const name = showReference(object);
  return message.includes(name) ? message : `${name}: ${message}`;
}

/** `GD2104 service-targetport-name-missing` */
export function showRule({ code, rule }: Finding): string {
  return `${code} ${rule}`;
}

/** Routes from worst to best, otherwise in their order. */
export function worstRoutesFirst(routes: readonly DiagnosedRoute[]): DiagnosedRoute[] {
  return routes.toSorted((a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict));
}

/** `1 of 2 routes fails` with all that is wrong; empty when no route has trouble. */
export function showRouteCounts({ routes }: Diagnosis): string {
  const failing = routes.filter(({ verdict }) => verdict === 'failing').length;
  const degraded = routes.filter(({ verdict }) => verdict === 'degraded').length;
  const total = count(routes.length, 'route');
  const fails = failing === 1 ? 'fails' : 'fail';
  const isDegraded = degraded === 1 ? 'is degraded' : 'are degraded';
  if (failing > 0 && degraded > 0) return `${failing} of ${total} ${fails}, ${degraded} ${isDegraded}`;
  if (failing > 0) return `${failing} of ${total} ${fails}`;
  return degraded > 0 ? `${degraded} of ${total} ${isDegraded}` : '';
}

/** A moment in UTC, without the date on the same day, with its age: `14:02:10 UTC (4m ago)`. */
export function showMoment(moment: string, now: Date | undefined): string {
  const time = Date.parse(moment);
  if (Number.isNaN(time)) return moment;
  const [date = '', clock = ''] = new Date(time).toISOString().split(/[T.]/);
  if (now === undefined) return `${date} ${clock} UTC`;
  const isToday = now.toISOString().startsWith(date);
  const age = now.getTime() - time;
  return `${isToday ? '' : `${date} `}${clock} UTC${age < 0 ? '' : ` (${showAge(age)} ago)`}`;
}

/** Milliseconds as kubectl shows ages: `40s`, `4m`, `3h`, `12d`. */
function showAge(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86400)}d`;
}
