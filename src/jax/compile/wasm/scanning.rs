//! The loop of a [`Scan`](super::super::scan::Scan) around straight-line code: rows are read where they lie, the state stays in registers from run
//! to run, and what is recorded goes from registers to memory.

use super::super::plan::{Plan, Slot};
use super::super::types::WiredSlots;
use super::Fma;
use super::code::{Address, Code, LANES, Pointer, RECORDS, ROWS, Register, TABLES};
use super::lanes::{Element, Home, consecutive};
use super::segments::{Segments, Writer};

/// The function; `None` if some step is no straight-line code.
pub fn body(segments: &Segments<'_>, plan: &Plan, slots: &WiredSlots, fma: Fma) -> Option<Code> {
    if !segments.is_straight() {
        return None;
    }
    let mut writer = Writer::new(segments, plan, Code::scanning(fma));
    let carried: Vec<Vec<Register>> = slots.carries.iter().map(|(input, _)| state(&mut writer, *input)).collect();
    let tables: Vec<Pointer> =
        (0..slots.batches.len()).map(|i| writer.code.load_pointer(Address { pointer: TABLES, words: i })).collect();
    writer.code.begin_runs();
    gather(&mut writer, slots, &tables);
    writer.write_in_registers();
    record(&mut writer, &slots.records);
    carry(&mut writer, slots, &carried);
    writer.code.advance(ROWS, slots.shape.rows);
    writer.code.end_runs();
    for ((input, _), registers) in slots.carries.iter().zip(&carried) {
        for (register, start) in registers.iter().zip((0..).step_by(LANES)) {
            // slots are padded to whole registers
            writer.code.store(Address::arena(input.start + start), *register, LANES);
        }
    }
    Some(writer.code)
}

/// The registers in which a carried argument goes through the loop.
fn state(writer: &mut Writer<'_>, slot: Slot) -> Vec<Register> {
    let value = writer.define(slot, Home::Registers);
    let blocks = (0..slot.len).step_by(LANES);
    let register = |start| {
        let loaded = writer.code.load(Address::arena(slot.start + start));
        let register = writer.code.copy(loaded);
        writer.lanes.hold(register, consecutive(value, start, slot.len));
        register
    };
    blocks.map(register).collect()
}

/// The rows of this run: where their words lie in the tables.
fn gather(writer: &mut Writer<'_>, slots: &WiredSlots, tables: &[Pointer]) {
    let shape = &slots.shape;
    let rows: Vec<Pointer> =
        (0..shape.rows).map(|row| writer.code.load_pointer(Address { pointer: ROWS, words: row })).collect();
    for ((&slot, &table), &width) in slots.batches.iter().zip(tables).zip(&shape.widths) {
        let rows: Vec<Pointer> = rows.iter().map(|&row| writer.code.row(table, row, width)).collect();
        let words = (0..slot.len).map(|word| Address { pointer: rows[word / width], words: word % width });
        writer.define(slot, Home::Scattered(words.collect()));
    }
}

/// Writes what this run records and moves on to where the next one records.
fn record(writer: &mut Writer<'_>, outputs: &[Slot]) {
    let mut elements = Vec::new();
    for &slot in outputs {
        let value = writer.value(slot);
        elements.extend((0..slot.len).map(|index| Element { value, index }));
    }
    for (number, four) in elements.chunks(LANES).enumerate() {
        let quad = std::array::from_fn(|lane| four.get(lane).copied());
        let register = writer.lanes.gather(&mut writer.code, quad);
        writer.code.store(Address { pointer: RECORDS, words: number * LANES }, register, four.len());
    }
    writer.code.advance(RECORDS, elements.len());
}

/// Gives the carried registers their next values, all at the same time.
fn carry(writer: &mut Writer<'_>, slots: &WiredSlots, carried: &[Vec<Register>]) {
    let mut next = Vec::new();
    for ((_, output), registers) in slots.carries.iter().zip(carried) {
        let value = writer.value(*output);
        for (&to, start) in registers.iter().zip((0..).step_by(LANES)) {
            let from = writer.lanes.gather(&mut writer.code, consecutive(value, start, output.len));
            // an argument may be the output of another one
            let is_carried = carried.iter().flatten().any(|&register| register == from);
            next.push((to, if is_carried { writer.code.copy(from) } else { from }));
        }
    }
    for (to, from) in next {
        writer.code.carry(to, from);
    }
}
