import type { Service } from '../kubernetes/types.ts';
import type { Workload } from '../kubernetes/workload-types.ts';
import type { Settings } from './profile.ts';
import { isTrue } from './settings.ts';

/** A port that Traefik listens on. */
export interface EntryPoint {
  /** In lower case, as flags are read. */
  readonly name: string;
  /** Its port in the Pod. */
  readonly port?: number;
  /** Whether its routers take TLS where they say nothing of their own. */
  readonly hasTls: boolean;
  /** Whether routers without entry points of their own are on it. */
  readonly isDefault: boolean;
  /** The entry point, or `:443`, to which it redirects every request. */
  readonly redirectsTo?: string;
}

/** The entry points that flags set up; empty where a file or the environment does, which are not read. */
export function entryPointsOf(settings: Settings): readonly EntryPoint[] {
  const names = [...settings.keys()].flatMap((key) => /^entrypoints\.([^.]+)\.address$/.exec(key)?.[1] ?? []);
  const hasDefaults = names.some((name) => isTrue(settings.get(`entrypoints.${name}.asdefault`)));
  return names.map((name) => {
    const setting = (key: string) => settings.get(`entrypoints.${name}.${key}`);
    const port = /:(\d+)(?:\/\w+)?$/.exec(setting('address') ?? '')?.[1];
    const tls = setting('http.tls');
    const redirectsTo = setting('http.redirections.entrypoint.to');
    return {
      name,
      ...(port !== undefined && { port: Number(port) }),
      hasTls:
        isTrue(tls) ||
        (tls === undefined &&
          [...settings.keys()].some((key) => key.startsWith(`entrypoints.${name}.http.tls.`))),
      isDefault: hasDefaults ? isTrue(setting('asdefault')) : name !== 'traefik',
      ...(redirectsTo !== undefined && { redirectsTo: redirectsTo.toLowerCase() }),
    };
  });
}

/**
 * The Service ports under which clients reach an entry point. Empty where no Service leads to it, as far as these
 * Services tell: its Pods may be reached by ports of their nodes.
 */
export function publicPorts(
  { port }: EntryPoint,
  services: readonly Service[],
  workloads: readonly Workload[],
): readonly number[] {
  const named = new Map(
    workloads
      .flatMap(({ spec }) => spec?.template?.spec?.containers ?? [])
      .flatMap(({ ports = [] }) => ports)
      .map((each) => [each.name, each.containerPort] as const),
  );
  return services.flatMap(({ spec }) =>
    (spec?.ports ?? []).flatMap((each) => {
      const target = each.targetPort ?? each.port;
      const number = typeof target === 'string' ? named.get(target) : target;
      return number !== undefined && number === port && each.port !== undefined ? [each.port] : [];
    }),
  );
}
