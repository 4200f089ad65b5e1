//! [`Wasmi`]: a WebAssembly interpreter in the place of a browser, which notices what is written outside of what was given.

use std::cell::RefCell;
use std::rc::Rc;

use thetahat::base::error::Result;
use thetahat::jax::compile::scan::ScanShape;
use thetahat::jax::compile::wasm::{Fma, Generated};
use thetahat::jax::compile::{Loader, NativeCode};

/// Where the first thing lies in the module's memory.
const START: usize = 1 << 10;
/// Bytes between the things, and behind the last one.
const GAP: usize = 64;
const PAGE: usize = 1 << 16;
/// What memory holds that nothing was written to.
const UNTOUCHED: u8 = 0xA5;

/// Loads modules, with this way of computing a fused multiply-add.
pub struct Wasmi(pub Fma);

type Scan = wasmi::TypedFunc<(i32, i32, i32, i32, i32), ()>;

struct Loaded {
    store: RefCell<wasmi::Store<()>>,
    memory: wasmi::Memory,
    functions: Vec<wasmi::TypedFunc<i32, ()>>,
    scan: Option<(ScanShape, Scan)>,
}

impl Loader for Wasmi {
    fn fma(&self) -> Fma {
        self.0
    }

    fn load(&self, program: &Generated) -> Option<Rc<dyn NativeCode>> {
        let engine = wasmi::Engine::default();
        let module = wasmi::Module::new(&engine, program.module()).expect("a valid module");
        let mut store = wasmi::Store::new(&engine, ());
        let memory = wasmi::Memory::new(&mut store, wasmi::MemoryType::new(1, None)).expect("a memory");
        let mut linker = wasmi::Linker::new(&engine);
        linker.define("env", "memory", memory).expect("a definition");
        let instance = linker.instantiate_and_start(&mut store, &module).expect("an instance");
        let functions = (0..program.functions())
            .map(|i| instance.get_typed_func(&store, &i.to_string()).expect("a function of one address"))
            .collect();
        let scan = program
            .scan()
            .map(|shape| (shape.clone(), instance.get_typed_func(&store, "scan").expect("a function of five numbers")));
        Some(Rc::new(Loaded { store: RefCell::new(store), memory, functions, scan }))
    }
}

impl Loaded {
    /// Puts things into the memory, each at a multiple of 16 bytes, and gives where they lie.
    fn put(&self, store: &mut wasmi::Store<()>, things: &[&[u8]]) -> Vec<usize> {
        let mut end = START;
        let mut places = Vec::new();
        for thing in things {
            places.push(end);
            end = (end + thing.len() + GAP).next_multiple_of(16);
        }
        let missing = end.saturating_sub(self.memory.data_size(&*store)).div_ceil(PAGE);
        self.memory.grow(&mut *store, missing as u64).expect("memory");
        let memory = self.memory.data_mut(store);
        memory.fill(UNTOUCHED);
        for (thing, &place) in things.iter().zip(&places) {
            memory[place..][..thing.len()].copy_from_slice(thing);
        }
        places
    }

    /// Takes things back, and checks that nothing else was written to.
    fn take(&self, store: &mut wasmi::Store<()>, things: &mut [(usize, &mut [u8])], read_only: &[(usize, &[u8])]) {
        let memory = self.memory.data_mut(store);
        for (place, thing) in things {
            thing.copy_from_slice(&memory[*place..][..thing.len()]);
            memory[*place..][..thing.len()].fill(UNTOUCHED);
        }
        for (place, thing) in read_only {
            assert_eq!(&memory[*place..][..thing.len()], *thing, "it writes to what it may only read");
            memory[*place..][..thing.len()].fill(UNTOUCHED);
        }
        assert!(memory.iter().all(|&byte| byte == UNTOUCHED), "it writes outside of what it was given");
    }
}

impl NativeCode for Loaded {
    fn call(&self, function: usize, arena: &mut [u32]) {
        let store = &mut *self.store.borrow_mut();
        let arena: &mut [u8] = bytemuck::cast_slice_mut(arena);
        let places = self.put(store, &[arena]);
        self.functions[function].call(&mut *store, places[0] as i32).expect("it runs");
        self.take(store, &mut [(places[0], arena)], &[]);
    }

    fn scan(&self, arena: &mut [u32], tables: &[&[u32]], rows: &[u32], records: &mut [u32]) -> Result<()> {
        let (shape, function) = self.scan.as_ref().expect("a loop");
        let runs = shape.runs(tables, rows, records)?;
        if runs == 0 {
            return Ok(());
        }
        let store = &mut *self.store.borrow_mut();
        let (arena, records): (&mut [u8], &mut [u8]) =
            (bytemuck::cast_slice_mut(arena), bytemuck::cast_slice_mut(records));
        let mut read_only: Vec<&[u8]> = vec![bytemuck::cast_slice(rows)];
        read_only.extend(tables.iter().map(|table| bytemuck::cast_slice::<u32, u8>(table)));
        let mut all = |read_only: &[&[u8]]| self.put(store, &[&[&*arena, &*records], read_only].concat());
        let list: Vec<u32> = all(&read_only)[3..].iter().map(|&place| place as u32).collect();
        read_only.push(bytemuck::cast_slice(&list));
        let places = all(&read_only);
        let [at_arena, at_records, at_rows] = [places[0], places[1], places[2]].map(|place| place as i32);
        let at_list = places[places.len() - 1] as i32;
        function.call(&mut *store, (at_arena, at_list, at_rows, runs as i32, at_records)).expect("it runs");
        let read_only: Vec<(usize, &[u8])> = places[2..].iter().copied().zip(read_only).collect();
        self.take(store, &mut [(places[0], arena), (places[1], records)], &read_only);
        Ok(())
    }
}
