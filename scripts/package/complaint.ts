/** What the caller has to put right, in one line. */
export class Complaint extends Error {}

const troubles: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
};

/** The complaint in an error that the machine caused (a full disk, say), wrapped or not; undefined for a defect. */
export function complaintIn(error: unknown): Complaint | undefined {
  if (error instanceof Complaint) return error;
  if (!(error instanceof Error)) return undefined;
  const { code, path } = error as NodeJS.ErrnoException;
  const trouble = code === undefined ? undefined : troubles[code];
  if (trouble === undefined) return complaintIn(error.cause);
  return new Complaint(path === undefined ? trouble : `${trouble}: ${path}`);
}
