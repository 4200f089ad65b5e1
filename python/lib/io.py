"""`io` without files: what `_io` has where there is no host."""
import _io
from _io import *

for _name in ("StringIO", "BytesIO", "TextIOWrapper", "IOBase", "RawIOBase", "BufferedIOBase", "TextIOBase", "UnsupportedOperation", "text_encoding"):
    if hasattr(_io, "_" + _name) and not hasattr(_io, _name):
        globals()[_name] = getattr(_io, "_" + _name)
    elif hasattr(_io, _name):
        globals()[_name] = getattr(_io, _name)
DEFAULT_BUFFER_SIZE = 8192
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


def open(*args, **kwargs):
    raise OSError("this Python has no files")
