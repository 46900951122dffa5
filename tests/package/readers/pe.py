"""Reads a Windows executable and checks its structure; prints what it found as JSON.

Written from Microsoft's description of the format for the proofs alone: it shares nothing with what packages.
"""
import array
import json
import struct
import sys

with open(sys.argv[1], "rb") as file:
    data = file.read()

assert data[:2] == b"MZ"
pe = struct.unpack_from("<I", data, 0x3C)[0]
assert data[pe : pe + 4] == b"PE\0\0"
machine, count, _, _, _, optional_size, characteristics = struct.unpack_from("<2H3I2H", data, pe + 4)
optional = pe + 24
assert struct.unpack_from("<H", data, optional)[0] == 0x20B, "not PE32+"
entry = struct.unpack_from("<I", data, optional + 16)[0]
section_alignment, file_alignment = struct.unpack_from("<2I", data, optional + 32)
image_size, headers_size, checksum, subsystem = struct.unpack_from("<3IH", data, optional + 56)
directories = [struct.unpack_from("<2I", data, optional + 112 + 8 * index) for index in range(16)]

memory_end, raw_end, names, raw = headers_size, headers_size, [], []
for index in range(count):
    at = optional + optional_size + 40 * index
    name, vsize, vaddr, raw_size, raw_at = struct.unpack_from("<8s4I", data, at)
    assert vaddr % section_alignment == 0 and vaddr >= memory_end, f"{name} overlaps in memory"
    assert raw_at % file_alignment == 0 and raw_at + raw_size <= len(data), f"{name} is out of bounds"
    if raw_size:
        assert raw_at >= raw_end, f"{name} overlaps in the file"
        raw_end = raw_at + raw_size
    memory_end = vaddr + vsize
    names.append(name.rstrip(b"\0").decode())
    raw.append((vaddr, vsize, raw_at, raw_size))
assert -(-memory_end // section_alignment) * section_alignment == image_size, "sizes do not add up"
assert any(vaddr <= entry < vaddr + vsize for vaddr, vsize, _, _ in raw), "the entry point is nowhere"


def position(address):
    return next(raw_at + address - vaddr for vaddr, vsize, raw_at, _ in raw if vaddr <= address < vaddr + vsize)


def resources(table, path):
    """The leaves of a resource directory: (path, address, size)."""
    named, numbered = struct.unpack_from("<2H", data, root + table + 12)
    for index in range(named + numbered):
        key, target = struct.unpack_from("<2I", data, root + table + 16 + 8 * index)
        if key & 0x80000000:
            at = root + (key & 0x7FFFFFFF)
            key = data[at + 2 : at + 2 + 2 * struct.unpack_from("<H", data, at)[0]].decode("utf-16-le")
        if target & 0x80000000:
            yield from resources(target & 0x7FFFFFFF, [*path, key])
        else:
            yield [*path, key], *struct.unpack_from("<2I", data, root + target)


root = position(directories[2][0])
blobs = [size for path, _, size in resources(0, []) if path[:2] == [10, "NODE_SEA_BLOB"]]

# Words of the file, the checksum's own left out, added with the carry brought round.
words = array.array("H", data + b"\0" * (len(data) % 2))
total = sum(words) - sum(words[(optional + 64) // 2 : (optional + 68) // 2])
while total >> 16:
    total = (total & 0xFFFF) + (total >> 16)

print(
    json.dumps(
        {
            "machine": {0x8664: "x64", 0xAA64: "arm64"}.get(machine),
            "isExecutable": bool(characteristics & 2),
            "isConsole": subsystem == 3,
            "sections": names,
            "signature": directories[4],
            "checksumIsRight": checksum == (total + len(data)) & 0xFFFFFFFF,
            "bytesAfterSections": len(data) - raw_end,
            "blobBytes": sum(blobs),
        }
    )
)
