//! [`Segments`]: which steps become generated code, and how, and the functions that they become.

use super::super::super::kernel::Kind;
use super::super::super::kernel::dot::Dot;
use super::super::plan::{Plan, Slot, Step};
use super::code::{Address, Code, LANES};
use super::dots::Product;
use super::elements::{Link, Moved, Pointwise};
use super::ensemble::Products;
use super::lanes::{Home, Lanes, Value, consecutive};
use super::operation::Operation;
use super::straight::Straight;
use super::sums::Sum;
use super::{Fma, Segment, dots, elements, ensemble, straight, sums};

/// How a step is computed.
#[derive(Debug)]
enum Strategy<'p> {
    Straight(Straight<'p>),
    Loop(Loop<'p>),
    Interpreted,
}

/// How a step is written as loops: what the writer needs to know.
#[derive(Debug)]
enum Loop<'p> {
    Pointwise(Pointwise),
    Moved(Moved),
    Product(Product, &'p Dot),
    Products(Products),
    Sum(Sum),
}

impl<'p> Strategy<'p> {
    fn of(step: &'p Step) -> Self {
        let len = step.output.len;
        if let Some(straight) = Straight::of(&step.kernel, len) {
            return Self::Straight(straight);
        }
        match Loop::of(step).filter(|_| len > 0) {
            Some(looped) => Self::Loop(looped),
            None => Self::Interpreted,
        }
    }

    fn is_straight(&self) -> bool {
        matches!(self, Self::Straight(_))
    }

    /// What several steps can share a loop for.
    fn flat(&self) -> Option<(Operation, [bool; 3])> {
        match self {
            Self::Loop(Loop::Pointwise(Pointwise::Flat(operation, full))) => Some((*operation, *full)),
            _ => None,
        }
    }
}

impl<'p> Loop<'p> {
    fn of(step: &'p Step) -> Option<Self> {
        match &step.kernel.0 {
            Kind::Elementwise(kernel) => Pointwise::of(kernel, step.inputs.len()).map(Self::Pointwise),
            Kind::Movement(movement) => Moved::of(movement, step.output.len).map(Self::Moved),
            Kind::Dot(dot) => dots::product(dot).map(|product| Self::Product(product, dot)),
            Kind::Dots(dots) => ensemble::products(dots).map(Self::Products),
            Kind::Reduction(reduction) => sums::sum(reduction).map(Self::Sum),
            Kind::Extension(..) => None,
        }
    }

    /// Words that it uses beside the result.
    fn scratch(&self) -> usize {
        match self {
            Self::Product(product, dot) => dots::scratch(*product, dot),
            Self::Sum(sum) => sums::scratch(*sum),
            Self::Pointwise(_) | Self::Moved(_) | Self::Products(_) => 0,
        }
    }
}

/// A plan cut into functions and steps for the interpreter.
#[derive(Debug)]
pub struct Segments<'p> {
    /// For each step, how it is computed.
    strategies: Vec<Strategy<'p>>,
    /// For each step, the function that it belongs to.
    function: Vec<Option<usize>>,
    /// What makes up a run.
    pub list: Vec<Segment>,
    /// Words that the functions use behind the plan's own.
    pub scratch: usize,
}

impl<'p> Segments<'p> {
    /// Cuts a plan.
    pub fn new(plan: &'p Plan) -> Self {
        let strategies: Vec<Strategy<'p>> = plan.steps.iter().map(Strategy::of).collect();
        let (mut function, mut list, mut functions) = (Vec::new(), Vec::new(), 0);
        for (at, strategy) in strategies.iter().enumerate() {
            if matches!(strategy, Strategy::Interpreted) {
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
        let scratch = strategies.iter().map(|strategy| match strategy {
            Strategy::Loop(looped) => looped.scratch(),
            Strategy::Straight(_) | Strategy::Interpreted => 0,
        });
        // loads of four words may reach behind the last value
        let scratch = LANES + scratch.max().unwrap_or(0);
        Self { strategies, function, list, scratch }
    }

    /// Whether every step is straight-line code.
    pub fn is_straight(&self) -> bool {
        self.strategies.iter().all(Strategy::is_straight)
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

/// One function while it is being written.
pub struct Writer<'a> {
    segments: &'a Segments<'a>,
    plan: &'a Plan,
    /// Its body so far.
    pub code: Code,
    /// What lies in registers.
    pub lanes: Lanes,
    /// The value that lies in a slot now.
    values: Vec<(Slot, Value)>,
}

impl<'a> Writer<'a> {
    /// A function that begins with `code`.
    pub fn new(segments: &'a Segments<'a>, plan: &'a Plan, code: Code) -> Self {
        Self { segments, plan, code, lanes: Lanes::default(), values: Vec::new() }
    }

    /// Writes step `at`, perhaps with some that follow before `end`; gives the step that comes next.
    fn write(&mut self, at: usize, end: usize) -> usize {
        let (segments, plan) = (self.segments, self.plan);
        let step = &plan.steps[at];
        let next = match &segments.strategies[at] {
            Strategy::Straight(straight) => {
                let inside =
                    |i: usize| segments.strategies[i].is_straight() && segments.function[i] == segments.function[at];
                self.write_straight(*straight, step, is_stored(plan, at, inside));
                return at + 1;
            }
            Strategy::Loop(Loop::Pointwise(Pointwise::Flat(..))) => self.chain(at, end),
            Strategy::Loop(looped) => {
                self.write_loop(looped, step);
                at + 1
            }
            // it is in no function
            Strategy::Interpreted => return at + 1,
        };
        for step in &plan.steps[at..next] {
            self.remember(step);
        }
        next
    }

    /// The value in a slot.
    pub fn value(&mut self, slot: Slot) -> Value {
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
    pub fn define(&mut self, slot: Slot, home: Home) -> Value {
        let value = self.lanes.define(home);
        self.keep(slot, value);
        value
    }

    fn keep(&mut self, slot: Slot, value: Value) {
        match self.values.iter_mut().find(|(known, _)| *known == slot) {
            Some((_, known)) => *known = value,
            None => self.values.push((slot, value)),
        }
    }

    fn operands(&mut self, step: &Step) -> Vec<Value> {
        step.inputs.iter().map(|&slot| self.value(slot)).collect()
    }

    /// Writes every step of a plan that is straight-line code as a whole, in registers alone.
    pub fn write_in_registers(&mut self) {
        let (segments, plan) = (self.segments, self.plan);
        for (step, strategy) in plan.steps.iter().zip(&segments.strategies) {
            if let Strategy::Straight(straight) = strategy {
                self.write_straight(*straight, step, false);
            }
        }
    }

    /// Writes a step as straight-line code, and its result into memory if it is read there.
    fn write_straight(&mut self, straight: Straight<'_>, step: &Step, is_stored: bool) {
        let operands = self.operands(step);
        let len = step.output.len;
        let value = straight::write(&mut self.code, &mut self.lanes, straight, &operands, len);
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

    /// Flat elementwise steps of one length, from `at` on, in one loop.
    fn chain(&mut self, at: usize, end: usize) -> usize {
        let (segments, plan) = (self.segments, self.plan);
        let next = elements::chain_end(plan, at, end, |i| segments.strategies[i].flat().is_some());
        let mut links = Vec::with_capacity(next - at);
        for i in at..next {
            if let Some((operation, full)) = segments.strategies[i].flat() {
                let step = &plan.steps[i];
                let is_stored = is_stored(plan, i, |reader| (at..next).contains(&reader));
                links.push(Link { operation, full, step, operands: self.operands(step), is_stored });
            }
        }
        elements::write_chain(&mut self.code, &mut self.lanes, &links, plan.steps[at].output.len);
        next
    }

    fn write_loop(&mut self, looped: &Loop<'_>, step: &Step) {
        let operands = self.operands(step);
        let scratch = Address::arena(self.plan.words);
        let (code, lanes) = (&mut self.code, &mut self.lanes);
        match looped {
            Loop::Pointwise(Pointwise::Flat(operation, full)) => {
                let link = Link { operation: *operation, full: *full, step, operands, is_stored: true };
                elements::write_chain(code, lanes, &[link], step.output.len);
            }
            Loop::Pointwise(Pointwise::Strided(operation, matrix)) => {
                elements::write_strided(code, lanes, (*operation, matrix), step, &operands);
            }
            Loop::Moved(moved) => elements::write_moved(code, moved, step),
            Loop::Product(product, dot) => dots::write(code, *product, dot, step, scratch),
            Loop::Products(products) => ensemble::write(code, products, step),
            Loop::Sum(sum) => sums::write(code, *sum, step, scratch),
        }
    }
}
