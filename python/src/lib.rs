//! Python programs that use JAX, Optax and Flax NNX, run by `RustPython` on this project's own engine.
//!
//! [`run`] runs one program; [`Python::prepared`] is an interpreter that waits for one. The modules that it can import are Python of ours in `lib/` (what JAX's own library does in Python, too: `jnp` in terms of
//! primitives, `optax`, `nnx`) over [`core`], the native module that reaches the engine: [`value`], [`protocols`] and [`indexing`] (arrays and operators), [`convert`] (what values mean as arrays), [`promote`] (element types),
//! [`tree`] (pytrees), [`transform`] and [`jit`] (tracing and the engine's rewrites), [`control`] and [`scan`] (loops, functions with rules of their own).
//! What is wrong with a text that is no program [`syntax`] says.
//! [`recorder`] notes what names hold after each turn of the loops that [`instrument`] finds, where somebody listens.

#![allow(clippy::missing_errors_doc, reason = "an error of a function here is the exception that Python sees")]

pub mod clock;
pub mod control;
pub mod convert;
pub mod core;
pub mod errors;
mod exact;
pub mod hooks;
pub mod indexing;
pub mod instrument;
pub mod jit;
pub mod lax;
pub mod math;
mod mistakes;
mod operations;
pub mod output;
pub mod plain;
pub mod promote;
pub mod protocols;
mod random;
pub mod recorder;
mod refusal;
mod room;
mod scan;
mod syntax;
mod tokens;
pub mod traceback;
pub mod transform;
pub mod tree;
pub mod value;
mod views;
mod words;

use rustpython_compiler_core::frozen::FrozenLib;
use rustpython_vm::{
    AsObject, Interpreter, PyRef, PyResult, Settings, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyCode},
    compiler::{CompileError, Mode},
};

/// The Python part of the library, compiled when the crate was built.
static LIBRARY: &FrozenLib = FrozenLib::from_ref(include_bytes!(concat!(env!("OUT_DIR"), "/library.bin")));

/// How a program has ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// The exit status.
    pub status: u32,
    /// The program's line, from 1, at which an exception ended it.
    pub line: Option<usize>,
}

/// What most programs import, which takes longer than many of them run.
const AHEAD: [&str; 4] = ["jax", "jax.numpy", "optax", "flax.nnx"];

/// How deeply functions may call each other where the stack is a browser's, which has room for some 590: before it is full, Python says so itself, with the line.
#[cfg(target_arch = "wasm32")]
const DEPTH: usize = 500;

/// An interpreter for one program.
pub struct Python(Interpreter);

impl Python {
    /// An interpreter that has imported nothing yet, for a program that has this name in tracebacks, and these arguments.
    #[must_use]
    pub fn new(name: &str, arguments: &[String]) -> Self {
        let mut settings = Settings::default();
        settings.argv = [&[name.to_owned()], arguments].concat();
        settings.hash_seed = Some(0);
        settings.import_site = false;
        settings.install_signal_handlers = false;
        let builder = Interpreter::builder(settings);
        let context = &builder.ctx;
        let modules = [
            core::module_def(context),
            lax::module_def(context),
            math::module_def(context),
            random::module_def(context),
        ];
        let python = Self(builder.add_native_modules(&modules).add_frozen_modules(LIBRARY).build());
        python.0.enter(plain::install);
        python.0.enter(room::install);
        python.0.enter(refusal::install);
        python.0.enter(words::install);
        python
    }

    /// The same with what most programs import, made while nobody waits. Only one interpreter may be there at a time.
    #[must_use]
    pub fn prepared(name: &str) -> Self {
        let python = Self::new(name, &[]);
        python.0.enter(|vm| {
            #[cfg(target_arch = "wasm32")]
            vm.recursion_limit.set(DEPTH);
            for module in ["_start"].into_iter().chain(AHEAD) {
                // what cannot be imported is told to the program that imports it
                let _ = vm.import(module, 0);
            }
        });
        python
    }

    /// Runs the program, given its text and its name.
    #[must_use]
    pub fn run(self, source: &str, name: &str) -> Ended {
        let ended = self.0.enter(|vm| match program(source, name, vm) {
            Ok(()) => Ended::default(),
            Err(error) => report(error, source, name, vm),
        });
        hooks::clear();
        tree::clear();
        ended
    }
}

/// Runs a program, given its text, the name by which tracebacks call it, and its arguments.
#[must_use]
pub fn run(source: &str, name: &str, arguments: &[String]) -> Ended {
    Python::new(name, arguments).run(source, name)
}

fn program(source: &str, name: &str, vm: &VirtualMachine) -> PyResult<()> {
    vm.import("_start", 0)?;
    let scope = vm.new_scope_with_builtins();
    scope.globals.set_item("__name__", vm.ctx.new_str("__main__").into(), vm)?;
    let main = vm.import("__main__", 0);
    if let Ok(main) = main {
        let _ = main;
    }
    let code = if recorder::listens() { recorder::compile(source, name, vm) } else { compile(source, name, vm) };
    let code = code.map_err(|error| refusal::of_program(vm.new_syntax_error(&error, Some(source)), source, vm))?;
    let ended = vm.run_code_obj(code, scope);
    recorder::finish();
    ended?;
    // figures that the program has not shown are shown at its end
    let modules = vm.sys_module.get_attr("modules", vm)?;
    if let Ok(pyplot) = modules.get_item("matplotlib.pyplot", vm) {
        vm.call_method(&pyplot, "_draw_all", ())?;
    }
    Ok(())
}

fn compile(source: &str, name: &str, vm: &VirtualMachine) -> Result<PyRef<PyCode>, CompileError> {
    vm.compile(source, Mode::Exec, name.to_owned())
}

/// Writes what Python writes about an exception that nobody caught.
fn report(error: PyBaseExceptionRef, source: &str, name: &str, vm: &VirtualMachine) -> Ended {
    if error.fast_isinstance(vm.ctx.exceptions.system_exit) {
        let code = error.as_object().get_attr("code", vm).unwrap_or_else(|_| vm.ctx.none());
        if vm.is_none(&code) {
            return Ended::default();
        }
        if let Ok(number) = code.try_to_value::<i64>(vm) {
            return Ended { status: (number & 0xff) as u32, line: None };
        }
        if let Ok(text) = code.str(vm) {
            output::write(2, &format!("{text}\n"));
        }
        return Ended { status: 1, line: None };
    }
    let mut text = String::new();
    let mut line = None;
    if vm.write_exception(&mut text, &error).is_ok() {
        let text = with_module(with_words(text, &error, vm), &error, vm);
        line = traceback::line(&text, name);
        output::write(2, &traceback::own(&text, name, source));
    }
    Ended { status: 1, line }
}

/// The text with what `str` of the exception gives behind its class.
fn with_words(text: String, error: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    let start = format!("\n{}: ", error.class().name());
    // of others it says more: where the text is wrong, and what name may be meant
    let all = &vm.ctx.exceptions;
    let classes = [all.type_error, all.value_error, all.arithmetic_error, all.key_error, all.recursion_error];
    let is_plain =
        classes.iter().any(|class| error.fast_isinstance(class)) || error.fast_isinstance(all.unbound_local_error);
    let Some(at) = text.rfind(&start).filter(|_| is_plain) else { return text };
    match error.as_object().str(vm) {
        Ok(message) => format!("{}{start}{message}\n", &text[..at]),
        Err(_) => text,
    }
}

/// The text with the exception's class named in its module, as Python names it.
fn with_module(text: String, error: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    let class = error.class();
    let name = class.name().to_string();
    let module = class.as_object().get_attr("__module__", vm).and_then(|module| Ok(module.str(vm)?.to_string()));
    let module = module.unwrap_or_default();
    if matches!(module.as_str(), "" | "builtins" | "__main__") {
        return text;
    }
    let start = text.rfind(&format!("\n{name}")).map_or(0, |at| at + 1);
    if !text[start..].starts_with(&name) {
        return text;
    }
    let (before, after) = text.split_at(start);
    format!("{before}{module}.{after}")
}
