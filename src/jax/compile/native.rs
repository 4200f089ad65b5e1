//! The way from generated WebAssembly to something that runs: whoever can load code at run time says so with [`install_loader`].
//!
//! The engine writes WebAssembly ([`super::wasm`]) but knows no browser; in a worker, `web` installs a loader at the start. Without one, or where
//! it refuses, programs run in the interpreter, with the same bits.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::base::error::Result;

use super::plan::Plan;
use super::types::{Fma, Generated, Segment, WiredSlots};
use super::wasm::{generate, generate_scan};

/// What runs compiled programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Backend {
    /// The planned interpreter.
    #[default]
    Interpreter,
    /// WebAssembly, generated and loaded at run time.
    WebAssembly,
}

/// A loaded module.
pub trait NativeCode {
    /// Calls function number `function` of the module on the arena, which has as many words as the program wants
    /// ([`Generated::words`]).
    fn call(&self, function: usize, arena: &mut [u32]);

    /// Calls the loop of a module that has one ([`Generated::scan`]): the program runs on these rows of the tables, as many at a time as it takes,
    /// and writes what it records. The arena is as for [`Self::call`].
    ///
    /// # Errors
    /// The lengths are not those of a [`super::types::ScanShape`], or the module has no loop; then nothing was run.
    fn scan(&self, arena: &mut [u32], tables: &[&[u32]], rows: &[u32], records: &mut [u32]) -> Result<()>;
}

/// Something that can load modules.
pub trait Loader {
    /// How modules are to compute fused multiply-adds.
    fn fma(&self) -> Fma;

    /// Loads a program's module; `None` if it is refused.
    fn load(&self, program: &Generated) -> Option<Rc<dyn NativeCode>>;
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

/// What runs the programs that are compiled on this thread: generated WebAssembly if a loader is installed and has refused nothing so far.
#[must_use]
pub fn backend() -> Backend {
    BACKEND.get()
}

/// A program's generated WebAssembly, ready to be called.
#[derive(Clone)]
pub(super) struct Native {
    /// The loaded module.
    pub code: Rc<dyn NativeCode>,
    /// What makes up a run.
    pub segments: Vec<Segment>,
    /// Words of the arena.
    pub words: usize,
}

impl std::fmt::Debug for Native {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Native").field("segments", &self.segments).finish_non_exhaustive()
    }
}

/// The generated WebAssembly of a plan, if there is a loader that takes it.
pub(super) fn load(plan: &Plan) -> Option<Native> {
    let (code, program) = loaded(|fma| generate(plan, fma))?;
    Some(Native { code, segments: program.segments().to_vec(), words: program.words() })
}

/// The generated loop around a plan, and how many words the arena must have; `None` also if that is no straight-line code.
pub(super) fn load_scan(plan: &Plan, slots: &WiredSlots) -> Option<(Rc<dyn NativeCode>, usize)> {
    let (code, program) = loaded(|fma| generate_scan(plan, slots, fma))?;
    Some((code, program.words()))
}

fn loaded(write: impl FnOnce(Fma) -> Option<Generated>) -> Option<(Rc<dyn NativeCode>, Generated)> {
    let loader = LOADER.with_borrow(Clone::clone)?;
    let program = write(loader.fma())?;
    let Some(code) = loader.load(&program) else {
        BACKEND.set(Backend::Interpreter);
        return None;
    };
    Some((code, program))
}
