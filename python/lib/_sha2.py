"""The digest by which `random` turns texts into seeds."""
import _random


class sha512:
    name, digest_size, block_size = "sha512", 64, 128

    def __init__(self, data=b""):
        self._data = bytes(data)

    def update(self, data):
        self._data += data

    def digest(self):
        return _random.sha512(self._data)

    def hexdigest(self):
        return self.digest().hex()
