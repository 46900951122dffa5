import { oneLine } from './error-text.ts';

/**
 * Why there is no connection to ask anything over: the kubeconfig, the flags or the credentials are at fault.
 * The message is one line that says what is wrong and what to do. It ends the run: without a
 * connection no read can even fail.
 */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';

  constructor(message: string, cause?: unknown) {
    super(oneLine(message), cause === undefined ? undefined : { cause });
  }
}
