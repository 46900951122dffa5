import { Complaint } from './complaint.ts';

/** What CHANGELOG.md says of a version. Throws a Complaint where it says nothing. */
export function notesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^(?=## )/m).slice(1);
  const section = sections.find((text) => text.split(/[\s\]]/, 2)[1]?.replace('[', '') === version);
  const notes = section?.slice(section.indexOf('\n')).trim();
  if (notes === undefined || notes === '') throw new Complaint(`CHANGELOG.md has no notes of ${version}`);
  return `${notes}\n`;
}
