"""`jax.errors`."""
import _core


class JAXTypeError(TypeError):
    pass


class JAXIndexError(IndexError):
    pass


class ConcretizationTypeError(JAXTypeError):
    pass


class TracerBoolConversionError(ConcretizationTypeError):
    pass


class TracerIntegerConversionError(JAXTypeError):
    pass


class TracerArrayConversionError(JAXTypeError):
    pass


class NonConcreteBooleanIndexError(JAXIndexError):
    pass


class UnexpectedTracerError(JAXTypeError):
    pass


class KeyReuseError(RuntimeError):
    pass


class JaxRuntimeError(RuntimeError):
    pass


for _class in (ConcretizationTypeError, TracerBoolConversionError, TracerIntegerConversionError, TracerArrayConversionError,
               NonConcreteBooleanIndexError, UnexpectedTracerError, JaxRuntimeError):
    _class.__module__ = "jax.errors"
    _core.hook(_class.__name__, _class)
