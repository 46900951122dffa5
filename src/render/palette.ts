import { $, bold, cyan, dim, green, red, yellow } from 'kleur/colors';
import type { Verdict } from '../model/diagnosis.ts';

/** Colours a text, or leaves it as it is. */
export type Paint = (text: string) => string;

/** The colours of a report. */
export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

/** Colours that colour, or that do nothing, as the caller decides. */
export function createPalette(color: boolean): Palette {
  const paintWith = (paint: (text: string) => string): Paint => (color ? forced(paint) : (text) => text);
  return {
    bold: paintWith(bold),
    dim: paintWith(dim),
    red: paintWith(red),
    green: paintWith(green),
    yellow: paintWith(yellow),
    cyan: paintWith(cyan),
  };
}

/** The colour of a verdict or of a hop's health. */
export function verdictPaint(palette: Palette, verdict: Verdict | 'ok' | 'warning'): Paint {
  switch (verdict) {
    case 'failing':
      return (text) => palette.bold(palette.red(text));
    case 'degraded':
    case 'warning':
      return palette.yellow;
    case 'unknown':
      return palette.cyan;
    case 'healthy':
    case 'ok':
      return palette.green;
  }
}

// kleur decides by its own look at the environment; here the option alone decides.
function forced(paint: (text: string) => string): Paint {
  return (text) => {
    const before = $.enabled;
    $.enabled = true;
    try {
      return paint(text);
    } finally {
      $.enabled = before;
    }
  };
}
