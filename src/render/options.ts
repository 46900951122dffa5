/** What a renderer may know about where its output goes. It reads neither the environment nor the clock. */
export interface RenderOptions {
  /** Columns of the terminal; `undefined`: not a terminal, lines are not wrapped. */
  readonly width: number | undefined;
  /** Whether to use ANSI colours. They repeat what the words say. */
  readonly color: boolean;
  /** The moment for which the diagnosis holds; ages are shown only with it. */
  readonly now?: Date | undefined;
  /** The HTTP status that the user saw, if told. */
  readonly seenStatus?: number | undefined;
}

/** Some terminals report no columns at all, or fewer than a word needs: lines are laid out for this many at least. */
const LEAST_WIDTH = 40;

/** The columns to lay lines out for. */
export function usableWidth({ width }: RenderOptions): number | undefined {
  return width === undefined ? undefined : Math.max(width, LEAST_WIDTH);
}
