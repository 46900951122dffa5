/** kubectl's connection flags, with its names and meaning; an absent flag leaves it to the kubeconfig. */
export interface ConnectionOptions {
  /** Path of the only kubeconfig to read. */
  readonly kubeconfig?: string;
  /** Names in the kubeconfig. */
  readonly context?: string;
  readonly cluster?: string;
  readonly user?: string;
  /** User to impersonate. */
  readonly as?: string;
  readonly asGroup?: readonly string[];
  /** Bearer token. */
  readonly token?: string;
  /** URL of the API server. */
  readonly server?: string;
  /** Path of a PEM file. */
  readonly certificateAuthority?: string;
  readonly insecureSkipTlsVerify?: boolean;
  /** `5s`, `1m30s`, a number of seconds; `0` waits for ever. Absent means 15 seconds: a doctor must not hang. */
  readonly requestTimeout?: string;
  /** From 6 on each request is told, as kubectl does. */
  readonly verbosity?: number;
}

/** What `connect` needs of the process, which `main` alone touches. */
export interface ConnectionEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** This program's version, for the User-Agent. */
  readonly version: string;
  /** Whether a person sits at standard input, for credential plugins that ask. */
  readonly isInteractive: boolean;
  /** Writes a line to standard error: what `verbosity` asks for, and what a credential plugin tells its user. */
  readonly tell: (line: string) => void;
  /** Ends everything that is under way, as Ctrl-C does. */
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
  /** Called after each HTTP request. */
  readonly onRequest?: (record: RequestRecord) => void;
  /** Objects per page of a list; 500 as in kubectl when absent. */
  readonly pageSize?: number;
  /** Where a Pod finds its service account; Kubernetes' own folder when absent. */
  readonly serviceAccountFolder?: string;
}

/** One HTTP request that was made. Carries no credentials. */
export interface RequestRecord {
  readonly url: string;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly startedAt: Date;
  readonly milliseconds: number;
}
