//! The words of errors that `RustPython` itself raises, as `CPython` 3.11 has them.

use rustpython_vm::{
    AsObject, PyObject, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseException, PyStr},
};

/// What stands at the start, and what follows behind a gap, of texts that differ; how they are to stand.
const TEXTS: &[(&str, &str, &str)] = &[
    (
        "float() argument must be a string or a number, not ",
        "",
        "float() argument must be a string or a real number, not {}",
    ),
    ("zero to a negative power", "", "0.0 cannot be raised to a negative power"),
    ("can only concatenate tuple (not '", "') to tuple", "can only concatenate tuple (not \"{}\") to tuple"),
    (
        "The only supported seed types are:\nNone, int, float, str, bytes, and bytearray.",
        "",
        "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.",
    ),
    ("max() iterable argument is empty", "", "max() arg is an empty sequence"),
    ("min() iterable argument is empty", "", "min() arg is an empty sequence"),
    ("%d format: a number is required, not ", "", "%d format: a real number is required, not {}"),
    (
        "list indices must be integers or slices or classes that override __index__ operator, not '",
        "'",
        "list indices must be integers or slices, not {}",
    ),
    (
        "tuple indices must be integers or slices or classes that override __index__ operator, not '",
        "'",
        "tuple indices must be integers or slices, not {}",
    ),
    (
        "str indices must be integers or slices or classes that override __index__ operator, not '",
        "'",
        "string indices must be integers, not '{}'",
    ),
    ("'", "' does not support item assignment", "'{}' object does not support item assignment"),
    ("'", "' does not support item deletion", "'{}' object doesn't support item deletion"),
    (
        "'",
        "' object does not support the context manager protocol (missed __exit__ method)",
        "'{}' object does not support the context manager protocol",
    ),
    (
        "exceptions must be classes or instances deriving from BaseException, not ",
        "",
        "exceptions must derive from BaseException",
    ),
    (
        "isinstance() arg 2 must be a type, a tuple of types, or a union, not ",
        "",
        "isinstance() arg 2 must be a type, a tuple of types, or a union",
    ),
    ("issubclass() arg 1 must be a class, not ", "", "issubclass() arg 1 must be a class"),
    ("type ", " doesn't define __round__", "type {} doesn't define __round__ method"),
    ("reduce() of empty sequence with no initial value", "", "reduce() of empty iterable with no initial value"),
    (
        "local variable '",
        "' referenced before assignment",
        "cannot access local variable '{}' where it is not associated with a value",
    ),
    ("month must be in 1..12, not ", "", "month must be in 1..12"),
    ("Python int too large to convert to Rust ", "", "Python int too large to convert to C long"),
    ("maximum recursion depth exceeded ", "", "maximum recursion depth exceeded"),
];

/// A text in the words of `CPython`; `None` for one that is the same there.
pub fn translated(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix("too many values to unpack (expected ") {
        let (count, _) = rest.split_once(", got ")?;
        return Some(format!("too many values to unpack (expected {count})"));
    }
    let told = TEXTS.iter().find_map(|(start, end, words)| {
        let gap = text.strip_prefix(start)?.strip_suffix(end)?;
        Some(words.replace("{}", gap))
    });
    told.or_else(|| named(text))
}

/// What names an array's class, or a function inside a `lambda`, in full.
fn named(text: &str) -> Option<String> {
    // what JAX refuses itself it names by the class alone
    let is_refused = text.starts_with("unsupported operand")
        && !text.contains("for @: ")
        && ["'list'", "'tuple'", "for ==: ", "for !=: "].iter().any(|part| text.contains(part));
    let mut words = if is_refused { text.to_owned() } else { text.replace("'ArrayImpl'", "'jaxlib._jax.ArrayImpl'") };
    if text.starts_with("sequence item ") {
        words = words.replace("instance, ArrayImpl found", "instance, jaxlib._jax.ArrayImpl found");
    }
    if text.contains("<lambda>.<lambda>() ") {
        words = words.replace("<lambda>.<lambda>() ", "<lambda>.<locals>.<lambda>() ");
    }
    (words != text).then_some(words)
}

/// Has `repr` of the exceptions that the interpreter raises show what those of `CPython` say; `str` is in `lib/_start.py`.
pub fn install(vm: &VirtualMachine) {
    let all = &vm.ctx.exceptions;
    let classes = [
        all.type_error,
        all.value_error,
        all.zero_division_error,
        all.overflow_error,
        all.unbound_local_error,
        all.recursion_error,
    ];
    for class in classes {
        class.slots.repr.store(Some(shown));
    }
}

fn shown(error: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
    let args = error.downcast_ref::<PyBaseException>().map(|error| error.args());
    let only = args.as_ref().and_then(|args| args.as_slice().first().filter(|_| args.len() == 1));
    if let Some(words) =
        only.and_then(|text| text.downcast_ref::<PyStr>()).and_then(|text| translated(&text.to_string_lossy()))
    {
        let words = vm.ctx.new_str(words).as_object().repr(vm)?;
        return Ok(vm.ctx.new_str(format!("{}({words})", error.class().name())));
    }
    match vm.ctx.exceptions.base_exception_type.slots.repr.load() {
        Some(repr) => repr(error, vm),
        None => Ok(vm.ctx.new_str(error.class().name().to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::translated;

    #[test]
    fn words_are_those_of_cpython() {
        let cases = [
            ("'tuple' does not support item assignment", "'tuple' object does not support item assignment"),
            ("too many values to unpack (expected 2, got 3)", "too many values to unpack (expected 2)"),
            ("max() iterable argument is empty", "max() arg is an empty sequence"),
            ("'ArrayImpl' object is not callable", "'jaxlib._jax.ArrayImpl' object is not callable"),
            (
                "<lambda>.<lambda>() missing 1 required positional argument: 'x'",
                "<lambda>.<locals>.<lambda>() missing 1 required positional argument: 'x'",
            ),
        ];
        for (ours, theirs) in cases {
            assert_eq!(translated(ours).as_deref(), Some(theirs));
        }
        assert_eq!(translated("something else"), None);
    }
}
