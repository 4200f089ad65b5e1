//! Prints a [`Jaxpr`] with the text that JAX prints for it, byte for byte.
//!
//! Variables are named a, b, …, z, ba, bb, … in the order in which they stand in the text; a result of the outermost program that nothing reads is `_`. Parameters stand
//! in alphabetical order, without those that JAX leaves out because the result's type tells them. Lines are broken as JAX breaks them,
//! at 80 columns. Follows `jax._src.core.pp_jaxpr`, `jax._src.pretty_printer` and the printing rules of `jax._src.lax`.
//!
//! A few primitives are not JAX's, or simpler than JAX's, and print in a form of their own:
//!
//! - `gather[batch_dims=0]` and `scatter-add[batch_dims=0 rows=5]` take whole rows by row number. JAX's gather and scatter take a
//!   window of any shape from any place, and its text lists how; JAX also writes equations that make negative row numbers positive.
//! - `fma`, `sum_of_products[axes=(0,)]`, `sum_of_squares[axes=(0,)]` and `dot_of_members` only occur in compiled programs, which JAX prints in another language (HLO).
//!
//! Three more differences come from what programs consist of: a jitted function inside another is written into it, where JAX has one
//! equation `jit[…]` with a program of its own; the transpose of `concatenate` is one `slice` for each part, where JAX has one `split` with several
//! results; and a concrete scalar array is a literal like a number, where JAX makes it a constant.
//!
//! Parameters that JAX has and this crate does not print with the value they have in programs written with `jax.numpy`:
//! `preferred_element_type=float32`, `out_sharding=None`, `sharding=None`, `dimensions=None`, `weak_type=False`. Numbers in tuples are plain,
//! where JAX shows some, which its rules compute with NumPy 2, as `np.int64(1)`.

mod doc;
mod shared;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::rc::Rc;

use super::control::Control;
use super::core::{Atom, DotDims, Eqn, Jaxpr, Literal, Lowered, Primitive, ShapedArray, Var};
use super::extension::Printed;
use super::repr::python_float;
use super::trace::ClosedJaxpr;

use doc::Doc;

/// Columns of a line, as in JAX.
const WIDTH: usize = 80;

impl fmt::Display for Jaxpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&program(self).format(WIDTH))
    }
}

impl fmt::Display for ClosedJaxpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.jaxpr.fmt(f)
    }
}

impl fmt::Display for Literal {
    /// As in a program: `2.0`, `-3`, `True`; floats with all digits of their exact value that Python shows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(x) => f.write_str(if *x { "True" } else { "False" }),
            Self::I32(x) => write!(f, "{x}"),
            Self::U32(x) => write!(f, "{x}"),
            Self::F32(x) => f.write_str(&python_float(f64::from(*x))),
            #[cfg(feature = "full")]
            Self::Python(x) => f.write_str(&python_float(*x)),
        }
    }
}

/// The text of a program in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// The name of each variable, by number; empty for one that the text does not have.
    pub names: Vec<String>,
    /// Each equation on one line; empty for one that takes a result out of the equation before it, which shows all of them.
    pub equations: Vec<String>,
}

/// The names of a program's variables and its equations, as they stand in its text.
#[must_use]
pub fn texts(jaxpr: &Jaxpr) -> Texts {
    let mut names = Names::new(jaxpr);
    let _ = (names.binders(jaxpr, &jaxpr.constvars), names.binders(jaxpr, &jaxpr.invars));
    let equations = jaxpr.eqns.iter().map(|eqn| match equation(&mut names, jaxpr, eqn) {
        Some(equation) => equation.format(usize::MAX),
        None => String::new(),
    });
    let equations = equations.collect();
    let vars = 0..u32::try_from(jaxpr.avals.len()).unwrap_or(u32::MAX);
    Texts { names: vars.map(|var| names.given.get(&Var(var)).cloned().unwrap_or_default()).collect(), equations }
}

fn program(jaxpr: &Jaxpr) -> Doc {
    let shared = shared::shared(jaxpr);
    let mut names = Names::new(jaxpr);
    names.shared = Rc::new(shared.iter().map(|(program, name)| (std::ptr::from_ref(*program), name.clone())).collect());
    let mut docs = Vec::new();
    for (program, name) in shared {
        let mut inner = names.within();
        let text = named(&mut inner, program);
        names.next = inner.next;
        docs.extend([Doc::text(format!("let {name} = ")), text, Doc::text(" in"), Doc::Break(" ")]);
    }
    docs.push(named(&mut names, jaxpr));
    Doc::Concat(docs)
}

fn named(names: &mut Names, jaxpr: &Jaxpr) -> Doc {
    let constvars = names.binders(jaxpr, &jaxpr.constvars);
    let invars = names.binders(jaxpr, &jaxpr.invars);
    let equations: Vec<Doc> = jaxpr.eqns.iter().filter_map(|eqn| equation(names, jaxpr, eqn)).collect();
    let equations = Doc::join(&Doc::Break("; "), equations);
    let outs = names.reads(",", jaxpr, &jaxpr.outs);
    let body = Doc::Concat(vec![
        Doc::text("{ lambda "),
        constvars,
        Doc::text("; "),
        invars,
        Doc::text(". let"),
        Doc::Concat(vec![Doc::Break(" "), equations]).nest(2),
        Doc::Break(" "),
        Doc::text("in ("),
        outs,
        Doc::text(if jaxpr.outs.len() == 1 { ",)" } else { ")" }),
    ]);
    Doc::Concat(vec![body.nest(2), Doc::text(" }")]).group()
}

/// An equation; `None` for one that takes a result out of another one, which shows it itself.
fn equation(names: &mut Names, jaxpr: &Jaxpr, eqn: &Eqn) -> Option<Doc> {
    let control = match &eqn.primitive {
        Primitive::Extension(extension) => extension.operation.control(),
        _ => None,
    };
    let results = control.map(Control::results);
    let binder = match results {
        None => names.binders(jaxpr, &[eqn.output]),
        Some(None) => return None,
        Some(Some(results)) => names.results(jaxpr, eqn.output, &results),
    };
    #[cfg(feature = "full")]
    if let Some(Control::Call(call)) = control.filter(|_| eqn.primitive.name() == "jit") {
        let inner = names.called(jaxpr, eqn, call.program.jaxpr());
        let parameters = vec![("name", Doc::Text(call.name.to_string())), ("jaxpr", inner)];
        let inputs = names.reads("", jaxpr, &eqn.inputs);
        return Some(Doc::Concat(vec![binder, Doc::text(" = jit"), bracketed(parameters), Doc::text(" "), inputs]));
    }
    let parameters = parameters(names, &eqn.primitive);
    let name = Doc::text(eqn.primitive.name());
    let inputs = names.reads("", jaxpr, &eqn.inputs);
    Some(Doc::Concat(vec![binder, Doc::text(" = "), name, bracketed(parameters), Doc::text(" "), inputs]))
}

fn bracketed(parameters: Vec<(&'static str, Doc)>) -> Doc {
    if parameters.is_empty() {
        return Doc::Concat(Vec::new());
    }
    let pairs = parameters.into_iter().map(|(key, value)| Doc::Concat(vec![Doc::text(format!("{key}=")), value]));
    let inner = vec![Doc::text("["), Doc::Break(""), Doc::join(&Doc::Break(" "), pairs)];
    Doc::Concat(vec![Doc::Concat(inner).nest(2), Doc::Break(""), Doc::text("]")]).group()
}

/// A primitive's parameters in alphabetical order, programs among them laid out as such.
fn parameters(names: &mut Names, primitive: &Primitive) -> Vec<(&'static str, Doc)> {
    let Primitive::Extension(extension) = primitive else {
        return plain(primitive).into_iter().map(|(key, value)| (key, Doc::Text(value))).collect();
    };
    let doc = |(key, value)| {
        let doc = match value {
            Printed::Text(text) => Doc::Text(text),
            Printed::Program(jaxpr) => names.inner(jaxpr),
            Printed::Programs(programs) => {
                let programs = programs.into_iter().map(|jaxpr| Doc::Concat(vec![Doc::Break(" "), names.inner(jaxpr)]));
                let inner: Vec<Doc> = std::iter::once(Doc::text("(")).chain(programs).collect();
                Doc::Concat(vec![Doc::Concat(inner).nest(2), Doc::Break(" "), Doc::text(")")])
            }
        };
        (key, doc)
    };
    extension.operation.printed().into_iter().map(doc).collect()
}

/// The names of a program's variables, given out in the order in which they are asked for.
struct Names {
    dead: HashSet<Var>,
    given: HashMap<Var, String>,
    /// How many names were given out, those of programs around this one counted.
    next: usize,
    /// The programs that stand before the text, by address, and their names, which no variable has.
    shared: Rc<HashMap<*const Jaxpr, String>>,
    /// Whether the program stands inside another one, where what nothing reads has a name, too.
    is_inside: bool,
}

impl Names {
    fn new(jaxpr: &Jaxpr) -> Self {
        let read: HashSet<Var> = jaxpr
            .eqns
            .iter()
            .flat_map(|eqn| &eqn.inputs)
            .chain(&jaxpr.outs)
            .filter_map(|atom| if let Atom::Var(var) = atom { Some(*var) } else { None })
            .collect();
        let dead = jaxpr.eqns.iter().map(|eqn| eqn.output).filter(|var| !read.contains(var)).collect();
        Self { dead, given: HashMap::new(), next: 0, shared: Rc::default(), is_inside: false }
    }

    /// For a program inside: its names go on from those around it, and what nothing reads has one, too.
    fn within(&self) -> Self {
        Self {
            dead: HashSet::new(),
            given: HashMap::new(),
            next: self.next,
            shared: self.shared.clone(),
            is_inside: true,
        }
    }

    /// What stands for a program that stands before the text.
    fn before(&self, jaxpr: &Jaxpr) -> Option<Doc> {
        self.shared.get(&std::ptr::from_ref(jaxpr)).map(Doc::text)
    }

    fn name(&mut self, var: Var) -> String {
        if self.dead.contains(&var) {
            return "_".to_owned();
        }
        if let Some(name) = self.given.get(&var) {
            return name.clone();
        }
        let name = self.fresh();
        self.given.insert(var, name.clone());
        name
    }

    fn fresh(&mut self) -> String {
        loop {
            self.next += 1;
            let name = letters(self.next - 1);
            if !self.shared.values().any(|taken| *taken == name) {
                return name;
            }
        }
    }

    /// A program inside an equation; its names go on from those around it.
    fn inner(&mut self, jaxpr: &Jaxpr) -> Doc {
        if let Some(name) = self.before(jaxpr) {
            return name;
        }
        let mut names = self.within();
        let doc = named(&mut names, jaxpr);
        self.next = names.next;
        doc
    }

    /// The program of a call; what it takes and returns has the names that it has outside.
    #[cfg(feature = "full")]
    fn called(&mut self, jaxpr: &Jaxpr, eqn: &Eqn, program: &Jaxpr) -> Doc {
        if let Some(name) = self.before(program) {
            return name;
        }
        let mut names = self.within();
        let mut used = HashSet::new();
        for (&var, input) in program.invars.iter().zip(&eqn.inputs) {
            if let Atom::Var(outside) = input
                && used.insert(*outside)
            {
                names.given.insert(var, self.name(*outside));
            }
        }
        let taken = Self::taken(jaxpr, eqn.output, program.outs.len());
        for (out, outside) in program.outs.iter().zip(taken) {
            if let (Atom::Var(var), Some(outside)) = (out, outside)
                && !names.given.contains_key(var)
            {
                names.given.insert(*var, self.name(outside));
            }
        }
        let doc = named(&mut names, program);
        self.next = names.next;
        doc
    }

    /// The variables of the results in a bundle, by the equations that take them out.
    fn taken(jaxpr: &Jaxpr, bundle: Var, results: usize) -> Vec<Option<Var>> {
        let mut taken = vec![None; results];
        for eqn in jaxpr.eqns.iter().filter(|eqn| eqn.inputs.first() == Some(&Atom::Var(bundle))) {
            if let Primitive::Extension(extension) = &eqn.primitive
                && let Some(Control::Part(part)) = extension.operation.control()
            {
                taken[part.index] = Some(eqn.output);
            }
        }
        taken
    }

    /// The results in a bundle.
    fn results(&mut self, jaxpr: &Jaxpr, bundle: Var, results: &[ShapedArray]) -> Doc {
        let named: Vec<String> = Self::taken(jaxpr, bundle, results.len())
            .into_iter()
            .zip(results)
            .map(|(var, aval)| {
                let name = match var {
                    Some(var) => self.name(var),
                    None if self.is_inside => self.fresh(),
                    None => "_".to_owned(),
                };
                format!("{name}:{aval}")
            })
            .collect();
        filled("", named.into_iter())
    }

    fn binders(&mut self, jaxpr: &Jaxpr, vars: &[Var]) -> Doc {
        let named = vars.iter().map(|&var| format!("{}:{}", self.name(var), jaxpr.aval(Atom::Var(var))));
        filled("", named)
    }

    fn reads(&mut self, separator: &str, jaxpr: &Jaxpr, atoms: &[Atom]) -> Doc {
        let named = atoms.iter().map(|&atom| match atom {
            Atom::Var(var) => self.name(var),
            Atom::Lit(literal) => format!("{literal}:{}", jaxpr.aval(atom)),
        });
        filled(separator, named)
    }
}

/// Texts that go on in a new line where the line is full.
fn filled(separator: &str, texts: impl Iterator<Item = String>) -> Doc {
    let between = Doc::Concat(vec![Doc::text(separator), Doc::Break(" ").group()]);
    Doc::join(&between, texts.map(Doc::Text)).group().nest(2)
}

/// Number n in base 26 with the digits a to z.
fn letters(mut n: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(b'a' + u8::try_from(n % 26).unwrap_or(0));
        n /= 26;
        if n == 0 {
            break;
        }
    }
    digits.reverse();
    digits.into_iter().map(char::from).collect()
}

/// The parameters of a primitive of the closed set.
fn plain(primitive: &Primitive) -> Vec<(&'static str, String)> {
    use Primitive as P;
    let none = || "None".to_owned();
    match primitive {
        P::IntegerPow { y } => vec![("y", y.to_string())],
        P::DotGeneral(dims) => {
            vec![("dimension_numbers", dimension_numbers(dims)), ("preferred_element_type", "float32".to_owned())]
        }
        P::Lowered(Lowered::DotOfMembers { dims, mapped }) => {
            let python = |yes: bool| if yes { "True" } else { "False" }.to_owned();
            vec![("dimension_numbers", dimension_numbers(dims)), ("mapped", python_tuple(mapped.map(python).into()))]
        }
        P::ReduceSum { axes } => vec![("axes", tuple(axes)), ("out_sharding", none())],
        P::ReduceMax { axes } | P::Lowered(Lowered::SumOfProducts { axes } | Lowered::SumOfSquares { axes }) => {
            vec![("axes", tuple(axes))]
        }
        P::BroadcastInDim { broadcast_dimensions, .. } if broadcast_dimensions.is_empty() => vec![],
        P::BroadcastInDim { broadcast_dimensions, .. } => vec![("broadcast_dimensions", tuple(broadcast_dimensions))],
        P::Reshape { new_sizes } => vec![("dimensions", none()), ("new_sizes", tuple(new_sizes)), ("sharding", none())],
        P::Transpose { permutation } => vec![("permutation", tuple(permutation))],
        P::Squeeze { dimensions } => vec![("dimensions", tuple(dimensions))],
        P::Slice { start_indices, limit_indices, strides } => vec![
            ("limit_indices", tuple(limit_indices)),
            ("start_indices", tuple(start_indices)),
            ("strides", strides.as_deref().map_or_else(none, tuple)),
        ],
        P::Pad { padding } => {
            let axes = padding.iter().map(|(low, high, interior)| format!("({low}, {high}, {interior})"));
            vec![("padding_config", python_tuple(axes.collect()))]
        }
        P::Concatenate { dimension } => vec![("dimension", dimension.to_string())],
        P::Gather { batch_dims } => vec![("batch_dims", batch_dims.to_string())],
        P::ScatterAdd { rows, batch_dims } => vec![("batch_dims", batch_dims.to_string()), ("rows", rows.to_string())],
        P::Iota { dtype, shape, dimension } => vec![
            ("dimension", dimension.to_string()),
            ("dtype", dtype.name().to_owned()),
            ("shape", tuple(shape)),
            ("sharding", none()),
        ],
        P::ConvertElementType { new_dtype } => {
            vec![("new_dtype", new_dtype.name().to_owned()), ("weak_type", "False".to_owned())]
        }
        _ => {
            debug_assert!(!format!("{primitive:?}").contains('{'), "the parameters of {primitive:?} are not printed");
            vec![]
        }
    }
}

fn dimension_numbers(dims: &DotDims) -> String {
    let list = |axes: &[usize]| format!("[{}]", strings(axes).join(", "));
    let [lhs, rhs] = [list(&dims.lhs_contract), list(&dims.rhs_contract)];
    format!("(({lhs}, {rhs}), ({}, {}))", list(&dims.lhs_batch), list(&dims.rhs_batch))
}

fn strings(numbers: &[usize]) -> Vec<String> {
    numbers.iter().map(ToString::to_string).collect()
}

fn tuple(numbers: &[usize]) -> String {
    python_tuple(strings(numbers))
}

fn python_tuple(items: Vec<String>) -> String {
    format!("({}{})", items.join(", "), if items.len() == 1 { "," } else { "" })
}
