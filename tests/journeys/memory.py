"""memory: what of a running process's memory can be written to, as a core file would hold it, read by force (root)."""
import os
import re

AREA = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)")


def read_area(memory, begin, end):
    try:
        memory.seek(begin)
        return memory.read(end - begin)
    except (OSError, ValueError):
        return b""


def areas(pid):
    """(name, bytes) of each area that is the process's own."""
    with open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as lines:
        rows = [AREA.match(line).groups() for line in lines]
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for begin, end, rights, name in rows:
            if "w" in rights and not name.startswith(("/dev/", "[vv")):
                yield name or "anonymous", read_area(memory, int(begin, 16), int(end, 16))


def may_be_read(pid):
    try:
        return any(size for _, size in ((name, len(data)) for name, data in areas(pid)))
    except OSError:
        return False


