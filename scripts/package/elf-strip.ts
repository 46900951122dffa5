// ELF-64, little-endian: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html

const header = {
  programs: 32,
  sections: 40,
  programSize: 54,
  programCount: 56,
  sectionSize: 58,
  sectionCount: 60,
};
const namesIndex = 62;
const section = { name: 0, type: 4, flags: 8, offset: 24, size: 32, link: 40, info: 44, align: 48 };
const isLoaded = 2n;
const linksByInfo = 0x40n;
const stringTable = 3;

/**
 * An executable without its symbols and debug information, which only a debugger reads: what the program headers
 * load stays byte by byte, the other sections go. Throws where the file is no 64-bit little-endian ELF.
 */
export function stripElf(file: Buffer): Buffer {
  if (file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1)
    throw new Error('not a 64-bit little-endian ELF file');
  const loaded = file.subarray(0, loadedEnd(file));
  const sections = sectionsOf(file);
  const kept = sections.filter((entry, index) => index === 0 || hasFlag(entry, isLoaded));

  const names: Buffer[] = [Buffer.from('\0')];
  let namesSize = 1;
  const addName = (name: string) => {
    const at = namesSize;
    const bytes = Buffer.from(`${name}\0`);
    names.push(bytes);
    namesSize += bytes.length;
    return at;
  };
  const oldNames = sections[file.readUInt16LE(namesIndex)];
  const indexOf = (old: number) => Math.max(0, kept.indexOf(sections[old] ?? Buffer.alloc(0)));
  const table = kept.map((entry, index) => {
    const copy = Buffer.from(entry);
    if (index === 0) return copy;
    copy.writeUInt32LE(addName(nameOf(file, oldNames, entry)), section.name);
    copy.writeUInt32LE(indexOf(entry.readUInt32LE(section.link)), section.link);
    if (hasFlag(entry, linksByInfo))
      copy.writeUInt32LE(indexOf(entry.readUInt32LE(section.info)), section.info);
    return copy;
  });
  const namesSection = Buffer.alloc(file.readUInt16LE(header.sectionSize));
  namesSection.writeUInt32LE(addName('.shstrtab'), section.name);
  namesSection.writeUInt32LE(stringTable, section.type);
  namesSection.writeBigUInt64LE(BigInt(loaded.length), section.offset);
  namesSection.writeBigUInt64LE(BigInt(namesSize), section.size);
  namesSection.writeBigUInt64LE(1n, section.align);

  const padding = Buffer.alloc((8 - ((loaded.length + namesSize) % 8)) % 8);
  const result = Buffer.concat([loaded, ...names, padding, ...table, namesSection]);
  result.writeBigUInt64LE(BigInt(loaded.length + namesSize + padding.length), header.sections);
  result.writeUInt16LE(table.length + 1, header.sectionCount);
  result.writeUInt16LE(table.length, namesIndex);
  return result;
}

/** Where the last byte ends that a program header names. */
function loadedEnd(file: Buffer): number {
  const start = Number(file.readBigUInt64LE(header.programs));
  const size = file.readUInt16LE(header.programSize);
  const ends = Array.from({ length: file.readUInt16LE(header.programCount) }, (_, index) => {
    const at = start + index * size;
    return Number(file.readBigUInt64LE(at + 8) + file.readBigUInt64LE(at + 32));
  });
  return Math.max(...ends);
}

function sectionsOf(file: Buffer): readonly Buffer[] {
  const start = Number(file.readBigUInt64LE(header.sections));
  const size = file.readUInt16LE(header.sectionSize);
  return Array.from({ length: file.readUInt16LE(header.sectionCount) }, (_, index) =>
    file.subarray(start + index * size, start + (index + 1) * size),
  );
}

function hasFlag(entry: Buffer, flag: bigint): boolean {
  return (entry.readBigUInt64LE(section.flags) & flag) !== 0n;
}

function nameOf(file: Buffer, names: Buffer | undefined, entry: Buffer): string {
  if (names === undefined) return '';
  const start = Number(names.readBigUInt64LE(section.offset)) + entry.readUInt32LE(section.name);
  return file.toString('latin1', start, file.indexOf(0, start));
}
