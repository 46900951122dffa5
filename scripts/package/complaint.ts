/** What the caller has to put right, in one line. */
export class Complaint extends Error {}

const troubles: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'a file is in the way of a folder',
  EEXIST: 'a file is in the way of a folder',
};

/** The complaint in an error that a place's file system caused (a full disk, say), wrapped or not; undefined for a defect. */
export function complaintIn(error: unknown, place: string): Complaint | undefined {
  if (error instanceof Complaint) return error;
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  const trouble = code === undefined ? undefined : troubles[code];
  return trouble === undefined ? complaintIn(error.cause, place) : new Complaint(`${trouble} in ${place}`);
}
