//! [`rewrite`]: builds one jaxpr from another, equation by equation, under a rule.
//!
//! Equal equations become one on the way (value numbering), and equations whose result nobody reads are left out at
//! the end, so a rule only ever says what an equation becomes.

use std::collections::HashMap;

use crate::base::error::Result;
use crate::base::order::order_by;

use super::super::core::{Atom, DType, Eqn, Jaxpr, Literal, Primitive, ShapedArray, Var};

/// An atom as a key: literals by type and bits, so that 0.0 and -0.0 stay apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Var(Var),
    Lit(DType, u32),
}

impl From<Atom> for Key {
    fn from(atom: Atom) -> Self {
        match atom {
            Atom::Var(var) => Self::Var(var),
            Atom::Lit(literal) => Self::Lit(literal.dtype(), literal.bits()),
        }
    }
}

/// The program under construction, as a rule sees it.
pub struct Rewriter {
    new: Jaxpr,
    /// For each variable of the new program, the equation that defines it.
    definitions: Vec<Option<usize>>,
    /// For each variable of the new program, how often it is read: known for the results of translated equations.
    reads: Vec<usize>,
    known: HashMap<(Primitive, Vec<Key>), Var>,
}

impl Rewriter {
    /// The type of an atom.
    pub fn aval(&self, atom: Atom) -> ShapedArray {
        self.new.aval(atom)
    }

    /// The shape of an atom.
    pub fn shape(&self, atom: Atom) -> &[usize] {
        match atom {
            Atom::Var(var) => &self.new.avals[var.index()].shape,
            Atom::Lit(_) => &[],
        }
    }

    /// Number of elements of an atom.
    pub fn size(&self, atom: Atom) -> usize {
        self.shape(atom).iter().product()
    }

    /// Whether an atom is one of the program's constants that are arrays.
    pub fn is_constant(&self, atom: Atom) -> bool {
        matches!(atom, Atom::Var(var) if self.new.constvars.contains(&var))
    }

    /// The equation that defines an atom; `None` for literals and arguments.
    pub fn definition(&self, atom: Atom) -> Option<&Eqn> {
        match atom {
            Atom::Var(var) => self.definitions[var.index()].map(|i| &self.new.eqns[i]),
            Atom::Lit(_) => None,
        }
    }

    /// The operands of the equation that defines `atom`, if that applies `primitive`.
    pub fn operands_of(&self, atom: Atom, primitive: &Primitive) -> Option<&[Atom]> {
        self.definition(atom).filter(|eqn| eqn.primitive == *primitive).map(|eqn| &eqn.inputs[..])
    }

    /// How often the original program reads the value of `atom`, outputs included.
    pub fn reads(&self, atom: Atom) -> usize {
        match atom {
            Atom::Var(var) => self.reads[var.index()],
            Atom::Lit(_) => 0,
        }
    }

    /// The number that an atom holds in all of its elements, if the program text says so: a literal, or a broadcast or reshape of one.
    pub fn constant(&self, atom: Atom) -> Option<Literal> {
        match atom {
            Atom::Lit(literal) => Some(literal),
            Atom::Var(_) => self.scalar_behind(atom).and_then(|scalar| match scalar {
                Atom::Lit(literal) => Some(literal),
                Atom::Var(_) => None,
            }),
        }
    }

    /// [`Self::constant`] for floats.
    pub fn constant_f32(&self, atom: Atom) -> Option<f32> {
        match self.constant(atom) {
            Some(Literal::F32(x)) => Some(x),
            _ => None,
        }
    }

    /// The scalar that `atom` repeats in all of its elements, looking through broadcasts and reshapes; a scalar is its own.
    pub fn scalar_behind(&self, atom: Atom) -> Option<Atom> {
        if self.shape(atom).is_empty() {
            return Some(atom);
        }
        let eqn = self.definition(atom)?;
        match eqn.primitive {
            Primitive::BroadcastInDim { .. } | Primitive::Reshape { .. } => self.scalar_behind(eqn.inputs[0]),
            _ => None,
        }
    }

    /// Appends an equation, or finds an equal one, and gives its result.
    ///
    /// # Errors
    /// The primitive's shape rule refuses the inputs.
    pub fn emit(&mut self, primitive: Primitive, inputs: &[Atom]) -> Result<Atom> {
        let mut operands: Vec<Key> = inputs.iter().map(|&atom| Key::from(atom)).collect();
        if matches!(primitive, Primitive::Add | Primitive::Mul) {
            order_by(&mut operands, |a, b| a > b);
        }
        let key = (primitive, operands);
        if let Some(&var) = self.known.get(&key) {
            return Ok(Atom::Var(var));
        }
        let atom = self.new.emit(key.0.clone(), inputs)?;
        if let Atom::Var(var) = atom {
            self.definitions.push(Some(self.new.eqns.len() - 1));
            self.reads.push(0);
            self.known.insert(key, var);
        }
        Ok(atom)
    }

    /// An elementwise result in this shape: repeated along axes that only an operand had which a rule has replaced by a scalar.
    ///
    /// # Errors
    /// The result does not stretch to that shape.
    pub fn stretched(&mut self, x: Atom, shape: &[usize]) -> Result<Atom> {
        let own = self.shape(x).len();
        if self.shape(x) == shape {
            return Ok(x);
        }
        let broadcast_dimensions = (shape.len().saturating_sub(own)..shape.len()).collect();
        self.emit(Primitive::BroadcastInDim { shape: shape.to_vec(), broadcast_dimensions }, &[x])
    }

    fn argument(&mut self, aval: &ShapedArray, reads: usize) -> Var {
        self.definitions.push(None);
        self.reads.push(reads);
        self.new.fresh(aval.clone())
    }
}

/// What an equation, given by its primitive and operands, becomes in the new program; `None` keeps it.
pub type Rewrite<'r> = &'r mut dyn FnMut(&mut Rewriter, &Primitive, &[Atom]) -> Result<Option<Atom>>;

/// What stands for the result of the equation of this number, by the names known so far; it may name what is computed on the way, too.
pub type Step<'s> = &'s mut dyn FnMut(&mut Rewriter, &mut Names, usize) -> Result<Option<Atom>>;

/// For each variable of an original program, what stands for it in the new one, as far as that is known.
pub type Names = Vec<Option<Atom>>;

/// A program that was made of another one.
pub struct Rewritten {
    /// The program.
    pub jaxpr: Jaxpr,
    /// For each variable of the original program, what stands for it; `None` if nothing does.
    pub names: Names,
}

/// What stands for `atom` in the new program.
pub fn renamed(names: &Names, atom: Atom) -> Atom {
    match atom {
        Atom::Var(var) => names[var.index()].unwrap_or(atom),
        Atom::Lit(_) => atom,
    }
}

/// The program that `rule` makes of `jaxpr`. The rule gets the rewriter, and each equation's primitive and operands as they
/// stand in the new program; it gives an atom of the same type as the equation's result, or `None` to keep the equation. A rule that
/// reads a constant or scalar in place of an operand that it is the broadcast of may give less than the shape that this operand had its part in.
///
/// # Errors
/// The rule fails, or emits an equation whose operands do not fit.
pub fn rewrite(jaxpr: &Jaxpr, rule: Rewrite<'_>) -> Result<Rewritten> {
    let reads = count_reads(jaxpr);
    rebuild(jaxpr, &mut |r, names, at| {
        let eqn = &jaxpr.eqns[at];
        let inputs: Vec<Atom> = eqn.inputs.iter().map(|&atom| renamed(names, atom)).collect();
        let result = match rule(r, &eqn.primitive, &inputs)? {
            Some(atom) => r.stretched(atom, &jaxpr.avals[eqn.output.index()].shape)?,
            None => r.emit(eqn.primitive.clone(), &inputs)?,
        };
        if let Atom::Var(var) = result {
            r.reads[var.index()] += reads[eqn.output.index()];
        }
        Ok(Some(result))
    })
}

/// A program of the same arguments and outputs as `jaxpr`. `step` gives what stands for the result of each of its equations, in order, by the
/// names known so far; `None` for one that neither an output nor a later step asks for.
///
/// # Errors
/// A step fails.
pub fn rebuild(jaxpr: &Jaxpr, step: Step<'_>) -> Result<Rewritten> {
    let reads = count_reads(jaxpr);
    let mut r = Rewriter { new: Jaxpr::default(), definitions: Vec::new(), reads: Vec::new(), known: HashMap::new() };
    let mut names: Names = vec![None; jaxpr.avals.len()];
    let mut arguments = |r: &mut Rewriter, vars: &[Var]| -> Vec<Var> {
        let new = vars.iter().map(|var| {
            let new = r.argument(&jaxpr.avals[var.index()], reads[var.index()]);
            names[var.index()] = Some(Atom::Var(new));
            new
        });
        new.collect()
    };
    r.new.constvars = arguments(&mut r, &jaxpr.constvars);
    r.new.invars = arguments(&mut r, &jaxpr.invars);
    for (at, eqn) in jaxpr.eqns.iter().enumerate() {
        let result = step(&mut r, &mut names, at)?;
        debug_assert!(result.is_none_or(|atom| r.aval(atom) == jaxpr.avals[eqn.output.index()]));
        if result.is_some() {
            names[eqn.output.index()] = result;
        }
    }
    r.new.outs = jaxpr.outs.iter().map(|&atom| renamed(&names, atom)).collect();
    let (jaxpr, places) = without_dead_code(&r.new);
    for name in &mut names {
        *name = match *name {
            Some(Atom::Var(var)) => places[var.index()].map(Atom::Var),
            literal => literal,
        };
    }
    Ok(Rewritten { jaxpr, names })
}

/// Applies `pass` until it changes nothing any more.
///
/// # Errors
/// The pass fails.
pub fn fixed_point(jaxpr: &Jaxpr, pass: &mut dyn FnMut(&Jaxpr) -> Result<Jaxpr>) -> Result<Jaxpr> {
    // each rule makes a program smaller or brings it nearer to a normal form; the bound is for two rules that undo each other
    const ROUNDS: usize = 100;
    let mut now = jaxpr.clone();
    for _ in 0..ROUNDS {
        let next = pass(&now)?;
        if same(&next, &now) {
            break;
        }
        now = next;
    }
    Ok(now)
}

/// Whether two programs are equal, their literals bit for bit (so that NaN equals itself).
fn same(x: &Jaxpr, y: &Jaxpr) -> bool {
    let keys = |atoms: &[Atom]| atoms.iter().map(|&atom| Key::from(atom)).collect::<Vec<_>>();
    let equations =
        |x: &Eqn, y: &Eqn| x.primitive == y.primitive && x.output == y.output && keys(&x.inputs) == keys(&y.inputs);
    x.avals == y.avals
        && x.eqns.len() == y.eqns.len()
        && x.eqns.iter().zip(&y.eqns).all(|(x, y)| equations(x, y))
        && keys(&x.outs) == keys(&y.outs)
}

/// For each variable, how often it is read by equations and outputs.
pub fn count_reads(jaxpr: &Jaxpr) -> Vec<usize> {
    let mut reads = vec![0; jaxpr.avals.len()];
    for atom in jaxpr.eqns.iter().flat_map(|eqn| &eqn.inputs).chain(&jaxpr.outs) {
        if let Atom::Var(var) = atom {
            reads[var.index()] += 1;
        }
    }
    reads
}

/// The same program without equations whose results nobody reads, its variables numbered anew in order; and the new number of each that is left.
pub fn without_dead_code(jaxpr: &Jaxpr) -> (Jaxpr, Vec<Option<Var>>) {
    let mut alive = vec![false; jaxpr.avals.len()];
    let mark = |alive: &mut [bool], atoms: &[Atom]| {
        for atom in atoms {
            if let Atom::Var(var) = atom {
                alive[var.index()] = true;
            }
        }
    };
    mark(&mut alive, &jaxpr.outs);
    for eqn in jaxpr.eqns.iter().rev() {
        if alive[eqn.output.index()] {
            mark(&mut alive, &eqn.inputs);
        }
    }
    let mut new = Jaxpr::default();
    let mut names = vec![None; jaxpr.avals.len()];
    let name = |new: &mut Jaxpr, names: &mut [Option<Var>], var: Var| {
        let fresh = new.fresh(jaxpr.avals[var.index()].clone());
        names[var.index()] = Some(fresh);
        fresh
    };
    new.constvars = jaxpr.constvars.iter().map(|&var| name(&mut new, &mut names, var)).collect();
    new.invars = jaxpr.invars.iter().map(|&var| name(&mut new, &mut names, var)).collect();
    let rename = |names: &[Option<Var>], atoms: &[Atom]| -> Vec<Atom> {
        let renamed = atoms.iter().map(|&atom| match atom {
            Atom::Var(var) => names[var.index()].map_or(atom, Atom::Var),
            Atom::Lit(_) => atom,
        });
        renamed.collect()
    };
    for eqn in jaxpr.eqns.iter().filter(|eqn| alive[eqn.output.index()]) {
        let inputs = rename(&names, &eqn.inputs);
        let output = name(&mut new, &mut names, eqn.output);
        new.eqns.push(Eqn { primitive: eqn.primitive.clone(), inputs, output });
    }
    new.outs = rename(&names, &jaxpr.outs);
    (new, names)
}
