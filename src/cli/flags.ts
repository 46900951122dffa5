/** The commands that a user can name; without one the words are a target to diagnose. */
export const COMMANDS = {
  snapshot: 'print what a diagnosis reads as a file for --from',
  explain: 'print the page of a rule, by code or name',
  rules: 'list all rules',
  completion: 'print the completion script of a shell',
  version: 'print the version',
  help: 'print this text',
} as const;

export type CommandName = keyof typeof COMMANDS | 'diagnose';

/** The groups of flags in the help text, in its order. */
export const GROUPS = {
  selection: 'What to look at:',
  report: 'Report:',
  connection: 'Connection, as in kubectl:',
  general: 'General:',
} as const;

/** One flag. Flags that kubectl has too carry its name, letter and meaning. */
export interface Flag {
  readonly letter?: string;
  /** `switch` takes no value; `list` can be repeated. */
  readonly takes: 'value' | 'list' | 'switch';
  readonly group: keyof typeof GROUPS;
  /** What the value is, for the help text: `FILE`. */
  readonly value?: string;
  readonly help: string;
  /** The commands that know it; absent means all. */
  readonly commands?: readonly CommandName[];
}

const reads: readonly CommandName[] = ['diagnose', 'snapshot'];
const diagnoses: readonly CommandName[] = ['diagnose'];

function connection(value: string, help: string): Flag {
  return { takes: 'value', group: 'connection', value, help };
}

export const FLAGS = {
  namespace: {
    letter: 'n',
    takes: 'value',
    group: 'selection',
    value: 'NAMESPACE',
    help: "the Ingress's namespace; the context's when absent",
    commands: reads,
  },
  'all-namespaces': {
    letter: 'A',
    takes: 'switch',
    group: 'selection',
    help: 'every Ingress of the cluster',
    commands: reads,
  },
  selector: {
    letter: 'l',
    takes: 'value',
    group: 'selection',
    value: 'SELECTOR',
    help: 'only Ingresses with these labels',
    commands: reads,
  },
  from: {
    takes: 'value',
    group: 'selection',
    value: 'FILE',
    help: 'read a snapshot file or folder instead of a cluster',
    commands: reads,
  },
  at: {
    takes: 'value',
    group: 'selection',
    value: 'TIME',
    help: 'the moment to take as now with --from, as 2026-01-31T14:00:00Z',
    commands: reads,
  },
  status: {
    takes: 'value',
    group: 'selection',
    value: 'CODE',
    help: 'the HTTP status that you saw: causes that give it come first',
    commands: reads,
  },
  since: {
    takes: 'value',
    group: 'selection',
    value: 'DURATION',
    help: 'how far back controller logs count, as 90s, 3h; 15m when absent',
    commands: reads,
  },
  output: {
    letter: 'o',
    takes: 'value',
    group: 'report',
    value: 'FORMAT',
    help: 'text, wide, json or yaml',
    commands: ['diagnose', 'rules', 'version'],
  },
  watch: {
    letter: 'w',
    takes: 'switch',
    group: 'report',
    help: 'diagnose again every 5 seconds until Ctrl-C',
    commands: diagnoses,
  },
  color: { takes: 'value', group: 'report', value: 'WHEN', help: 'auto, always or never' },
  context: connection('NAME', 'the kubeconfig context'),
  cluster: connection('NAME', 'the kubeconfig cluster'),
  user: connection('NAME', 'the kubeconfig user'),
  kubeconfig: connection('FILE', 'the kubeconfig file'),
  as: connection('USER', 'the user to impersonate'),
  'as-group': { ...connection('GROUP', 'a group to impersonate; can be repeated'), takes: 'list' },
  token: connection('TOKEN', 'the bearer token for the API server'),
  server: { ...connection('URL', 'the API server'), letter: 's' },
  'certificate-authority': connection('FILE', "the certificate authority of the API server's certificate"),
  'insecure-skip-tls-verify': {
    takes: 'switch',
    group: 'connection',
    help: "do not check the API server's certificate",
  },
  'request-timeout': connection('DURATION', 'how long to wait for each answer; 15s when absent'),
  v: {
    letter: 'v',
    takes: 'value',
    group: 'general',
    value: 'LEVEL',
    help: 'log level; 6 shows each request',
  },
  help: { letter: 'h', takes: 'switch', group: 'general', help: 'print this text' },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof FLAGS;

/** Every flag with its name, in the order of the help text. */
export const FLAG_LIST: readonly (Flag & { readonly name: FlagName })[] = Object.entries(FLAGS).map(
  ([name, flag]) => ({ ...flag, name: name as FlagName }),
);

/** A flag as a user types it: `-n/--namespace`, `--from`, `-v`. */
export function showFlag({ name, letter }: { readonly name: string; readonly letter?: string }): string {
  if (letter === undefined) return `--${name}`;
  return letter === name ? `-${letter}` : `-${letter}/--${name}`;
}

/** Whether a command knows a flag. */
export function knows(command: CommandName, flag: Flag): boolean {
  return flag.commands === undefined || flag.commands.includes(command);
}
