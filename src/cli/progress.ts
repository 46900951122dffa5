import type { Output } from './edge.ts';

/** A line on a terminal that says what is being waited for. */
export interface Progress {
  show(text: string): void;
  /** Erases the line; later texts are not shown. */
  end(): void;
}

/** Milliseconds: who waits less needs no explanation. */
const patience = 500;
const eraseLine = '\r\u001b[K';

/** Shows progress on a terminal from half a second on, and nothing anywhere else. */
export function startProgress(output: Output): Progress {
  if (!output.isTerminal) return { show: () => {}, end: () => {} };
  let isVisible = false;
  let hasEnded = false;
  let latest = '';

  function draw(): void {
    if (hasEnded || latest === '') return;
    isVisible = true;
    output.write(`${eraseLine}${shorten(latest, output.columns ?? 80)}`);
  }

  let isDue = false;
  const timer = setTimeout(() => {
    isDue = true;
    draw();
  }, patience);
  return {
    show(text) {
      latest = text;
      if (isDue) draw();
    },
    end() {
      clearTimeout(timer);
      if (isVisible && !hasEnded) output.write(eraseLine);
      hasEnded = true;
    },
  };
}

// A line that wraps could not be erased, and names from the cluster may hold escape sequences.
function shorten(text: string, columns: number): string {
  return text.replace(/\p{C}/gu, ' ').slice(0, Math.max(0, columns - 1));
}
