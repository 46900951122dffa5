import type { Plugin } from 'esbuild';

/**
 * What packages import at the start without need here, by the importing module: it would be most of the bundle, and
 * most of the time of a start.
 *
 * @kubernetes/client-node reads kubeconfigs and authenticates; its generated API, and undici, over which it would ask
 * that API, are not used: src/cluster/live/ sends the requests. yargs takes command lines apart; its help texts,
 * which need the width of emojis, are not used: src/cli/help.ts has them.
 */
const unneeded: readonly {
  readonly by: RegExp;
  readonly module: string;
  readonly names: readonly string[];
}[] = [
  { by: /client-node[\\/]dist[\\/]config\.js$/, module: 'undici', names: ['Agent', 'ProxyAgent'] },
  {
    by: /client-node[\\/]dist[\\/]config\.js$/,
    module: './gen/index.js',
    names: ['createConfiguration', 'ServerConfiguration'],
  },
  { by: /client-node[\\/]dist[\\/]config\.js$/, module: './middleware.js', names: ['setHeaderMiddleware'] },
  { by: /client-node[\\/]dist[\\/]config\.js$/, module: 'socks', names: ['SocksClient'] },
  { by: /yargs[\\/]lib[\\/]platform-shims[\\/]esm\.mjs$/, module: 'cliui', names: ['default'] },
  { by: /yargs[\\/]lib[\\/]platform-shims[\\/]esm\.mjs$/, module: 'string-width', names: ['default'] },
  // Looks for a package.json above the working folder, which is the user's, and obeys it; yargs goes on without one.
  { by: /yargs[\\/]lib[\\/]platform-shims[\\/]esm\.mjs$/, module: 'escalade/sync', names: ['default'] },
];

/** Puts functions that only complain in the place of what is not needed. */
export function leaveOut(): Plugin {
  const namespace = 'unneeded';
  return {
    name: 'leave-out',
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path: wanted, importer }) => {
        const entry = unneeded.find(({ by, module }) => module === wanted && by.test(importer));
        return entry && { path: wanted, namespace, pluginData: entry.names };
      });
      build.onLoad({ filter: /./, namespace }, ({ path: wanted, pluginData }) => ({
        contents: (pluginData as readonly string[]).map((name) => complaining(wanted, name)).join('\n'),
      }));
    },
  };
}

function complaining(wanted: string, name: string): string {
  const declared = name === 'default' ? 'default function' : `function ${name}`;
  return `export ${declared}() { throw new Error('${name} of ${wanted} is not in the bundle'); }`;
}

/**
 * What @kubernetes/client-node imports at the start for a few users: the proxy that some clusters are behind, and the
 * plugins of some clouds. As a module that loads the real one when it is used.
 */
const late: readonly { readonly by: RegExp; readonly module: string; readonly contents: string }[] = [
  {
    by: /client-node[\\/]dist[\\/]config\.js$/,
    module: 'socks-proxy-agent',
    contents: `export const SocksProxyAgent = new Proxy(class {}, {
      construct: (_, options) => Reflect.construct(require('socks-proxy-agent').SocksProxyAgent, options),
    });`,
  },
  {
    by: /client-node[\\/]dist[\\/]\w+\.js$/,
    module: 'node:child_process',
    contents: `export default new Proxy({}, {
      get: (_, name) => (...options) => require('node:child_process')[name](...options),
    });`,
  },
];

/** Puts them in. */
export function loadLate(): Plugin {
  const namespace = 'late';
  return {
    name: 'load-late',
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path: wanted, importer, resolveDir, namespace: of }) => {
        const entry = late.find(({ by, module }) => module === wanted && by.test(importer));
        return entry && of === 'file'
          ? { path: wanted, namespace, pluginData: { contents: entry.contents, resolveDir } }
          : undefined;
      });
      build.onLoad(
        { filter: /./, namespace },
        ({ pluginData }) => pluginData as { readonly contents: string },
      );
    },
  };
}
