//! The way from a program's machine code to something that runs: whoever can load code at run time says so with [`install_loader`].
//!
//! The engine writes WebAssembly ([`super::wasm`]) but knows no browser; in a worker, `web` installs a loader at the start. Without one, or where
//! it refuses, programs run in the interpreter, with the same bits.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::plan::Plan;
use super::wasm::{Fma, Part, Program};

/// What runs compiled programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Backend {
    /// The planned interpreter.
    #[default]
    Interpreter,
    /// Machine code, written as WebAssembly and loaded at run time.
    WebAssembly,
}

/// A loaded module.
pub trait NativeCode {
    /// Calls function number `function` of the module on the arena, which has as many words as the program wants
    /// ([`Program::words`]).
    fn call(&self, function: usize, arena: &mut [u32]);
}

/// Something that can load modules.
pub trait Loader {
    /// How modules are to compute fused multiply-adds.
    fn fma(&self) -> Fma;

    /// Loads a program's module; `None` if it is refused.
    fn load(&self, program: &Program) -> Option<Rc<dyn NativeCode>>;
}

thread_local! {
    static LOADER: RefCell<Option<Rc<dyn Loader>>> = const { RefCell::new(None) };
    static BACKEND: Cell<Backend> = const { Cell::new(Backend::Interpreter) };
}

/// From now on, programs that are compiled on this thread are loaded by this, or, without one, interpreted. Gives the one before.
pub fn install_loader(loader: Option<Rc<dyn Loader>>) -> Option<Rc<dyn Loader>> {
    BACKEND.set(if loader.is_some() { Backend::WebAssembly } else { Backend::Interpreter });
    LOADER.replace(loader)
}

/// What runs the programs that are compiled on this thread: machine code if a loader is installed and has refused nothing so far.
#[must_use]
pub fn backend() -> Backend {
    BACKEND.get()
}

/// A program's machine code, ready to be called.
#[derive(Clone)]
pub(super) struct Native {
    /// The loaded module.
    pub code: Rc<dyn NativeCode>,
    /// What makes up a run.
    pub parts: Vec<Part>,
    /// Words of the arena.
    pub words: usize,
}

impl std::fmt::Debug for Native {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Native").field("parts", &self.parts).finish_non_exhaustive()
    }
}

/// The machine code of a plan, if there is a loader that takes it.
pub(super) fn load(plan: &Plan) -> Option<Native> {
    let loader = LOADER.with_borrow(Clone::clone)?;
    let program = Program::new(plan, loader.fma())?;
    let Some(code) = loader.load(&program) else {
        BACKEND.set(Backend::Interpreter);
        return None;
    };
    Some(Native { code, parts: program.parts().to_vec(), words: program.words() })
}
