//! [`Lanes`]: which elements of which values lie in which lanes of which registers, and how to bring four of them together.
//!
//! Small values live in registers as long as possible. Whoever needs four elements side by side asks for them ([`Lanes::gather`]) and gets
//! a register: one that holds them already, or a load, or a shuffle of others.

use super::code::{Address, Code, LANES, Register};

/// A value of a function: what a slot holds from one step to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Value(u32);

impl Value {
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Element `index` of value `value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Element {
    /// Which value.
    pub value: Value,
    /// Which of its elements, in row-major order.
    pub index: usize,
}

/// What the lanes of a register must hold; where nothing is said, anything.
pub type Quad = [Option<Element>; LANES];

/// Where the elements of a value come from.
#[derive(Clone, Debug)]
pub enum Home {
    /// This many lie in memory, one after the other, for as long as the plan says that the value is read.
    Memory(Address, usize),
    /// They lie in memory for ever.
    Kept(Address, usize),
    /// Each of them lies at a place of its own, where nothing is written while they are read.
    Scattered(Vec<Address>),
    /// One number, known when the code is written.
    Constant(u32),
    /// They were computed into registers.
    Registers,
    /// They are elements of other values.
    Elements(Vec<Element>),
}

/// The values that a function can read, and where their elements are.
#[derive(Debug, Default)]
pub struct Lanes {
    homes: Vec<Home>,
    /// For each value and each of its elements, registers that hold it, and in which lane.
    holders: Vec<Vec<Vec<(Register, usize)>>>,
    /// For each register, what it holds.
    contents: Vec<Quad>,
}

impl Lanes {
    /// Adds a value.
    pub fn define(&mut self, home: Home) -> Value {
        self.homes.push(home);
        Value(u32::try_from(self.homes.len() - 1).unwrap_or(u32::MAX))
    }

    /// Says what a register holds.
    pub fn hold(&mut self, register: Register, quad: Quad) {
        for (lane, element) in quad.iter().enumerate() {
            if let Some(element) = element {
                let holders = entry(entry(&mut self.holders, element.value.index()), element.index);
                holders.push((register, lane));
            }
        }
        *entry(&mut self.contents, register.index()) = quad;
    }

    /// Registers that hold an element, and in which lane.
    fn held(&self, element: Element) -> &[(Register, usize)] {
        self.holders
            .get(element.value.index())
            .and_then(|elements| elements.get(element.index))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether all lanes of a register hold the same.
    pub fn is_splat(&self, register: Register) -> bool {
        self.contents
            .get(register.index())
            .is_some_and(|quad| quad[0].is_some() && quad.iter().all(|lane| *lane == quad[0]))
    }

    /// The element that stands for this one: that of another value, if its value only renames.
    pub fn resolve(&self, element: Element) -> Element {
        match &self.homes[element.value.index()] {
            Home::Elements(elements) => elements[element.index],
            _ => element,
        }
    }

    /// The elements under names that stay good when the plan uses their memory for something else: what may be overwritten is loaded now.
    pub fn lasting(&mut self, code: &mut Code, elements: Vec<Element>) -> Vec<Element> {
        let mut copies: Vec<(Value, Value)> = Vec::new();
        let mut lasting = Vec::with_capacity(elements.len());
        for element in elements {
            let element = self.resolve(element);
            let Home::Memory(_, len) = self.homes[element.value.index()] else {
                lasting.push(element);
                continue;
            };
            let known = copies.iter().find(|(of, _)| *of == element.value).map(|&(_, copy)| copy);
            let value = known.unwrap_or_else(|| {
                let copy = self.define(Home::Registers);
                copies.push((element.value, copy));
                copy
            });
            let copy = Element { value, ..element };
            if self.held(copy).is_empty() {
                let block = element.index / LANES * LANES;
                let register = self.gather(code, consecutive(element.value, block, len));
                let register = code.copy(register);
                self.hold(register, consecutive(value, block, len));
            }
            lasting.push(copy);
        }
        lasting
    }

    fn in_memory(&self, value: Value) -> Option<(Address, usize)> {
        match self.homes[value.index()] {
            Home::Memory(place, len) | Home::Kept(place, len) => Some((place, len)),
            _ => None,
        }
    }

    /// A register with this element in all lanes.
    pub fn splat(&mut self, code: &mut Code, element: Element) -> Register {
        self.gather(code, [Some(element); LANES])
    }

    /// A register that holds what is asked for.
    pub fn gather(&mut self, code: &mut Code, quad: Quad) -> Register {
        let quad = quad.map(|lane| lane.map(|element| self.resolve(element)));
        if let Some(register) = self.holder(&quad) {
            return register;
        }
        let wanted: Vec<(usize, Element)> =
            quad.iter().enumerate().filter_map(|(lane, element)| element.map(|element| (lane, element))).collect();
        let Some(&(first_lane, first)) = wanted.first() else { return code.splat(0) };
        if wanted.iter().all(|&(_, element)| element == first) {
            return self.everywhere(code, first);
        }
        if let Some((place, _)) = self.in_memory(first.value)
            && first.index >= first_lane
            && wanted.iter().all(|&(lane, element)| {
                element.value == first.value && element.index + first_lane == first.index + lane
            })
        {
            let register = code.load(place.plus(first.index - first_lane));
            self.hold(register, quad);
            return register;
        }
        if let Some(register) = self.collected(code, &quad) {
            self.hold(register, quad);
            return register;
        }
        self.shuffled(code, &wanted, quad)
    }

    /// Elements from scattered places, if they follow each other: as few loads as their places allow.
    fn collected(&self, code: &mut Code, quad: &Quad) -> Option<Register> {
        let first = quad[0]?;
        let Home::Scattered(places) = &self.homes[first.value.index()] else { return None };
        let follows =
            |(lane, element): (usize, &Element)| element.value == first.value && element.index == first.index + lane;
        let count = quad.iter().flatten().count();
        let in_order = quad[..count].iter().flatten().enumerate().all(follows);
        in_order.then(|| block(code, &places[first.index..][..count]))
    }

    fn holder(&self, quad: &Quad) -> Option<Register> {
        let (lane, element) = quad.iter().enumerate().find_map(|(lane, element)| element.map(|e| (lane, e)))?;
        let fits = |register: &Register| {
            let contents = &self.contents[register.index()];
            quad.iter().zip(contents).all(|(wanted, held)| wanted.is_none() || wanted == held)
        };
        self.held(element).iter().filter(|(_, at)| *at == lane).map(|(register, _)| *register).find(fits)
    }

    /// One element in all lanes.
    fn everywhere(&mut self, code: &mut Code, element: Element) -> Register {
        let register = match (self.held(element).first(), &self.homes[element.value.index()]) {
            (_, Home::Constant(bits)) => code.splat(*bits),
            (_, &(Home::Memory(place, _) | Home::Kept(place, _))) => code.load_splat(place.plus(element.index)),
            (_, Home::Scattered(places)) => code.load_splat(places[element.index]),
            (Some(&(register, lane)), _) => code.shuffle(register, register, [lane as u8; LANES]),
            (None, _) => code.splat(0),
        };
        self.hold(register, [Some(element); LANES]);
        register
    }

    /// Lanes of several registers brought together.
    fn shuffled(&mut self, code: &mut Code, wanted: &[(usize, Element)], quad: Quad) -> Register {
        let mut sources: Vec<Register> = Vec::new();
        let mut picks: Vec<(usize, Register, usize)> = Vec::new();
        for &(lane, element) in wanted {
            let (register, from) = self.source(code, element, &sources);
            if !sources.contains(&register) {
                sources.push(register);
            }
            picks.push((lane, register, from));
        }
        let mut result = sources[0];
        let mut lanes = [0_u8; LANES];
        for &(lane, register, from) in &picks {
            if register == result {
                lanes[lane] = from as u8;
            }
        }
        let mut others = sources[1..].iter();
        let mut next = others.next();
        loop {
            let other = next.copied().unwrap_or(result);
            for &(lane, register, from) in &picks {
                if Some(&register) == next {
                    lanes[lane] = (from + LANES) as u8;
                }
            }
            result = code.shuffle(result, other, lanes);
            next = others.next();
            if next.is_none() {
                break;
            }
            lanes = [0, 1, 2, 3];
        }
        self.hold(result, quad);
        result
    }

    /// A register that holds the element, if possible one of `sources`, and the lane.
    fn source(&mut self, code: &mut Code, element: Element, sources: &[Register]) -> (Register, usize) {
        let known = self.held(element);
        if let Some(&found) = known.iter().find(|(register, _)| sources.contains(register)).or(known.first()) {
            return found;
        }
        let len = match &self.homes[element.value.index()] {
            Home::Memory(_, len) | Home::Kept(_, len) => *len,
            Home::Scattered(places) => places.len(),
            _ => return (self.everywhere(code, element), 0),
        };
        let block = element.index / LANES * LANES;
        (self.gather(code, consecutive(element.value, block, len)), element.index - block)
    }
}

/// An entry of a list, which grows as far as needed.
fn entry<T: Clone + Default>(list: &mut Vec<T>, at: usize) -> &mut T {
    list.resize(list.len().max(at + 1), T::default());
    &mut list[at]
}

/// Elements `index` … `index + 3` of a value of `len` elements, as far as there are any.
pub fn consecutive(value: Value, index: usize, len: usize) -> Quad {
    std::array::from_fn(|lane| (index + lane < len).then_some(Element { value, index: index + lane }))
}

/// A register with up to four words, as few loads as their places allow.
fn block(code: &mut Code, words: &[Address]) -> Register {
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
