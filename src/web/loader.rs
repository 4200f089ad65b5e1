//! Loads machine code at run time: the modules that the engine writes ([`crate::jax::compile::wasm`]) become functions of this program.
//!
//! A module is compiled and instantiated on this program's own memory, and its functions are put into this program's own table of functions, where
//! a function pointer is an index; so calling one costs as much as calling through any function pointer, and no JavaScript runs. This
//! is the only module of the crate that is `unsafe`.

#![allow(unsafe_code, reason = "a number becomes a function pointer: see `Module::pointers`")]

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Function, Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};

use crate::jax::compile::wasm::{Fma, Program, detect_fma};
use crate::jax::compile::{Loader, NativeCode, install_loader};

/// Modules that stay loaded although no program uses them, so that a run with other numbers need not translate the same code again.
const KEPT: usize = 64;

/// From now on, programs compiled in this worker run as machine code. Where the browser loads no code, or not this, they are interpreted.
pub fn install() {
    // Where there is no table, nothing can be loaded: the interpreter goes on.
    if let Ok(browser) = Browser::new() {
        install_loader(Some(Rc::new(browser)));
    }
}

/// [`install`] with a given way of computing fused multiply-adds; says whether this browser can load code that computes them so.
pub fn install_with(fma: Fma) -> bool {
    let Ok(mut browser) = Browser::new() else { return false };
    let able = fma == Fma::Exact || browser.fma == Fma::Relaxed;
    browser.fma = fma;
    if able {
        install_loader(Some(Rc::new(browser)));
    }
    able
}

struct Browser {
    fma: Fma,
    table: Rc<FunctionTable>,
    imports: Object,
    /// Loaded modules by their bytes.
    modules: RefCell<HashMap<Vec<u8>, Rc<Module>>>,
}

impl Browser {
    fn new() -> Result<Self, JsValue> {
        let table = FunctionTable { table: wasm_bindgen::function_table().dyn_into()?, free: RefCell::default() };
        let (imports, environment) = (Object::new(), Object::new());
        Reflect::set(&environment, &"memory".into(), &wasm_bindgen::memory())?;
        Reflect::set(&imports, &"env".into(), &environment)?;
        let mut browser = Self { fma: Fma::Exact, table: Rc::new(table), imports, modules: RefCell::default() };
        browser.fma = detect_fma(|program| browser.load(program));
        Ok(browser)
    }

    fn instantiate(&self, program: &Program) -> Result<Module, JsValue> {
        let bytes = Uint8Array::new_from_slice(program.module());
        let instance = WebAssembly::Instance::new(&WebAssembly::Module::new(&bytes)?, &self.imports)?;
        let exports = instance.exports();
        let words = Cell::new(program.words());
        let mut loaded = Module { table: self.table.clone(), words, indices: Vec::new(), pointers: Vec::new() };
        for i in 0..program.functions() {
            let function: Function = Reflect::get(&exports, &i.to_string().into())?.dyn_into()?;
            let index = self.table.put(&function)?;
            loaded.indices.push(index);
            // SAFETY: in WebAssembly a function pointer is an index into the table that `wasm_bindgen::function_table` gives, and at this index there
            // is, for as long as `loaded` lives, a function that takes one i32 and gives nothing, as `Program` says of the modules that it
            // alone makes. What it does with memory is said where it is called.
            loaded.pointers.push(unsafe { std::mem::transmute::<usize, extern "C" fn(*mut u32)>(index as usize) });
        }
        Ok(loaded)
    }
}

impl Loader for Browser {
    fn fma(&self) -> Fma {
        self.fma
    }

    fn load(&self, program: &Program) -> Option<Rc<dyn NativeCode>> {
        let mut modules = self.modules.borrow_mut();
        if let Some(known) = modules.get(program.module()) {
            // the same code uses the same words, so the smaller of two arenas is large enough
            known.words.set(known.words.get().min(program.words()));
            return Some(known.clone());
        }
        let loaded = Rc::new(self.instantiate(program).ok()?);
        if modules.len() >= KEPT {
            modules.retain(|_, module| Rc::strong_count(module) > 1);
        }
        modules.insert(program.module().to_vec(), loaded.clone());
        Some(loaded)
    }
}

/// A module's functions in this program's table.
struct Module {
    table: Rc<FunctionTable>,
    /// How many words the arena must have.
    words: Cell<usize>,
    indices: Vec<u32>,
    pointers: Vec<extern "C" fn(*mut u32)>,
}

impl NativeCode for Module {
    fn call(&self, function: usize, arena: &mut [u32]) {
        // The function reads and writes these words of the arena and nothing else: `Program` says so, and tests on the host check it.
        assert!(arena.len() >= self.words.get(), "the arena is too short for its program");
        self.pointers[function](arena.as_mut_ptr());
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        for &index in &self.indices {
            self.table.remove(index);
        }
    }
}

/// This program's table of functions, and the places in it that can be used again.
struct FunctionTable {
    table: WebAssembly::Table,
    free: RefCell<Vec<u32>>,
}

impl FunctionTable {
    fn put(&self, function: &Function) -> Result<u32, JsValue> {
        let free = self.free.borrow_mut().pop();
        let index = match free {
            Some(index) => index,
            None => self.table.grow(1)?,
        };
        self.table.set(index, function)?;
        Ok(index)
    }

    fn remove(&self, index: u32) {
        // A place that cannot be emptied is emptied when it is used again.
        let _ = self.table.set_raw(index, &JsValue::NULL);
        self.free.borrow_mut().push(index);
    }
}
