"""Reads a Mach-O executable and checks its code signature, page by page; prints what it found as JSON.

Written from mach-o/loader.h and xnu's cs_blobs.h for the proofs alone: it shares nothing with what signs.
"""
import hashlib
import json
import struct
import sys

with open(sys.argv[1], "rb") as file:
    data = file.read()

magic, cpu, _, filetype, ncmds, sizeofcmds, flags, _ = struct.unpack_from("<8I", data)
assert magic == 0xFEEDFACF and filetype == 2, "no 64-bit executable"
cpus = {0x01000007: "x64", 0x0100000C: "arm64"}

segments, sections, signatures, entries, linkedit_ranges, minimum = [], [], [], 0, [], None
at = 32
for _ in range(ncmds):
    command, size = struct.unpack_from("<2I", data, at)
    assert size % 8 == 0 and at + size <= 32 + sizeofcmds, "load command out of bounds"
    if command == 0x19:
        name, vmaddr, vmsize, fileoff, filesize, _, _, count, _ = struct.unpack_from("<16s4Q2i2I", data, at + 8)
        segments.append((name.rstrip(b"\0").decode(), vmaddr, vmsize, fileoff, filesize))
        for index in range(count):
            section = struct.unpack_from("<16s16s2Q8I", data, at + 72 + 80 * index)
            sections.append((section[1].rstrip(b"\0").decode(), section[0].rstrip(b"\0").decode(), *section[2:5]))
    elif command == 0x1D:
        signatures.append(struct.unpack_from("<2I", data, at + 8))
    elif command == 0x80000028:
        entries += 1
    elif command == 0x32:
        version = struct.unpack_from("<I", data, at + 12)[0]
        minimum = f"{version >> 16}.{(version >> 8) & 255}"
    elif command == 0x2:
        symoff, nsyms, stroff, strsize = struct.unpack_from("<4I", data, at + 8)
        linkedit_ranges += [(symoff, nsyms * 16), (stroff, strsize)]
    elif command in (0x22, 0x80000022):
        fields = struct.unpack_from("<10I", data, at + 8)
        linkedit_ranges += list(zip(fields[::2], fields[1::2]))
    elif command in (0x26, 0x29):
        linkedit_ranges.append(struct.unpack_from("<2I", data, at + 8))
    at += size
assert at == 32 + sizeofcmds, "load commands do not add up"
assert entries == 1, "not one entry point"

by_name = {segment[0]: segment for segment in segments}
page = 0x4000 if cpus[cpu] == "arm64" else 0x1000
end_of_memory = end_of_file = 0
for name, vmaddr, vmsize, fileoff, filesize in segments:
    assert vmaddr % page == 0 and vmsize % page == 0, f"{name} is not aligned in memory"
    assert vmaddr >= end_of_memory and filesize <= vmsize or name == "__PAGEZERO", f"{name} overlaps"
    if filesize:
        assert fileoff % page == 0 and fileoff >= end_of_file, f"{name} is not aligned in the file, or overlaps"
        end_of_file = fileoff + filesize
    end_of_memory = vmaddr + vmsize
assert segments[-1][0] == "__LINKEDIT" and end_of_file == len(data), "the file does not end with __LINKEDIT"
first = min(offset for _, _, _, _, offset in sections if offset)
assert 32 + sizeofcmds <= first, "load commands run into the first section"

assert len(signatures) == 1, "not one signature"
offset, size = signatures[0]
_, _, _, linkedit_offset, linkedit_size = by_name["__LINKEDIT"]
assert offset % 16 == 0 and offset + size == len(data) == linkedit_offset + linkedit_size
for start, length in linkedit_ranges:
    if length:
        assert linkedit_offset <= start and start + length <= offset, "link-edit data out of bounds"

super_magic, super_length, count = struct.unpack_from(">3I", data, offset)
assert super_magic == 0xFADE0CC0 and super_length <= size
blobs = {}
for index in range(count):
    kind, start = struct.unpack_from(">2I", data, offset + 12 + 8 * index)
    blob_magic, length = struct.unpack_from(">2I", data, offset + start)
    assert start + length <= super_length
    blobs[kind] = (blob_magic, data[offset + start : offset + start + length])

magic, directory = blobs[0]
assert magic == 0xFADE0C02
(_, _, version, cs_flags, hash_offset, ident_offset, specials, codes, limit, hash_size, hash_type, platform, bits) = (
    struct.unpack_from(">9I4B", directory)
)
assert version == 0x20400 and hash_size == 32 and hash_type == 2 and platform == 0
base, text_limit, exec_flags = struct.unpack_from(">3Q", directory, 64)
assert (base, text_limit) == by_name["__TEXT"][3:5] and exec_flags == 1
assert limit == offset, "the signature does not cover all that is before it"
assert codes == -(-limit // (1 << bits)) and hash_offset + codes * 32 == len(directory)
wrong = 0
for index in range(codes):
    covered = data[index << bits : min((index + 1) << bits, limit)]
    at = hash_offset + index * 32
    wrong += hashlib.sha256(covered).digest() != directory[at : at + 32]
for kind, (_, blob) in blobs.items():
    if 0 < kind <= specials:
        at = hash_offset - kind * 32
        wrong += hashlib.sha256(blob).digest() != directory[at : at + 32]

blob = [section for section in sections if section[:2] == ("NODE_SEA", "__NODE_SEA_BLOB")]
print(
    json.dumps(
        {
            "cpu": cpus[cpu],
            "minimumSystem": minimum,
            "identifier": directory[ident_offset : directory.index(0, ident_offset)].decode(),
            "isAdHoc": cs_flags == 2 and len(blobs[0x10000][1]) == 8,
            "pages": codes,
            "wrongHashes": wrong,
            "blobBytes": blob[0][3] if blob else 0,
        }
    )
)
