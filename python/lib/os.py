"""What programs and Python's own modules ask of `os` where there are no files, processes or users."""
import sys
import _random
from types import ModuleType as _Module

name = "posix"
sep, altsep, pathsep, linesep, curdir, pardir, extsep = "/", None, ":", "\n", ".", "..", "."
environ = {}


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    return path.__fspath__()


def getenv(key, default=None):
    return environ.get(key, default)


def getcwd():
    return "/"


def get_terminal_size(*args):
    raise OSError("there is no terminal")


def isatty(fd):
    return False


def getpid():
    return 1


def cpu_count():
    return 1


def urandom(size):
    return _random.system_bytes(size)


class PathLike:
    pass


path = _Module("os.path")


def _basename(p):
    return fspath(p).rsplit("/", 1)[-1]


def _dirname(p):
    return fspath(p).rpartition("/")[0]


def _join(first, *rest):
    for part in rest:
        first = part if part.startswith("/") else first.rstrip("/") + "/" + part if first else part
    return first


def _splitext(p):
    head, dot, tail = _basename(p).rpartition(".")
    return (p[: len(p) - len(tail) - 1], "." + tail) if head and dot else (p, "")


path.sep = sep
path.basename, path.dirname, path.join, path.splitext = _basename, _dirname, _join, _splitext
path.exists = path.isfile = path.isdir = lambda p: False
path.abspath = path.realpath = path.normpath = path.normcase = lambda p: p
path.split = lambda p: (_dirname(p), _basename(p))
path.isabs = lambda p: fspath(p).startswith("/")
sys.modules["os.path"] = path
