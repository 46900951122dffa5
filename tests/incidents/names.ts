/** A letter sequence as the API server generates them. */
export function suffix(index: number): string {
  return hashOf(`${index} of many`).slice(0, 5);
}

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

export function hashOf(text: string): string {
  const letters = Array.from(
    { length: 9 },
    (_, index) => ALPHABET[numberOf(`${index}${text}`) % ALPHABET.length],
  );
  return letters.join('');
}

function numberOf(text: string): number {
  let value = 2_166_136_261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return value;
}

export function octet(text: string): number {
  return numberOf(text) % 250;
}

export function addressOf(key: string, index: number): string {
  return `10.${244 + (numberOf(`a${key}`) % 8)}.${octet(key)}.${index + 11}`;
}
