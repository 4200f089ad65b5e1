"""Variables of a context, of which there is one here: nothing runs beside a program."""


class Token:
    MISSING = object()

    def __init__(self, var, old):
        self.var, self.old_value = var, old


class ContextVar:
    def __init__(self, name, *, default=Token.MISSING):
        self.name, self._default, self._value = name, default, Token.MISSING

    def get(self, default=Token.MISSING):
        for value in (self._value, default, self._default):
            if value is not Token.MISSING:
                return value
        raise LookupError(self)

    def set(self, value):
        token = Token(self, self._value)
        self._value = value
        return token

    def reset(self, token):
        self._value = token.old_value


class Context(dict):
    def run(self, function, *args, **kwargs):
        return function(*args, **kwargs)


def copy_context():
    return Context()
