import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { PLATFORMS } from '../../../scripts/package/platforms.ts';
import { binaryOf, must, root, temporaryFolder } from './proof.ts';

import.meta.jest.setTimeout(600_000);

const copy = temporaryFolder();

test('the same sources give the same binaries in another folder', () => {
  for (const part of ['src', 'scripts', 'examples', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  const node = [process.execPath, '--no-warnings'];
  must([...node, path.join(copy, 'scripts/build.ts')]);
  must([...node, path.join(copy, 'scripts/package.ts')]);
  const differing = Object.keys(PLATFORMS).filter((name) => {
    const again = path.join(copy, path.relative(root, binaryOf(name)));
    return !readFileSync(again).equals(readFileSync(binaryOf(name)));
  });
  expect(differing).toEqual([]);
});
