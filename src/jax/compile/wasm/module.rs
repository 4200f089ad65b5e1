//! [`assemble`]: the module around the functions, and the two functions that put rare cases of a fused multiply-add right.

use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection, MemoryType, Module,
    TypeSection, ValType,
};

use super::Fma;

/// The function that computes `a · b + c` in each of four lanes with f64 arithmetic, correctly in all cases. It is there for [`Fma::Exact`].
pub const FUSED_BY_HAND: u32 = 0;
/// The same for one number.
const FUSED_NUMBER: u32 = 1;

/// The type of functions that run a program once: the address of the arena.
pub const RUN: u32 = 0;
/// The type of functions that run a program often: the addresses of the arena, the tables, the rows, the number of runs, the address of the records.
pub const SCAN: u32 = 1;
const FOUR_LANES: u32 = 2;
const NUMBER: u32 = 3;

/// A module that exports `bodies` of one type: under their numbers, or what scans as `scan`.
pub fn assemble(bodies: impl Iterator<Item = Function>, kind: u32, fma: Fma) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], []);
    types.ty().function([ValType::I32; 5], []);
    types.ty().function([ValType::V128; 3], [ValType::V128]);
    types.ty().function([ValType::F32; 3], [ValType::F32]);
    let mut imports = ImportSection::new();
    let memory = MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
    imports.import("env", "memory", EntityType::Memory(memory));
    let (mut functions, mut exports, mut code) = (FunctionSection::new(), ExportSection::new(), CodeSection::new());
    if fma == Fma::Exact {
        functions.function(FOUR_LANES).function(NUMBER);
        code.function(&fused_by_hand()).function(&fused_number());
    }
    let first = functions.len();
    for (i, body) in (0..).zip(bodies) {
        functions.function(kind);
        let name = if kind == SCAN { "scan".to_owned() } else { i.to_string() };
        exports.export(&name, ExportKind::Func, first + i);
        code.function(&body);
    }
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
    module.finish()
}

fn fused_by_hand() -> Function {
    let mut function = Function::new([]);
    let mut s = function.instructions();
    s.local_get(0);
    for lane in 0..4 {
        for operand in 0..3 {
            s.local_get(operand).f32x4_extract_lane(lane);
        }
        s.call(FUSED_NUMBER).f32x4_replace_lane(lane);
    }
    s.end();
    function
}

/// The sum in f64, moved to the odd f64 beside it on the side of the exact value if it was inexact, then rounded: see
/// [`super::super::super::fma`].
fn fused_number() -> Function {
    // locals, behind the arguments
    const PRODUCT: u32 = 3;
    const ADDEND: u32 = 4;
    const SUM: u32 = 5;
    const PART: u32 = 6;
    const ERROR: u32 = 7;
    const BITS: u32 = 8;
    let mut function = Function::new([(5, ValType::F64), (1, ValType::I64)]);
    let mut s = function.instructions();
    s.local_get(0).f64_promote_f32().local_get(1).f64_promote_f32().f64_mul().local_set(PRODUCT);
    s.local_get(2).f64_promote_f32().local_set(ADDEND);
    s.local_get(PRODUCT).local_get(ADDEND).f64_add().local_set(SUM);
    s.local_get(SUM).local_get(PRODUCT).f64_sub().local_set(PART);
    s.local_get(PRODUCT).local_get(SUM).local_get(PART).f64_sub().f64_sub();
    s.local_get(ADDEND).local_get(PART).f64_sub().f64_add().local_set(ERROR);
    s.local_get(SUM).i64_reinterpret_f64().local_set(BITS);
    // inexact, finite, and even
    s.local_get(ERROR).f64_abs().f64_const(0.0.into()).f64_gt();
    s.local_get(ERROR).f64_abs().f64_const(f64::INFINITY.into()).f64_lt().i32_and();
    s.local_get(BITS).i64_const(1).i64_and().i64_eqz().i32_and();
    s.if_(wasm_encoder::BlockType::Empty);
    s.local_get(BITS).i64_const(1).i64_const(-1);
    s.local_get(ERROR).f64_const(0.0.into()).f64_gt().local_get(SUM).f64_const(0.0.into()).f64_gt().i32_eq();
    s.select().i64_add().f64_reinterpret_i64().local_set(SUM);
    s.end();
    s.local_get(SUM).f32_demote_f64().end();
    function
}
