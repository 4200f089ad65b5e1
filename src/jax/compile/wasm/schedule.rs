//! [`schedule`]: the order in which straight-line instructions are written.
//!
//! A browser translates instructions in the order in which they come, and a processor looks only some hundreds of them ahead. Written step by
//! step, all rows of a batch would wait in registers, of which there are not enough, until the sum over the rows begins. So what is written is put in
//! another order: first whatever the longest chain of dependent additions waits for (list scheduling by the longest path: Cooper and Torczon,
//! *Engineering a Compiler*, chapter 12). Then each row is computed when the sums are about to take it, and several sums grow side by side. Who
//! reads a result for the last time comes as soon as it can, and a load just before its first reader.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::base::order::order_by;

use super::code::Address;

/// An instruction with the locals that it reads and the one that it gives a value, once.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// Its code, operands included.
    pub bytes: Range<usize>,
    /// The locals that it reads.
    pub reads: Vec<u32>,
    /// A local that no other instruction writes.
    pub writes: Option<u32>,
    /// What it does with memory.
    pub access: Option<Access>,
    /// What it adds to the length of a chain of instructions.
    pub weight: u32,
    /// It only finds or loads something, so it need not come before its first reader.
    pub is_late: bool,
}

/// So many words from a place on.
#[derive(Clone, Copy, Debug)]
pub struct Access {
    /// The first of them.
    pub place: Address,
    /// How many.
    pub words: usize,
    /// Whether they are written.
    pub is_store: bool,
}

impl Access {
    /// Whether the two must stay in order: one of them writes, and they may have a word in common.
    fn conflicts(&self, other: &Self) -> bool {
        let (a, b) = (self.place, other.place);
        let apart = a.pointer == b.pointer && (a.words + self.words <= b.words || b.words + other.words <= a.words);
        (self.is_store || other.is_store) && !apart
    }
}

/// What an instruction with this code, prefix included, adds to the length of a chain: 1 for what sums are made of, else nothing, so that all that
/// a sum takes up next comes right before it.
pub fn weight(code: &[u8]) -> u32 {
    const SIMD: u8 = 0xFD;
    let [SIMD, low, rest @ ..] = code else { return 0 };
    let opcode = if *low < 0x80 { u32::from(*low) } else { u32::from(low & 0x7F) | u32::from(rest[0]) << 7 };
    // f32x4.add and f32x4.relaxed_madd
    u32::from(matches!(opcode, 0xE4 | 0x105))
}

/// The order in which to write instructions: numbers of `instructions`, each once, none before what it needs.
pub fn schedule(instructions: &[Instruction]) -> Vec<usize> {
    let mut graph = Graph::new(instructions);
    let heights = graph.heights(instructions);
    let mut order = Vec::with_capacity(instructions.len());
    let is_ready = |&i: &usize| !graph.late[i] && graph.missing[i] == 0;
    let mut ready: BinaryHeap<_> = (0..instructions.len()).filter(is_ready).map(|i| (heights[i], Reverse(i))).collect();
    let mut next = Vec::new();
    while let Some(i) = next.pop().or_else(|| ready.pop().map(|(_, Reverse(i))| i)) {
        if graph.written[i] {
            continue;
        }
        graph.write(i, &mut order);
        for user in 0..graph.users[i].len() {
            let user = graph.users[i][user];
            graph.missing[user] -= 1;
            if graph.missing[user] == 0 {
                ready.push((heights[user], Reverse(user)));
            }
        }
        // what reads a result for the last time comes at once and frees its register
        next.extend(graph.last_reader(i));
        for need in 0..graph.needs[i].len() {
            next.extend(graph.last_reader(graph.needs[i][need]));
        }
    }
    // loads that nobody reads
    for i in 0..instructions.len() {
        graph.write(i, &mut order);
    }
    order
}

/// Who waits for whom.
struct Graph {
    /// For each instruction, those that must come before it.
    needs: Vec<Vec<usize>>,
    /// The other way round, without loads.
    users: Vec<Vec<usize>>,
    /// Loads and addresses that need nothing else: written just before their first reader.
    late: Vec<bool>,
    /// For each instruction, how many of its needs that are not late are yet to be written.
    missing: Vec<usize>,
    written: Vec<bool>,
}

impl Graph {
    fn new(instructions: &[Instruction]) -> Self {
        let count = instructions.len();
        // locals are new one after the other
        let first = instructions.iter().filter_map(|instruction| instruction.writes).min().unwrap_or(0);
        let mut writers: Vec<Option<usize>> = Vec::new();
        let (mut loads, mut stores): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut graph = Self {
            needs: Vec::with_capacity(count),
            users: vec![Vec::new(); count],
            late: Vec::with_capacity(count),
            missing: vec![0; count],
            written: vec![false; count],
        };
        for (i, instruction) in instructions.iter().enumerate() {
            let mut needs: Vec<usize> = instruction
                .reads
                .iter()
                .filter_map(|&local| *writers.get(local.checked_sub(first)? as usize)?)
                .collect();
            if let Some(access) = &instruction.access {
                let before = stores.iter().chain(if access.is_store { &loads[..] } else { &[] });
                needs.extend(
                    before.filter(|&&other| instructions[other].access.is_some_and(|other| other.conflicts(access))),
                );
                if access.is_store { &mut stores } else { &mut loads }.push(i);
            }
            order_by(&mut needs, |a, b| a > b);
            needs.dedup();
            graph.late.push(instruction.is_late && needs.iter().all(|&need| graph.late[need]));
            if !graph.late[i] {
                for &need in needs.iter().filter(|&&need| !graph.late[need]) {
                    graph.users[need].push(i);
                    graph.missing[i] += 1;
                }
            }
            graph.needs.push(needs);
            if let Some(local) = instruction.writes {
                let place = (local - first) as usize;
                writers.resize(writers.len().max(place + 1), None);
                writers[place] = Some(i);
            }
        }
        graph
    }

    /// For each instruction, the longest chain that begins with it.
    fn heights(&self, instructions: &[Instruction]) -> Vec<u32> {
        let mut heights = vec![0; instructions.len()];
        for i in (0..instructions.len()).rev() {
            let after = self.users[i].iter().map(|&user| heights[user]).max().unwrap_or(0);
            heights[i] = instructions[i].weight + after;
        }
        heights
    }

    /// The only instruction that is left to read the result of this one, if it can be written now.
    fn last_reader(&self, i: usize) -> Option<usize> {
        let mut left = self.users[i].iter().filter(|&&user| !self.written[user]);
        let last = left.next().filter(|_| left.next().is_none());
        last.copied().filter(|&last| self.missing[last] == 0)
    }

    /// Writes an instruction behind the late ones that it needs, unless it is written already.
    fn write(&mut self, i: usize, order: &mut Vec<usize>) {
        if self.written[i] {
            return;
        }
        self.written[i] = true;
        for need in 0..self.needs[i].len() {
            self.write(self.needs[i][need], order);
        }
        order.push(i);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::code::ARENA;
    use super::*;

    /// Random instructions: each reads some earlier results, and some read or write memory.
    fn instructions() -> impl Strategy<Value = Vec<Instruction>> {
        let one = (prop::collection::vec(0..1000_u32, 0..4), 0..6_u8, 0..12_usize, 1..5_usize);
        prop::collection::vec(one, 0..60).prop_map(|list| {
            let instruction = |(i, (reads, kind, at, words)): (usize, (Vec<u32>, u8, usize, usize))| Instruction {
                bytes: 0..0,
                reads: if i == 0 { vec![] } else { reads.iter().map(|read| read % i as u32).collect() },
                writes: (kind != 0).then_some(i as u32),
                access: (kind < 3).then_some(Access {
                    place: Address { pointer: ARENA, words: at },
                    words,
                    is_store: kind == 0,
                }),
                weight: u32::from(kind % 2),
                is_late: kind == 1 || kind == 4,
            };
            list.into_iter().enumerate().map(instruction).collect()
        })
    }

    proptest! {
        #[test]
        fn nothing_comes_before_what_it_needs(instructions in instructions()) {
            let order = schedule(&instructions);
            let mut place = vec![usize::MAX; instructions.len()];
            for (at, &i) in order.iter().enumerate() {
                prop_assert_eq!(place[i], usize::MAX, "written twice");
                place[i] = at;
            }
            prop_assert!(!place.contains(&usize::MAX), "all are written");
            for (i, instruction) in instructions.iter().enumerate() {
                for &read in instruction.reads.iter().filter(|&&read| instructions[read as usize].writes.is_some()) {
                    prop_assert!(place[read as usize] < place[i]);
                }
                for (j, other) in instructions.iter().enumerate().take(i) {
                    let (Some(a), Some(b)) = (instruction.access, other.access) else { continue };
                    prop_assert!(!a.conflicts(&b) || place[j] < place[i]);
                }
            }
        }
    }

    /// Three rows, what is made of each, and the sum of that: a row at a time.
    #[test]
    fn rows_are_computed_when_the_sum_takes_them() {
        let instruction = |reads: Vec<u32>, writes: u32, weight: u32| Instruction {
            bytes: 0..0,
            reads,
            writes: Some(writes),
            access: None,
            weight,
            is_late: false,
        };
        let rows = (0..3).map(|i| instruction(vec![], i, 0));
        let made = (3..6).map(|i| instruction(vec![i - 3], i, 0));
        let sums = (6..9).map(|i| instruction(if i > 6 { vec![i - 3, i - 1] } else { vec![3] }, i, 1));
        assert_eq!(schedule(&rows.chain(made).chain(sums).collect::<Vec<_>>()), [0, 3, 6, 1, 4, 7, 2, 5, 8]);
    }

    #[test]
    fn weights_of_instructions() {
        let code = |instruction: fn(&mut wasm_encoder::InstructionSink<'_>)| {
            let mut bytes = Vec::new();
            instruction(&mut wasm_encoder::InstructionSink::new(&mut bytes));
            weight(&bytes)
        };
        assert_eq!((code(|s| _ = s.f32x4_add()), code(|s| _ = s.f32x4_relaxed_madd())), (1, 1));
        assert_eq!((code(|s| _ = s.f32x4_mul()), code(|s| _ = s.v128_and()), code(|s| _ = s.i32_add())), (0, 0, 0));
    }
}
