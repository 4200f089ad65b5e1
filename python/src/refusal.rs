//! Raises what [`syntax`](crate::syntax) finds: as exceptions of the program, and of Python's own `compile`, `eval` and `exec`.

use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyStr},
    convert::ToPyObject,
    function::FuncArgs,
};

use crate::syntax::{Class, Fault, fault};
use crate::tokens::Program;

/// Has Python's own `compile`, `eval` and `exec` say it in these words, too.
pub(crate) fn install(vm: &VirtualMachine) {
    for name in ["compile", "eval", "exec"] {
        let Ok(own) = vm.builtins.get_attr(name, vm) else { continue };
        let told = move |args: FuncArgs, vm: &VirtualMachine| {
            let source = args.args.first().and_then(|source| source.downcast_ref::<PyStr>()).map(ToString::to_string);
            own.call(args, vm).map_err(|error| match source {
                // one with a traceback is of something that was run
                Some(source)
                    if error.fast_isinstance(vm.ctx.exceptions.syntax_error) && error.__traceback__().is_none() =>
                {
                    retold(error, &source, vm)
                }
                _ => error,
            })
        };
        // without it Python's own stays
        let _ = vm.builtins.set_attr(vm.ctx.intern_str(name), vm.new_function(name, told), vm);
    }
}

/// The exception of a program, which is a file: of a wrong indentation `CPython` shows no end there.
pub(crate) fn of_program(error: PyBaseExceptionRef, source: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let error = retold(error, source, vm);
    if error.fast_isinstance(vm.ctx.exceptions.indentation_error) {
        // without it there is an end
        let _ = error.as_object().set_attr("end_offset", vm.ctx.new_int(-1), vm);
    }
    error
}

/// The exception in `CPython`'s words.
fn retold(error: PyBaseExceptionRef, source: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let retold = match fault(source) {
        Some(fault) => exception(&fault, &error, source, vm),
        None => reworded(&error, source, vm).map(|()| error.clone()),
    };
    retold.unwrap_or(error)
}

fn exception(
    fault: &Fault,
    error: &PyBaseExceptionRef,
    source: &str,
    vm: &VirtualMachine,
) -> PyResult<PyBaseExceptionRef> {
    let class = match fault.class {
        Class::Syntax => vm.ctx.exceptions.syntax_error,
        Class::Indentation => vm.ctx.exceptions.indentation_error,
        Class::Tab => vm.ctx.exceptions.tab_error,
    };
    let message: PyObjectRef = vm.ctx.new_str(fault.message.as_str()).into();
    let told = vm.invoke_exception(class.to_owned(), vec![message.clone()])?;
    told.as_object().set_attr("msg", message, vm)?;
    told.as_object().set_attr("filename", error.as_object().get_attr("filename", vm)?, vm)?;
    set_place(told.as_object(), fault, source, vm)?;
    Ok(told)
}

/// What the compiler says of a source that can be parsed, where `CPython` says it otherwise or elsewhere.
fn reworded(error: &PyBaseExceptionRef, source: &str, vm: &VirtualMachine) -> PyResult<()> {
    let error = error.as_object();
    let message = error.get_attr("msg", vm)?.str(vm)?.to_string();
    let said = match message.as_str() {
        text if text.starts_with("cannot define nonlocal") => "nonlocal declaration not allowed at module level",
        "'continue' outside loop" => "'continue' not properly in loop",
        text => text,
    };
    error.set_attr("msg", said.to_pyobject(vm), vm)?;
    let program = Program::new(source);
    let place = if ["nonlocal", "global"].iter().any(|word| said.contains(word)) {
        program.declaration(message.split('\'').nth(1).unwrap_or_default())
    } else if [" outside ", " not properly in loop"].iter().any(|words| said.contains(words)) {
        let line = error.get_attr("lineno", vm)?.try_to_value(vm)?;
        program.statement_at(line, error.get_attr("offset", vm)?.try_to_value(vm)?)
    } else {
        None
    };
    place.map_or(Ok(()), |place| set_place(error, &place, source, vm))
}

/// Sets where it is, and what is shown of the source.
fn set_place(error: &PyObject, place: &Fault, source: &str, vm: &VirtualMachine) -> PyResult<()> {
    let line = source.split('\n').nth(place.line - 1).unwrap_or_default().trim_end_matches('\r');
    let text = place.text.as_deref().unwrap_or(line);
    let attributes: [(&str, PyObjectRef); 5] = [
        ("lineno", vm.ctx.new_int(place.line).into()),
        ("offset", vm.ctx.new_int(place.offset).into()),
        ("text", vm.ctx.new_str(format!("{text}\n")).into()),
        ("end_lineno", vm.ctx.new_int(place.end_line).into()),
        ("end_offset", vm.ctx.new_int(place.end_offset).into()),
    ];
    attributes.into_iter().try_for_each(|(name, value)| error.set_attr(vm.ctx.intern_str(name), value, vm))
}
