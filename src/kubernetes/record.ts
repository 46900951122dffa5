/** A JSON object of which nothing is known yet. */
export type JsonRecord = Record<string, unknown>;

/** Whether the value is a JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
