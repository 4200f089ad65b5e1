//! [`Rule`]: a rewrite with a name; and [`Log`], which tells, if somebody asks, which rules did something where.
//!
//! A rule sees one equation and the program as far as it is written, and says what the equation becomes. Every pass of the compiler but one applies a list
//! of rules to each equation in turn, the first that fits; [`super::lower::contract`](super::lower) looks at whole loops instead.

use crate::base::error::Result;

use super::super::core::{Atom, Jaxpr, Primitive, Var};
use super::rewrite::{Names, Rewriter, Rewritten, rewrite};

/// A rewrite of one equation, given by its primitive and operands, into an atom of the same type; `None` where it does not fit.
pub type Apply = fn(&mut Rewriter, &Primitive, &[Atom]) -> Result<Option<Atom>>;

/// A rewrite with a name.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name: that of its function, whose documentation says what it does and whose rule it is.
    pub name: &'static str,
    /// What it does.
    pub(super) apply: Apply,
}

impl Rule {
    /// The program after this rule alone has seen each of its equations once.
    ///
    /// # Errors
    /// The program is ill-formed.
    pub fn applied_to(&self, jaxpr: &Jaxpr) -> Result<Jaxpr> {
        jaxpr.typecheck()?;
        apply(self.name, jaxpr, &[&[*self]], &mut Log::off())
    }
}

/// A list of rules, each named as its function: `rules![division_by_a_constant, power]`.
macro_rules! rules {
    ($($(#[$meta:meta])* $rule:ident),* $(,)?) => {
        &[$($crate::jax::compile::rule::Rule { name: stringify!($rule), apply: $rule }),*]
    };
}
pub(super) use rules;

/// What one pass did to a program.
#[derive(Clone, Debug)]
pub struct Pass {
    /// The name of the pass.
    pub name: &'static str,
    /// The program that it was given.
    pub before: Jaxpr,
    /// The rules that did something, in the order of the equations.
    pub fired: Vec<Fired>,
    /// The program that it made.
    pub after: Jaxpr,
}

/// A rule that did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// Its name.
    pub rule: &'static str,
    /// The equation that it rewrote, by its number in the program before the pass.
    pub equation: usize,
}

/// Notes what passes do, if it is on.
pub struct Log {
    passes: Option<Vec<Pass>>,
    fired: Vec<Fired>,
    /// For each variable of the program that came in first, what stands for it now.
    places: Names,
}

impl Log {
    /// One that notes nothing.
    pub fn off() -> Self {
        Self { passes: None, fired: Vec::new(), places: Vec::new() }
    }

    /// One that notes everything.
    pub fn on() -> Self {
        Self { passes: Some(Vec::new()), ..Self::off() }
    }

    /// One that notes where the variables of a program go.
    pub fn of_places(jaxpr: &Jaxpr) -> Self {
        let all = (0..u32::try_from(jaxpr.avals.len()).unwrap_or(u32::MAX)).map(|var| Some(Atom::Var(Var(var))));
        Self { places: all.collect(), ..Self::off() }
    }

    /// For each variable of the program that came in first, what stands for it in the one that came out last; `None` if nothing does.
    pub fn places(self) -> Names {
        self.places
    }

    /// Notes that a rule rewrote an equation.
    pub fn fire(&mut self, rule: &'static str, equation: usize) {
        if self.passes.is_some() {
            self.fired.push(Fired { rule, equation });
        }
    }

    /// Notes that a pass has ended, and what it did, if a rule did anything.
    pub fn end(&mut self, name: &'static str, before: &Jaxpr, Rewritten { jaxpr: after, names }: &Rewritten) {
        for place in &mut self.places {
            *place = match *place {
                Some(Atom::Var(var)) => names[var.index()],
                literal => literal,
            };
        }
        let fired = std::mem::take(&mut self.fired);
        if let Some(passes) = self.passes.as_mut().filter(|_| !fired.is_empty()) {
            passes.push(Pass { name, before: before.clone(), fired, after: after.clone() });
        }
    }

    /// What was noted.
    pub fn passes(self) -> Vec<Pass> {
        self.passes.unwrap_or_default()
    }
}

/// The program that a pass makes of `jaxpr`: to each equation it applies the first of the rules that fits.
///
/// # Errors
/// A rule emits an equation whose operands do not fit.
pub fn apply(name: &'static str, jaxpr: &Jaxpr, rules: &[&[Rule]], log: &mut Log) -> Result<Jaxpr> {
    let mut at = 0;
    let after = rewrite(jaxpr, &mut |r, primitive, inputs| {
        at += 1;
        for rule in rules.iter().copied().flatten() {
            if let Some(atom) = (rule.apply)(r, primitive, inputs)? {
                // what is written as it was is no news
                if r.operands_of(atom, primitive) != Some(inputs) {
                    log.fire(rule.name, at - 1);
                }
                return Ok(Some(atom));
            }
        }
        Ok(None)
    })?;
    log.end(name, jaxpr, &after);
    Ok(after.jaxpr)
}
