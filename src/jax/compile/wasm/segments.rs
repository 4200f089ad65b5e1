//! [`Segments`]: which steps become machine code, and how, and the functions that they become.

use super::super::super::kernel::{Kernel, Kind};
use super::super::plan::{Plan, Slot, Step};
use super::code::{Address, Code, LANES};
use super::lanes::{Home, Lanes, consecutive};
use super::{Fma, Segment, dots, elements, ensemble, straight, sums};

/// How a step is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Straight,
    Loop,
    Interpreted,
}

fn way(step: &Step) -> Way {
    let len = step.output.len;
    if !is_written(&step.kernel) {
        return Way::Interpreted;
    }
    if straight::is_straight(&step.kernel, len) {
        return Way::Straight;
    }
    let looped = match &step.kernel.0 {
        Kind::Elementwise(kernel) => elements::is_looped(kernel),
        Kind::Movement(movement) => elements::is_moved(movement, len),
        Kind::Dot(dot) => dots::is_looped(dot),
        Kind::Dots(dots) => ensemble::is_looped(dots),
        Kind::Reduction(reduction) => sums::is_looped(reduction),
    };
    if looped && len > 0 { Way::Loop } else { Way::Interpreted }
}

/// Whether the operation itself can be written, whatever the shapes.
fn is_written(kernel: &Kernel) -> bool {
    match &kernel.0 {
        Kind::Elementwise(kernel) => straight::is_written(&kernel.primitive, kernel.dtype),
        _ => true,
    }
}

/// A plan cut into functions and steps for the interpreter.
#[derive(Debug)]
pub struct Segments {
    ways: Vec<Way>,
    /// For each step, the function that it belongs to.
    function: Vec<Option<usize>>,
    /// What makes up a run.
    pub list: Vec<Segment>,
    /// Words that the functions use behind the plan's own.
    pub scratch: usize,
}

impl Segments {
    /// Cuts a plan.
    pub fn new(plan: &Plan) -> Self {
        let ways: Vec<Way> = plan.steps.iter().map(way).collect();
        let (mut function, mut list, mut functions) = (Vec::new(), Vec::new(), 0);
        for (at, &way) in ways.iter().enumerate() {
            if way == Way::Interpreted {
                list.push(Segment::Step(at));
                function.push(None);
                continue;
            }
            if !matches!(list.last(), Some(Segment::Function(_))) {
                list.push(Segment::Function(functions));
                functions += 1;
            }
            function.push(Some(functions - 1));
        }
        let scratch = plan.steps.iter().zip(&ways).filter(|(_, way)| **way == Way::Loop);
        // loads of four words may reach behind the last value
        let scratch = LANES + scratch.map(|(step, _)| needed_scratch(step)).max().unwrap_or(0);
        Self { ways, function, list, scratch }
    }

    /// Whether every step is straight-line code.
    pub fn is_straight(&self) -> bool {
        self.ways.iter().all(|&way| way == Way::Straight)
    }

    /// The functions.
    pub fn bodies(&self, plan: &Plan, fma: Fma) -> Vec<Code> {
        let mut bodies = Vec::new();
        let mut at = 0;
        while at < plan.steps.len() {
            let Some(number) = self.function[at] else {
                at += 1;
                continue;
            };
            let end = (at..plan.steps.len()).find(|&i| self.function[i] != Some(number)).unwrap_or(plan.steps.len());
            let mut writer = Writer::new(self, plan, Code::new(fma));
            while at < end {
                at = writer.write(at, end);
            }
            bodies.push(writer.code);
        }
        bodies
    }
}

/// Whether the result of step `at` must lie in memory when the steps up to `end`, of the same function, have run: some step reads it there,
/// or it is an output. `inside` says which of its readers need no memory.
fn is_stored(plan: &Plan, at: usize, inside: impl Fn(usize) -> bool) -> bool {
    let slot = plan.steps[at].output;
    for (i, step) in plan.steps.iter().enumerate().skip(at + 1) {
        if step.inputs.contains(&slot) && !inside(i) {
            return true;
        }
        if step.output.overlaps(slot) {
            return false;
        }
    }
    plan.outputs.contains(&slot)
}

fn needed_scratch(step: &Step) -> usize {
    match &step.kernel.0 {
        Kind::Dot(dot) => dots::scratch(dot),
        Kind::Reduction(reduction) => sums::scratch(reduction),
        _ => 0,
    }
}

/// One function while it is being written.
pub struct Writer<'a> {
    segments: &'a Segments,
    plan: &'a Plan,
    /// Its body so far.
    pub code: Code,
    /// What lies in registers.
    pub lanes: Lanes,
    /// The value that lies in a slot now.
    values: Vec<(Slot, usize)>,
}

impl<'a> Writer<'a> {
    /// A function that begins with `code`.
    pub fn new(segments: &'a Segments, plan: &'a Plan, code: Code) -> Self {
        Self { segments, plan, code, lanes: Lanes::default(), values: Vec::new() }
    }

    /// Writes step `at`, perhaps with some that follow before `end`; gives the step that comes next.
    fn write(&mut self, at: usize, end: usize) -> usize {
        let step = &self.plan.steps[at];
        if self.segments.ways[at] == Way::Straight {
            let segments = self.segments;
            let inside = |i: usize| segments.ways[i] == Way::Straight && segments.function[i] == segments.function[at];
            self.straight(step, is_stored(self.plan, at, inside));
            return at + 1;
        }
        let next = if let Kind::Elementwise(kernel) = &step.kernel.0
            && elements::is_flat(kernel)
        {
            self.chain(at, end)
        } else {
            self.looped(step);
            at + 1
        };
        for step in &self.plan.steps[at..next] {
            self.remember(step);
        }
        next
    }

    /// The value in a slot.
    pub fn value(&mut self, slot: Slot) -> usize {
        if let Some(&(_, value)) = self.values.iter().find(|(known, _)| *known == slot) {
            return value;
        }
        let place = Address::arena(slot.start);
        let literal = self.plan.literals.iter().find(|(literal, _)| *literal == slot);
        let home = match literal {
            Some(&(_, bits)) => Home::Constant(bits),
            None if self.plan.inputs.contains(&slot) || self.plan.consts.contains(&slot) => Home::Kept(place, slot.len),
            None => Home::Memory(place, slot.len),
        };
        self.define(slot, home)
    }

    /// From now on, the slot holds a new value.
    pub fn define(&mut self, slot: Slot, home: Home) -> usize {
        let value = self.lanes.define(home);
        self.keep(slot, value);
        value
    }

    fn keep(&mut self, slot: Slot, value: usize) {
        match self.values.iter_mut().find(|(known, _)| *known == slot) {
            Some((_, known)) => *known = value,
            None => self.values.push((slot, value)),
        }
    }

    fn operands(&mut self, step: &Step) -> Vec<usize> {
        step.inputs.iter().map(|&slot| self.value(slot)).collect()
    }

    /// Writes a step as straight-line code, and its result into memory if it is read there.
    pub fn straight(&mut self, step: &Step, is_stored: bool) {
        let operands = self.operands(step);
        let len = step.output.len;
        let value = straight::write(&mut self.code, &mut self.lanes, &step.kernel, &operands, len);
        self.keep(step.output, value);
        if is_stored {
            for start in (0..len).step_by(LANES) {
                let register = self.lanes.gather(&mut self.code, consecutive(value, start, len));
                // slots are padded to whole registers
                self.code.store(Address::arena(step.output.start + start), register, LANES);
            }
        }
    }

    /// The results of a step are in memory now.
    fn remember(&mut self, step: &Step) {
        self.define(step.output, Home::Memory(Address::arena(step.output.start), step.output.len));
    }

    /// Elementwise steps of one length, from `at` on, in one loop.
    fn chain(&mut self, at: usize, end: usize) -> usize {
        let next = elements::chain_end(self.plan, at, end, |i| self.segments.ways[i] == Way::Loop);
        let values = self.plan.steps[at..next].iter().map(|step| self.operands(step)).collect::<Vec<_>>();
        let stored: Vec<bool> =
            (at..next).map(|i| is_stored(self.plan, i, |reader| (at..next).contains(&reader))).collect();
        elements::write_chain(&mut self.code, &mut self.lanes, &self.plan.steps[at..next], &values, &stored);
        next
    }

    fn looped(&mut self, step: &Step) {
        let operands = self.operands(step);
        let scratch = Address::arena(self.plan.words);
        let (code, lanes) = (&mut self.code, &mut self.lanes);
        match &step.kernel.0 {
            Kind::Elementwise(kernel) => elements::write_strided(code, lanes, kernel, step, &operands),
            Kind::Movement(movement) => elements::write_moved(code, movement, step),
            Kind::Dot(dot) => dots::write(code, dot, step, scratch),
            Kind::Dots(dots) => ensemble::write(code, dots, step),
            Kind::Reduction(reduction) => sums::write(code, reduction, step, scratch),
        }
    }
}
