//! [`Program`]: a program inside an equation.

use std::cell::{OnceCell, RefCell, RefMut};
use std::rc::Rc;

use crate::base::error::Result;

use super::super::compile::{Executable, Rounding, compile};
use super::super::core::Jaxpr;
use super::super::trace::ClosedJaxpr;

/// A program without constants. It is compiled when an equation that holds it is; clones share what was compiled.
#[derive(Clone, Debug)]
pub struct Program(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    jaxpr: Jaxpr,
    /// What it is told apart by.
    text: OnceCell<String>,
    executable: RefCell<Option<Executable>>,
    /// What was made of it, by what it was made for.
    #[cfg(feature = "full")]
    made: RefCell<Vec<(&'static str, Vec<bool>, Made)>>,
}

/// Programs that a transformation made of one, and what it found out about results.
#[cfg(feature = "full")]
#[derive(Clone, Debug)]
pub struct Made {
    /// The programs.
    pub programs: Vec<Program>,
    /// A flag for each result.
    pub flags: Vec<bool>,
}

impl Program {
    /// From a program whose constants are arguments.
    #[must_use]
    pub fn new(jaxpr: Jaxpr) -> Self {
        Self(Rc::new(Inner {
            jaxpr,
            text: OnceCell::new(),
            executable: RefCell::default(),
            #[cfg(feature = "full")]
            made: RefCell::default(),
        }))
    }

    /// The program.
    #[must_use]
    pub fn jaxpr(&self) -> &Jaxpr {
        &self.0.jaxpr
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        let print = || ClosedJaxpr { jaxpr: self.0.jaxpr.clone(), consts: Vec::new() }.to_string();
        self.0.text.get_or_init(print)
    }

    /// Compiles it, rounded as a program of its own, if it was not yet.
    ///
    /// # Errors
    /// It holds what cannot be computed.
    pub fn prepare(&self) -> Result<()> {
        if self.0.executable.borrow().is_none() {
            let executable = compile(&self.0.jaxpr, &[], Rounding::Fused)?;
            self.0.executable.replace(Some(executable));
        }
        Ok(())
    }

    /// What a transformation makes of it for these arguments; made once.
    ///
    /// # Errors
    /// It cannot be made.
    #[cfg(feature = "full")]
    pub fn made(&self, way: &'static str, arguments: &[bool], make: impl FnOnce() -> Result<Made>) -> Result<Made> {
        let find = |(known, flags, _): &&(&str, Vec<bool>, Made)| *known == way && flags == arguments;
        if let Some((.., made)) = self.0.made.borrow().iter().find(find) {
            return Ok(made.clone());
        }
        let made = make()?;
        self.0.made.borrow_mut().push((way, arguments.to_vec(), made.clone()));
        Ok(made)
    }

    /// What runs it; `None` if it was not prepared.
    pub fn executable(&self) -> Option<RefMut<'_, Executable>> {
        RefMut::filter_map(self.0.executable.try_borrow_mut().ok()?, Option::as_mut).ok()
    }
}
