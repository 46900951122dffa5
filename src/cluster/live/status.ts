import { isRecord, type JsonRecord } from '../../kubernetes/record.ts';
import { failed, type Read } from '../../model/read.ts';
import { oneLine } from './error-text.ts';
import type { Answer } from './http.ts';
import { textOf } from './kubeconfig.ts';

/** The body's JSON, or `undefined` when it is none. */
export function parseJson({ body }: Answer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Whether a 404 says that the object is absent. It names the object then; where the whole API is absent
 * it is plain text or "the server could not find the requested resource", without a name.
 */
export function isObjectMissing(answer: Answer): boolean {
  const status = readStatus(answer);
  const details = status['details'];
  return (
    answer.status === 404 && status['reason'] === 'NotFound' && isRecord(details) && Boolean(details['name'])
  );
}

/** Whether the token of a list's next page has expired. */
export function isExpired(answer: Answer): boolean {
  return answer.status === 410;
}

/** What an answer other than 200 means to the reader. `apiVersion` is what was asked for. */
export function failureOf(what: string, answer: Answer, apiVersion: string): Read<never> {
  const message = messageIn(answer);
  switch (answer.status) {
    case 401:
      return failed('unauthorized', what, message || 'Unauthorized');
    case 403:
      return failed('forbidden', what, message || 'Forbidden');
    case 404:
      return failed('not-served', what, `the API server does not serve ${apiVersion}`);
    case 504:
      return failed('timed-out', what, message || 'the API server gave up waiting');
    case 503:
      // Of its own APIs the API server is the server; another one stands behind metrics.k8s.io.
      if (apiVersion.startsWith('metrics.k8s.io/')) {
        return failed(
          'not-served',
          what,
          `${apiVersion} is registered, but what serves it is down: ${message}`,
        );
      }
      break;
  }
  const said = message === '' ? '' : `: ${message}`;
  return failed('failed', what, `the API server answered ${answer.status}${said}`);
}

/** The server's own words, of a Status or of plain text. */
export function messageIn(answer: Answer): string {
  const status = readStatus(answer);
  const isText = answer.contentType.startsWith('text/plain');
  return oneLine(textOf(status['message']) ?? (isText ? answer.body.toString('utf8', 0, 4096) : ''));
}

/** metav1.Status, or nothing. */
function readStatus(answer: Answer): JsonRecord {
  const status = parseJson(answer);
  return isRecord(status) && status['kind'] === 'Status' ? status : {};
}
