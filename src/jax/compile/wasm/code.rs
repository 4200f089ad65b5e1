//! [`Code`]: the body of one WebAssembly function while it is being written.
//!
//! Everything is computed in registers of four 32-bit lanes (locals of type `v128`). A register is written once, except where a loop carries it.
//! Addresses are locals of type `i32` plus a fixed offset.

use wasm_encoder::{BlockType, Function, InstructionSink, MemArg, MemArgTarget, ValType};

use super::Fma;
use super::schedule::{Access, Instruction, schedule, weight};

/// Bytes of a lane.
pub const WORD: usize = 4;
/// Lanes of a register.
pub const LANES: usize = 4;

/// A local of four lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Register(u32);

impl Register {
    /// Its number among the locals.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A local that holds an address in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pointer(u32);

/// The function's first argument: where the arena begins.
pub const ARENA: Pointer = Pointer(0);
/// Of a function that [scans](Code::scanning): where the addresses of the tables lie.
pub const TABLES: Pointer = Pointer(1);
/// Of a function that scans: where the rows of this run are named.
pub const ROWS: Pointer = Pointer(2);
/// Of a function that scans: how many runs are left.
const RUNS: u32 = 3;
/// Of a function that scans: where this run records.
pub const RECORDS: Pointer = Pointer(4);

/// An address in memory: this many words after the word that a pointer points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// Where counting begins.
    pub pointer: Pointer,
    /// Words from there.
    pub words: usize,
}

impl Address {
    /// The place of a word of the arena.
    pub fn arena(words: usize) -> Self {
        Self { pointer: ARENA, words }
    }

    /// The address this many words further on.
    pub fn plus(self, words: usize) -> Self {
        Self { words: self.words + words, ..self }
    }

    fn memarg(self, align: u32) -> MemArg {
        MemArg { offset: (self.words * WORD) as u64, align, target: MemArgTarget::Memory(0), ordering: None }
    }
}

/// The body of a function without result.
#[derive(Debug)]
pub struct Code {
    /// How fused multiply-adds are computed.
    pub fma: Fma,
    arguments: usize,
    body: Vec<u8>,
    /// Instructions that are still to be put in order and written.
    pending: Vec<Instruction>,
    /// Their code.
    waiting: Vec<u8>,
    locals: Vec<ValType>,
    /// Constants in use, by their bits in each lane; they are set where the function begins.
    constants: Vec<(u128, Register)>,
}

impl Code {
    /// An empty body of a function of one argument, [`ARENA`].
    pub fn new(fma: Fma) -> Self {
        Self {
            fma,
            arguments: 1,
            body: Vec::new(),
            pending: Vec::new(),
            waiting: Vec::new(),
            locals: Vec::new(),
            constants: Vec::new(),
        }
    }

    /// An empty body of a function that runs a program often.
    pub fn scanning(fma: Fma) -> Self {
        Self { arguments: 5, ..Self::new(fma) }
    }

    /// How many locals it has so far.
    pub fn locals(&self) -> usize {
        self.locals.len()
    }

    /// The finished function.
    pub fn finish(mut self) -> Function {
        self.flush();
        let mut function = Function::new_with_locals_types(self.locals);
        let mut start = Vec::new();
        for &(bits, register) in &self.constants {
            InstructionSink::new(&mut start).v128_const(bits.cast_signed()).local_set(register.0);
        }
        function.raw(start).raw(self.body);
        function.instructions().end();
        function
    }

    /// Where to write what is not put in another order.
    fn sink(&mut self) -> InstructionSink<'_> {
        self.flush();
        InstructionSink::new(&mut self.body)
    }

    /// Adds an instruction that reads these locals, in this order, and gives its result to a new local. There are many instructions, so what does not depend
    /// on them stands in functions of its own, before and after.
    fn straight(
        &mut self,
        kind: ValType,
        reads: Vec<u32>,
        access: Option<Access>,
        instruction: impl FnOnce(&mut InstructionSink<'_>),
    ) -> u32 {
        let begun = self.begin_straight(&reads);
        instruction(&mut InstructionSink::new(&mut self.waiting));
        self.end_straight(begun, kind, reads, access)
    }

    /// Writes the operands; gives where these begin, and where they end.
    fn begin_straight(&mut self, reads: &[u32]) -> [usize; 2] {
        let start = self.waiting.len();
        let mut sink = InstructionSink::new(&mut self.waiting);
        for &local in reads {
            sink.local_get(local);
        }
        [start, self.waiting.len()]
    }

    fn end_straight(
        &mut self,
        [start, operation]: [usize; 2],
        kind: ValType,
        reads: Vec<u32>,
        access: Option<Access>,
    ) -> u32 {
        let result = self.local(kind);
        InstructionSink::new(&mut self.waiting).local_set(result);
        self.pending.push(Instruction {
            bytes: start..self.waiting.len(),
            reads,
            writes: Some(result),
            access,
            weight: weight(&self.waiting[operation..]),
            is_late: access.is_some() || kind == ValType::I32,
        });
        result
    }

    /// Writes what is pending.
    fn flush(&mut self) {
        for i in schedule(&self.pending) {
            self.body.extend_from_slice(&self.waiting[self.pending[i].bytes.clone()]);
        }
        self.pending.clear();
        self.waiting.clear();
    }

    fn local(&mut self, kind: ValType) -> u32 {
        self.locals.push(kind);
        // the arguments are the first locals
        u32::try_from(self.arguments + self.locals.len() - 1).unwrap_or(u32::MAX)
    }

    fn register(&mut self) -> Register {
        Register(self.local(ValType::V128))
    }

    /// The bits in all four lanes.
    pub fn splat(&mut self, bits: u32) -> Register {
        let bits = u128::from(bits);
        self.constant(bits | bits << 32 | bits << 64 | bits << 96)
    }

    /// A constant of 128 bits.
    pub fn constant(&mut self, bits: u128) -> Register {
        if let Some(&(_, register)) = self.constants.iter().find(|(known, _)| *known == bits) {
            return register;
        }
        let register = self.register();
        self.constants.push((bits, register));
        register
    }

    /// A new register with what an instruction makes of others.
    pub fn apply(&mut self, operands: &[Register], instruction: impl FnOnce(&mut InstructionSink<'_>)) -> Register {
        Register(self.straight(ValType::V128, locals(operands), None, instruction))
    }

    /// A register of its own with the lanes of another, for a loop to [carry](Self::carry).
    pub fn copy(&mut self, from: Register) -> Register {
        self.apply(&[from], |_| {})
    }

    /// Gives a register that a loop carries its next value.
    pub fn carry(&mut self, to: Register, from: Register) {
        self.sink().local_get(from.0).local_set(to.0);
    }

    /// Lanes of two registers: 0 to 3 are those of the first, 4 to 7 those of the second.
    pub fn shuffle(&mut self, a: Register, b: Register, lanes: [u8; LANES]) -> Register {
        let bytes = std::array::from_fn(|byte| lanes[byte / WORD] * 4 + (byte % WORD) as u8);
        self.apply(&[a, b], |sink| {
            sink.i8x16_shuffle(bytes);
        })
    }

    /// Whether some bit of a register is set, left on the stack, begins an `if`; [`Self::end`] ends it.
    pub fn if_any(&mut self, register: Register) {
        self.sink().local_get(register.0).v128_any_true().if_(BlockType::Empty);
    }

    /// Ends an `if`.
    pub fn end(&mut self) {
        self.sink().end();
    }

    /// Four words.
    pub fn load(&mut self, from: Address) -> Register {
        self.loaded(from, LANES, None, |sink| {
            sink.v128_load(from.memarg(2));
        })
    }

    /// One word in all lanes.
    pub fn load_splat(&mut self, from: Address) -> Register {
        self.loaded(from, 1, None, |sink| {
            sink.v128_load32_splat(from.memarg(2));
        })
    }

    /// So many words from memory, perhaps into some lanes of a register.
    fn loaded(
        &mut self,
        from: Address,
        words: usize,
        into: Option<Register>,
        instruction: impl FnOnce(&mut InstructionSink<'_>),
    ) -> Register {
        let mut reads = vec![from.pointer.0];
        reads.extend(into.map(|into| into.0));
        let access = Access { place: from, words, is_store: false };
        Register(self.straight(ValType::V128, reads, Some(access), instruction))
    }

    /// The register with one lane replaced by a word from memory.
    pub fn load_lane(&mut self, from: Address, into: Register, lane: u8) -> Register {
        self.loaded(from, 1, Some(into), |sink| {
            sink.v128_load32_lane(from.memarg(2), lane);
        })
    }

    /// One word in the first lane, zeros in the others.
    pub fn load_one(&mut self, from: Address) -> Register {
        self.loaded(from, 1, None, |sink| {
            sink.v128_load32_zero(from.memarg(2));
        })
    }

    /// Two words in the lower lanes, zeros in the upper ones.
    pub fn load_two(&mut self, from: Address) -> Register {
        self.loaded(from, 2, None, |sink| {
            sink.v128_load64_zero(from.memarg(2));
        })
    }

    /// The register with its upper two lanes replaced by words from memory.
    pub fn load_upper_two(&mut self, from: Address, into: Register) -> Register {
        self.loaded(from, 2, Some(into), |sink| {
            sink.v128_load64_lane(from.memarg(2), 1);
        })
    }

    /// Writes the first `count` lanes, at most all four.
    pub fn store(&mut self, to: Address, register: Register, count: usize) {
        let start = self.waiting.len();
        let mut sink = InstructionSink::new(&mut self.waiting);
        let words = count.min(LANES);
        if words == LANES {
            sink.local_get(to.pointer.0).local_get(register.0).v128_store(to.memarg(2));
        } else {
            if words >= 2 {
                sink.local_get(to.pointer.0).local_get(register.0).v128_store64_lane(to.memarg(2), 0);
            }
            if words % 2 == 1 {
                let (last, lane) = (to.plus(words - 1), (words - 1) as u8);
                sink.local_get(to.pointer.0).local_get(register.0).v128_store32_lane(last.memarg(2), lane);
            }
        }
        let bytes = start..self.waiting.len();
        let access = Some(Access { place: to, words, is_store: true });
        let reads = vec![to.pointer.0, register.0];
        self.pending.push(Instruction { bytes, reads, writes: None, access, weight: 0, is_late: false });
    }

    /// A new pointer to a place.
    pub fn pointer(&mut self, to: Address) -> Pointer {
        let pointer = Pointer(self.local(ValType::I32));
        self.point(pointer, to);
        pointer
    }

    /// Points a pointer elsewhere.
    pub fn point(&mut self, pointer: Pointer, to: Address) {
        let bytes = (to.words * WORD) as i32;
        self.sink().local_get(to.pointer.0).i32_const(bytes).i32_add().local_set(pointer.0);
    }

    /// Moves a pointer on.
    pub fn advance(&mut self, pointer: Pointer, words: usize) {
        self.point(pointer, Address { pointer, words });
    }

    /// A new pointer, or number, from memory.
    pub fn load_pointer(&mut self, from: Address) -> Pointer {
        let access = Access { place: from, words: 1, is_store: false };
        Pointer(self.straight(ValType::I32, vec![from.pointer.0], Some(access), |sink| {
            sink.i32_load(from.memarg(2));
        }))
    }

    /// A new pointer to row number `row` of a table whose rows have `width` words.
    pub fn row(&mut self, table: Pointer, row: Pointer, width: usize) -> Pointer {
        let bytes = (width * WORD) as i32;
        Pointer(self.straight(ValType::I32, vec![table.0, row.0], None, |sink| {
            sink.i32_const(bytes).i32_mul().i32_add();
        }))
    }

    /// Begins what every run of a function that scans does; [`Self::end_runs`] ends it.
    pub fn begin_runs(&mut self) {
        self.sink().loop_(BlockType::Empty);
    }

    /// Goes back to where the runs begin, unless this was the last one.
    pub fn end_runs(&mut self) {
        self.end_loop(RUNS);
    }

    /// Repeats what `body` writes: not at all, once without a loop, or in a loop.
    pub fn repeat(&mut self, count: usize, body: impl FnOnce(&mut Self)) {
        match count {
            0 => {}
            1 => body(self),
            _ => {
                let left = self.begin_loop(count);
                body(self);
                self.end_loop(left);
            }
        }
    }

    /// Begins what is done `count` times; returns the local that counts.
    fn begin_loop(&mut self, count: usize) -> u32 {
        let left = self.local(ValType::I32);
        self.sink().i32_const(count as i32).local_set(left).loop_(BlockType::Empty);
        left
    }

    fn end_loop(&mut self, left: u32) {
        self.sink().local_get(left).i32_const(1).i32_sub().local_tee(left).br_if(0).end();
    }
}

fn locals(registers: &[Register]) -> Vec<u32> {
    registers.iter().map(|register| register.0).collect()
}
