import type { Palette } from './palette.ts';

/** How much a text report shows. Whatever is left out is counted in the report. */
export interface Detail {
  readonly isFull: boolean;
  /** UTF-16 units of one value. */
  readonly valueLength: number;
  /** Lines of one value. */
  readonly valueLines: number;
  readonly evidence: number;
  readonly commands: number;
  readonly explained: number;
  /** Root causes in full. */
  readonly causes: number;
  readonly others: number;
  /** Groups of broken routes with their hops. */
  readonly groups: number;
  /** Routes of one group, and healthy routes. */
  readonly routes: number;
  readonly names: number;
}

/** What fits into the first minutes of an incident. */
export const BRIEF: Detail = {
  isFull: false,
  valueLength: 300,
  valueLines: 6,
  evidence: 5,
  commands: 6,
  explained: 5,
  causes: 3,
  others: 8,
  groups: 4,
  routes: 8,
  names: 4,
};

/** Everything; only values that would fill screens are bounded. */
export const FULL: Detail = {
  isFull: true,
  valueLength: 4000,
  valueLines: Number.POSITIVE_INFINITY,
  evidence: Number.POSITIVE_INFINITY,
  commands: Number.POSITIVE_INFINITY,
  explained: Number.POSITIVE_INFINITY,
  causes: Number.POSITIVE_INFINITY,
  others: Number.POSITIVE_INFINITY,
  groups: Number.POSITIVE_INFINITY,
  routes: Number.POSITIVE_INFINITY,
  names: Number.POSITIVE_INFINITY,
};

/** What the parts of a text report are given besides the diagnosis. */
export interface Page {
  readonly width: number | undefined;
  readonly palette: Palette;
  readonly detail: Detail;
  readonly now: Date | undefined;
  readonly seenStatus: number | undefined;
}
