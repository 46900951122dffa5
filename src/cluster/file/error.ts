/** Why a file cannot be diagnosed from, in one line for the user. */
export class FileError extends Error {
  override readonly name = 'FileError';
}
