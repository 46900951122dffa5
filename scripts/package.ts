import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { baseNode } from './package/base-node.ts';
import { Complaint, complaintIn } from './package/complaint.ts';
import { PLATFORMS, type Platform } from './package/platforms.ts';
import { makeBinary } from './package/sea.ts';

// npm run package [-- PLATFORM...]: build/PLATFORM/kubectl-gateway_doctor, one file that needs no Node on its machine;
// for all platforms when none is named. The bundle has to be there (npm run build).

const root = path.join(import.meta.dirname, '..');
const build = path.join(root, 'build');
const bundle = path.join(build, 'bundle');

async function packageAll(names: readonly string[]): Promise<void> {
  const chosen = (names.length === 0 ? Object.keys(PLATFORMS) : names).map((name) => ({
    name,
    platform: platformOf(name),
  }));
  if (!existsSync(path.join(bundle, 'main.cjs')))
    throw new Complaint('there is no bundle yet: run npm run build');
  // All of them before the first binary: what is missing or wrong is known at once.
  const bases = chosen.map(({ name, platform }) => ({
    name,
    platform,
    node: baseNode(root, name, platform),
  }));
  for (const { node } of bases) {
    // The blob that is injected is made by the Node that runs this, and read by the one in the binary.
    if (node.version !== process.versions.node)
      throw new Complaint(
        `Node ${node.version} has to run this, not ${process.versions.node}: use npm run package`,
      );
  }

  for (const { name, platform, node } of bases) {
    const work = mkdtempSync(path.join(build, '.package-'));
    const clean = () => rmSync(work, { recursive: true, force: true });
    process.once('exit', clean);
    try {
      const binary = await makeBinary(name, platform, node, bundle, work);
      const target = path.join(build, name);
      rmSync(target, { recursive: true, force: true });
      renameSync(path.dirname(binary), target);
      console.log(path.relative(process.cwd(), path.join(target, platform.binary)));
    } finally {
      clean();
      process.removeListener('exit', clean);
    }
  }
}

function platformOf(name: string): Platform {
  const platform = Object.hasOwn(PLATFORMS, name) ? PLATFORMS[name] : undefined;
  if (platform !== undefined) return platform;
  throw new Complaint(`unknown platform ${name}: there is ${Object.keys(PLATFORMS).join(', ')}`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
try {
  await packageAll(process.argv.slice(2));
} catch (error) {
  const complaint = complaintIn(error, build);
  if (complaint === undefined) throw error;
  console.error(`error: ${complaint.message}`);
  process.exitCode = 2;
}
