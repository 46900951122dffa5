import type { ConnectionOptions } from '../cluster/live/options.ts';
import type { TargetWords } from './target-words.ts';

/** How a report is printed. */
export const REPORT_FORMATS = ['text', 'wide', 'json', 'yaml'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** How lists are printed. */
export const LIST_FORMATS = ['text', 'json', 'yaml'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell', 'kubectl'] as const;
export type Shell = (typeof SHELLS)[number];

/** Where to read: a snapshot file or folder, or a live cluster. */
export type Source =
  | { readonly kind: 'file'; readonly path: string; readonly at?: string }
  | { readonly kind: 'live'; readonly connection: ConnectionOptions };

/** Which Ingresses to read, and where. */
export interface Selection {
  readonly words: TargetWords;
  /** `-n`, or the namespace of `namespace/name`. */
  readonly namespace?: string;
  readonly isAllNamespaces: boolean;
  readonly selector?: string;
  readonly source: Source;
  readonly seenStatus?: number;
  /** For how many seconds back the logs of controllers count. */
  readonly logSeconds?: number;
}

/** What a command line asks for. */
export type Invocation = { readonly color: ColorChoice; readonly verbosity: number } & (
  | {
      readonly command: 'diagnose';
      readonly selection: Selection;
      readonly format: ReportFormat;
      readonly isWatch: boolean;
    }
  | { readonly command: 'snapshot'; readonly selection: Selection }
  | { readonly command: 'explain'; readonly rule: string }
  | { readonly command: 'rules'; readonly format: ListFormat }
  | { readonly command: 'version'; readonly format: ListFormat }
  | { readonly command: 'completion'; readonly shell: Shell }
  | { readonly command: 'help' }
);
