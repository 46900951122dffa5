/** The command line asks for something that cannot be done. The message is one line that says what to give instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
