// https://learn.microsoft.com/windows/win32/debug/pe-format

const pePlus = 0x20b;
const checksumOffset = 64;
const certificates = 112 + 4 * 8;

/**
 * A Windows executable without its Authenticode signature, which ends the file and would not fit what is injected
 * later. Throws where the file is no 64-bit one, or something follows the signature.
 */
export function unsignPe(file: Buffer): Buffer {
  const optional = optionalHeader(file);
  const start = file.readUInt32LE(optional + certificates);
  const size = file.readUInt32LE(optional + certificates + 4);
  if (start !== 0 && start + size !== file.length)
    throw new Error('the file does not end with its signature');
  const unsigned = Buffer.from(start === 0 ? file : file.subarray(0, start));
  unsigned.fill(0, optional + certificates, optional + certificates + 8);
  return unsigned;
}

/** The executable with the checksum that its bytes have. Throws where it carries a signature. */
export function withChecksum(file: Buffer): Buffer {
  const optional = optionalHeader(file);
  if (file.readBigUInt64LE(optional + certificates) !== 0n) throw new Error('a signature is left');
  const result = Buffer.from(file);
  const at = optional + checksumOffset;
  result.writeUInt32LE(0, at);
  let sum = 0;
  const even = result.length - (result.length % 2);
  for (let offset = 0; offset < even; offset += 2) {
    sum += result.readUInt16LE(offset);
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  if (even < result.length) {
    sum += result.readUInt8(even);
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  result.writeUInt32LE(sum + result.length, at);
  return result;
}

function optionalHeader(file: Buffer): number {
  const header = file.readUInt32LE(0x3c);
  const optional = header + 24;
  if (file.toString('latin1', header, header + 4) !== 'PE\0\0' || file.readUInt16LE(optional) !== pePlus)
    throw new Error('not a 64-bit Windows executable');
  return optional;
}
