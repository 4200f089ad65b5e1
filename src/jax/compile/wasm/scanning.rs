//! The loop of a [`Scan`](super::super::scan::Scan) around straight-line code: rows are gathered into registers, the state stays in registers from run
//! to run, and what is recorded goes from registers to memory.

use super::super::plan::{Plan, Slot};
use super::super::scan::Places;
use super::Fma;
use super::code::{Code, LANES, Place, Pointer, RECORDS, ROWS, Register, TABLES};
use super::lanes::{Element, Home, consecutive};
use super::segments::{Segments, Writer};

/// The function; `None` if some step is no straight-line code.
pub fn body(segments: &Segments, plan: &Plan, places: &Places, fma: Fma) -> Option<Code> {
    if !segments.is_straight() {
        return None;
    }
    let mut writer = Writer::new(segments, plan, Code::scanning(fma));
    let carried: Vec<Vec<Register>> = places.carries.iter().map(|(input, _)| state(&mut writer, *input)).collect();
    let tables: Vec<Pointer> =
        (0..places.batches.len()).map(|i| writer.code.load_pointer(Place { pointer: TABLES, words: i })).collect();
    writer.code.begin_runs();
    gather(&mut writer, places, &tables);
    for step in &plan.steps {
        writer.straight(step, false);
    }
    record(&mut writer, &places.records);
    carry(&mut writer, places, &carried);
    writer.code.advance(ROWS, places.shape.rows);
    writer.code.end_runs();
    for ((input, _), registers) in places.carries.iter().zip(&carried) {
        for (register, start) in registers.iter().zip((0..).step_by(LANES)) {
            // slots are padded to whole registers
            writer.code.store(Place::arena(input.start + start), *register, LANES);
        }
    }
    Some(writer.code)
}

/// The registers in which a carried argument goes through the loop.
fn state(writer: &mut Writer<'_>, slot: Slot) -> Vec<Register> {
    let value = writer.define(slot, Home::Registers);
    let blocks = (0..slot.len).step_by(LANES);
    let register = |start| {
        let loaded = writer.code.load(Place::arena(slot.start + start));
        let register = writer.code.copy(loaded);
        writer.lanes.hold(register, consecutive(value, start, slot.len));
        register
    };
    blocks.map(register).collect()
}

/// The rows of this run, in registers.
fn gather(writer: &mut Writer<'_>, places: &Places, tables: &[Pointer]) {
    let shape = &places.shape;
    let rows: Vec<Pointer> =
        (0..shape.rows).map(|row| writer.code.load_pointer(Place { pointer: ROWS, words: row })).collect();
    for ((&slot, &table), &width) in places.batches.iter().zip(tables).zip(&shape.widths) {
        let value = writer.define(slot, Home::Registers);
        let rows: Vec<Pointer> = rows.iter().map(|&row| writer.code.row(table, row, width)).collect();
        for start in (0..slot.len).step_by(LANES) {
            let words: Vec<Place> = (start..slot.len.min(start + LANES))
                .map(|word| Place { pointer: rows[word / width], words: word % width })
                .collect();
            let register = block(&mut writer.code, &words);
            writer.lanes.hold(register, consecutive(value, start, slot.len));
        }
    }
}

/// A register with up to four words, as few loads as their places allow.
fn block(code: &mut Code, words: &[Place]) -> Register {
    let neighbours = |from: usize, count: usize| {
        words.get(from..from + count).is_some_and(|words| (0..count).all(|i| words[i] == words[0].plus(i)))
    };
    if neighbours(0, LANES) {
        return code.load(words[0]);
    }
    let mut lane = if neighbours(0, 2) { 2 } else { 1 };
    let mut register = if lane == 2 { code.load_two(words[0]) } else { code.load_one(words[0]) };
    while lane < words.len() {
        if lane == 2 && neighbours(2, 2) {
            register = code.load_upper_two(words[2], register);
            lane += 2;
        } else {
            register = code.load_lane(words[lane], register, lane as u8);
            lane += 1;
        }
    }
    register
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
        writer.code.store(Place { pointer: RECORDS, words: number * LANES }, register, four.len());
    }
    writer.code.advance(RECORDS, elements.len());
}

/// Gives the carried registers their next values, all at the same time.
fn carry(writer: &mut Writer<'_>, places: &Places, carried: &[Vec<Register>]) {
    let mut next = Vec::new();
    for ((_, output), registers) in places.carries.iter().zip(carried) {
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
