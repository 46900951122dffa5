/** Quotes a word for POSIX shells, only where it needs it. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A kubectl command line: the words quoted as needed, `-n` first where the object has a namespace. */
export function kubectl(namespace: string | undefined, ...words: readonly string[]): string {
  const scope = namespace === undefined ? [] : ['-n', namespace];
  return ['kubectl', ...scope, ...words].map(shellQuote).join(' ');
}
