/**
 * The newest moment that the objects speak of, in milliseconds since 1970; `undefined` where there is none.
 * `deletionTimestamp` lies ahead by the grace period, and annotations hold anything.
 */
export function newestTime(objects: Iterable<object>): number | undefined {
  let newest: number | undefined;
  for (const object of objects) newest = newerTime(object, newest);
  return newest;
}

function newerTime(object: object, known: number | undefined): number | undefined {
  let newest = known;
  for (const [field, value] of Object.entries(object)) {
    if (typeof value === 'object' && value !== null) {
      if (!NOT_SEARCHED.has(field)) newest = newerTime(value, newest);
    } else if (typeof value === 'string' && TIME_FIELD.test(field) && field !== 'deletionTimestamp') {
      const time = parseTime(value);
      if (time !== undefined && (newest === undefined || time > newest)) newest = time;
    }
  }
  return newest;
}

const NOT_SEARCHED = new Set(['annotations', 'labels', 'data', 'certificates']);

const TIME_FIELD = /(?:[tT]ime|[tT]imestamp|At)$/;

/** An RFC 3339 time in milliseconds since 1970. */
export function parseTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
