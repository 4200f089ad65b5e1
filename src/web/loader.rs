//! Loads generated WebAssembly at run time: the modules that the engine writes ([`crate::jax::compile::wasm`]) become functions of this program.
//!
//! A module is compiled and instantiated on this program's own memory, and its functions are put into this program's own table of functions, where
//! a function pointer is an index; so calling one costs as much as calling through any function pointer, and no JavaScript runs. This
//! is the only module of the crate that is `unsafe`.

#![allow(unsafe_code, reason = "a number becomes a function pointer: see `Module::pointers`")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};

use crate::base::error::{Error, Result};
use crate::jax::compile::scan::ScanShape;
use crate::jax::compile::wasm::{Fma, Generated, MOST_TABLES, detect_fma};
use crate::jax::compile::{Loader, NativeCode, install_loader};

/// Modules that stay loaded although no program uses them, so that a run with other numbers need not translate the same code again.
const KEPT: usize = 64;

/// From now on, programs compiled in this worker run as generated WebAssembly. Where the browser loads no code, or not this, they are interpreted.
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

type ModuleKey = (Vec<u8>, Option<ScanShape>);

struct Browser {
    fma: Fma,
    table: Rc<FunctionTable>,
    imports: Object,
    /// Loaded modules by their bytes and by what their loops work with.
    modules: RefCell<Vec<(ModuleKey, Rc<Module>)>>,
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

    fn instantiate(&self, program: &Generated) -> Result<Module, JsValue> {
        let bytes = Uint8Array::new_from_slice(program.module());
        let instance = WebAssembly::Instance::new(&WebAssembly::Module::new(&bytes)?, &self.imports)?;
        let exports = instance.exports();
        let words = Cell::new(program.words());
        let table = self.table.clone();
        let mut loaded = Module { table, words, indices: Vec::new(), pointers: Vec::new(), scan: None };
        let mut put = |name: &str| {
            let function: Function = Reflect::get(&exports, &name.into())?.dyn_into()?;
            let index = self.table.put(&function)?;
            loaded.indices.push(index);
            Ok::<_, JsValue>(index as usize)
        };
        for i in 0..program.functions() {
            let index = put(&i.to_string())?;
            // SAFETY: in WebAssembly a function pointer is an index into the table that `wasm_bindgen::function_table` gives, and at this index there
            // is, for as long as `loaded` lives, a function that takes one i32 and gives nothing, as `Generated` says of the modules that it
            // alone makes. What it does with memory is said where it is called.
            loaded.pointers.push(unsafe { std::mem::transmute::<usize, extern "C" fn(*mut u32)>(index) });
        }
        if let Some(shape) = program.scan() {
            let index = put("scan")?;
            // SAFETY: as above, with the arguments that `Generated::module` names.
            loaded.scan = Some((shape.clone(), unsafe { std::mem::transmute::<usize, ScanFunction>(index) }));
        }
        Ok(loaded)
    }
}

impl Loader for Browser {
    fn fma(&self) -> Fma {
        self.fma
    }

    fn load(&self, program: &Generated) -> Option<Rc<dyn NativeCode>> {
        let mut modules = self.modules.borrow_mut();
        let key = (program.module().to_vec(), program.scan().cloned());
        if let Some((_, known)) = modules.iter().find(|(known, _)| *known == key) {
            // the same code uses the same words, so the smaller of two arenas is large enough
            known.words.set(known.words.get().min(program.words()));
            return Some(known.clone());
        }
        let loaded = Rc::new(self.instantiate(program).ok()?);
        if modules.len() >= KEPT {
            modules.retain(|(_, module)| Rc::strong_count(module) > 1);
        }
        modules.push((key, loaded.clone()));
        Some(loaded)
    }
}

/// The arena, the addresses of the tables, the rows, how many runs, the records.
type ScanFunction = extern "C" fn(*mut u32, *const *const u32, *const u32, usize, *mut u32);

/// A module's functions in this program's table.
struct Module {
    table: Rc<FunctionTable>,
    /// How many words the arena must have.
    words: Cell<usize>,
    indices: Vec<u32>,
    pointers: Vec<extern "C" fn(*mut u32)>,
    scan: Option<(ScanShape, ScanFunction)>,
}

impl NativeCode for Module {
    fn call(&self, function: usize, arena: &mut [u32]) {
        // The function reads and writes these words of the arena and nothing else: `Generated` says so, and tests on the host check it.
        assert!(arena.len() >= self.words.get(), "the arena is too short for its program");
        self.pointers[function](arena.as_mut_ptr());
    }

    fn scan(&self, arena: &mut [u32], tables: &[&[u32]], rows: &[u32], records: &mut [u32]) -> Result<()> {
        // With these lengths the function stays within what it is given: `Generated` says so, and tests on the host check it.
        assert!(arena.len() >= self.words.get(), "the arena is too short for its program");
        let Some((shape, function)) = &self.scan else {
            return Err(Error::unsupported(
                "scan",
                "the module was generated without a loop over rows",
                "Load a module that has one.",
            ));
        };
        let runs = shape.runs(tables, rows, records)?;
        if runs == 0 {
            return Ok(());
        }
        let mut addresses = [std::ptr::null(); MOST_TABLES];
        for (address, table) in addresses.iter_mut().zip(tables) {
            *address = table.as_ptr();
        }
        function(arena.as_mut_ptr(), addresses.as_ptr(), rows.as_ptr(), runs, records.as_mut_ptr());
        Ok(())
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
