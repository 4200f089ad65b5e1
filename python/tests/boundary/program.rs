//! Programs of calls that nobody would write: every public function of the library, with arguments that fit now and then, drawn from bytes.
//!
//! A program prints each call before it makes it, so that the last line tells which call it was that did not come back. What a call raises must be an
//! exception of Python's with a sentence; a sentence that speaks of our own machinery is told as a fault.

use std::fmt::Write;

/// Prints every public function with the names of its parameters.
pub const LISTING: &str = include_str!("listing.py");

/// What a program begins with.
const PROLOGUE: &str = include_str!("prologue.py");

/// A call's length at most, in characters: calls are nested in each other.
const LONGEST: usize = 400;

/// Arrays and what stands for them.
const ARRAYS: &[&str] = &[
    "jnp.arange(3.0)",
    "jnp.ones((2, 3))",
    "jnp.ones((2, 2))",
    "jnp.arange(6).reshape(2, 3)",
    "jnp.zeros((0,))",
    "jnp.zeros((3, 0))",
    "jnp.zeros((0, 3), int)",
    "jnp.float32(2)",
    "jnp.array(7)",
    "jnp.array(True)",
    "jnp.array([True, False, True])",
    "jnp.array([jnp.nan, jnp.inf, -jnp.inf])",
    "jnp.array([3, -1, 2147483647])",
    "jnp.array([1, 2], dtype=jnp.uint32)",
    "jnp.ones((1, 2, 1, 2))",
    "jnp.ones((2, 2, 2))",
    "jnp.eye(3)",
    "np.arange(4.0)",
    "np.ones((2, 2))",
    "[1.0, 2.0, 3.0]",
    "[[1, 2], [3, 4]]",
    "[[1, 2], [3]]",
    "(1, 2.5)",
    "2.0",
    "-1",
    "0",
    "True",
];

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "-1",
    "-2",
    "-7",
    "5",
    "100",
    "0.5",
    "-0.0",
    "1e30",
    "1e-45",
    "float('nan')",
    "float('inf')",
    "2**31",
    "-2**31",
    "2**32",
    "2**63",
    "10**40",
    "-10**40",
    "True",
    "2147483647",
    "jnp.array(2)",
    "np.float32(1)",
];

const AXES: &[&str] = &[
    "0",
    "1",
    "-1",
    "-2",
    "None",
    "2",
    "7",
    "-9",
    "(0, 1)",
    "(0, 0)",
    "()",
    "[0]",
    "(0, -1)",
    "1.0",
    "'x'",
    "jnp.array(0)",
    "10**20",
    "True",
    "(None, 0)",
    "-2**63",
];

const SHAPES: &[&str] = &[
    "(2, 3)",
    "3",
    "()",
    "(0,)",
    "(2, 0)",
    "(-1,)",
    "(3, -1)",
    "(1, 1, 1)",
    "[2, 2]",
    "(100000, 100000)",
    "(2**31, 2**31)",
    "(2**62, 4)",
    "10**30",
    "(2.0,)",
    "None",
    "'ab'",
    "jnp.array([2, 2])",
    "(True, 2)",
    "-3",
    "(1,) * 40",
];

const TYPES: &[&str] = &[
    "jnp.float32",
    "jnp.int32",
    "jnp.uint32",
    "bool",
    "int",
    "float",
    "'float32'",
    "'int32'",
    "jnp.float64",
    "jnp.int8",
    "jnp.bfloat16",
    "complex",
    "'nothing'",
    "None",
    "str",
    "3",
    "object",
    "np.float64",
    "jnp.bool_",
];

const KEYS: &[&str] = &[
    "jax.random.key(0)",
    "jax.random.PRNGKey(1)",
    "jax.random.split(jax.random.key(2))",
    "jax.random.key(3)",
    "None",
    "0",
    "jnp.zeros(2, dtype=jnp.uint32)",
    "jnp.zeros(3)",
    "jax.random.split(jax.random.PRNGKey(2), 3)",
];

const FUNCTIONS: &[&str] = &[
    "(lambda x: x)",
    "(lambda x: x * x)",
    "(lambda x: jnp.sum(x ** 2))",
    "(lambda *a: a[0])",
    "(lambda x, y: x + y)",
    "(lambda x, y: (x, y))",
    "(lambda x, y: (x, x))",
    "(lambda: 0)",
    "(lambda x: 1 / 0)",
    "(lambda x: None)",
    "(lambda x: 'text')",
    "jnp.sum",
    "jnp.sin",
    "(lambda x: x[0])",
    "(lambda x: float(x))",
    "(lambda x: [x, {'a': x}])",
    "(lambda x: 3.0)",
    "(lambda *a: jnp.ones(3))",
    "(lambda x: x if x > 0 else -x)",
    "(lambda x: jnp.zeros((0,)))",
    "(lambda x: x @ x)",
    "jax.jit(lambda x: x + 1)",
    "jax.grad(jnp.sum)",
    "(lambda x: x < 3)",
    "(lambda i, x: x + i)",
    "(lambda i, x: (x, i))",
    "(lambda c, x: (c + 1, x))",
    "(lambda x: x.at[5].set(1))",
    "None",
    "3",
];

const OTHERS: &[&str] = &[
    "None",
    "'text'",
    "''",
    "b'bytes'",
    "slice(None)",
    "slice(3, 0, -1)",
    "...",
    "{}",
    "{'a': 1.0}",
    "{'a': jnp.ones(2), 'b': [None]}",
    "[]",
    "()",
    "[None]",
    "[[]]",
    "[[[[1.0]]]]",
    "1j",
    "object()",
    "int",
    "jnp",
    "range(4)",
    "iter([1])",
    "{1, 2}",
    "NotImplemented",
    "'ij,jk->ik'",
    "'ii'",
    "'i,i'",
    "optax.sgd(0.1)",
    "optax.adam(1e-3)",
    "nnx.Rngs(0)",
    "nnx.Linear(2, 3, rngs=nnx.Rngs(0))",
    "nnx.Param(jnp.ones(2))",
    "nnx.state(nnx.Linear(2, 3, rngs=nnx.Rngs(0)))",
    "jax.tree.structure([1, 2])",
    "[jnp.ones(2), jnp.ones(3)]",
    "[jnp.ones(2), jnp.ones(2)]",
    "nnx.Param",
    "(lambda count: 0.1)",
    "'rng'",
    "[(1, 2), (0, 0)]",
    "((1,), (0,))",
];

const INDICES: &[&str] = &[
    "0",
    "-1",
    "5",
    "-9",
    "2**40",
    "slice(None)",
    "::2",
    "::-1",
    "1:0",
    "-5:99",
    "...",
    "None",
    "None, 0",
    "0, 0",
    "..., 0",
    "0, ...",
    "..., ...",
    "[0, 1]",
    "jnp.array([0, 5, -9])",
    "jnp.array([], int)",
    "jnp.array([True, False])",
    "jnp.array([0.0])",
    "1.0",
    "'a'",
    "()",
    "True",
    "::0",
    "jnp.array([[0, 1], [1, 0]])",
    "jnp.array([0]), None, jnp.array([1])",
    "0, 0, 0, 0, 0",
    "jnp.array(1)",
    "2**70",
    "-2**63:2**63",
    "np.array([0])",
];

const OPERATORS: &[&str] =
    &["+", "-", "*", "/", "//", "%", "**", "@", "==", "!=", "<", ">=", "&", "|", "^", "<<", ">>", "and", "is", "in"];

const METHODS: &[&str] = &[
    "sum",
    "mean",
    "max",
    "min",
    "prod",
    "std",
    "var",
    "all",
    "any",
    "argmax",
    "argmin",
    "argsort",
    "sort",
    "cumsum",
    "cumprod",
    "clip",
    "dot",
    "take",
    "trace",
    "ravel",
    "flatten",
    "squeeze",
    "swapaxes",
    "repeat",
    "round",
    "reshape",
    "transpose",
    "astype",
    "diagonal",
    "nonzero",
    "copy",
    "item",
    "tolist",
    "searchsorted",
    "view",
    "__format__",
    "__getitem__",
    "__round__",
    "__pow__",
    "__rmatmul__",
    "__iter__",
    "__len__",
    "__bool__",
    "__index__",
];

const UPDATES: &[&str] = &["set", "add", "multiply", "divide", "min", "max", "power", "get", "apply", "subtract"];

/// What decides: bytes, then zeros.
struct Source<'a>(&'a [u8]);

impl Source<'_> {
    fn next(&mut self) -> usize {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(first)
    }

    fn below(&mut self, n: usize) -> usize {
        let number = if n > 256 { self.next() << 8 | self.next() } else { self.next() };
        number % n
    }

    fn one<'b>(&mut self, of: &[&'b str]) -> &'b str {
        of[self.below(of.len())]
    }
}

/// A program of the calls that `bytes` choose, given the lines that [`LISTING`] prints.
pub fn program(bytes: &[u8], functions: &[&str]) -> String {
    let mut source = Source(bytes);
    let mut text = PROLOGUE.to_owned();
    while !source.0.is_empty() {
        let call = expression(&mut source, functions, 2);
        if call.len() <= LONGEST {
            let _ = writeln!(text, "attempt({call:?}, lambda: {call})");
        }
    }
    text
}

/// A call of a function, method or operator.
fn expression(source: &mut Source<'_>, functions: &[&str], depth: usize) -> String {
    match source.below(16) {
        0 => format!(
            "({} {} {})",
            value(source, functions, depth),
            source.one(OPERATORS),
            value(source, functions, depth)
        ),
        1 => format!("({})[{}]", source.one(ARRAYS), source.one(INDICES)),
        2 => {
            let (array, index, name) = (source.one(ARRAYS), source.one(INDICES), source.one(UPDATES));
            format!("({array}).at[{index}].{name}({})", value(source, functions, depth))
        }
        3 => format!(
            "({}).{}({})",
            source.one(ARRAYS),
            source.one(METHODS),
            arguments(source, functions, depth, &["", "axis"])
        ),
        4 => {
            // a function under a transformation
            let transformation = source.one(&[
                "jax.jit",
                "jax.grad",
                "jax.vmap",
                "jax.value_and_grad",
                "jax.make_jaxpr",
                "jax.jacrev",
                "jax.hessian",
            ]);
            let inner = called(source, functions, depth, Some("x"));
            format!("{transformation}(lambda x: {inner})({})", source.one(ARRAYS))
        }
        _ => called(source, functions, depth, None),
    }
}

fn called(source: &mut Source<'_>, functions: &[&str], depth: usize, first: Option<&str>) -> String {
    let line = functions[source.below(functions.len())];
    let mut words = line.split(' ');
    let name = words.next().unwrap_or_default();
    let names: Vec<&str> = words.collect();
    match first {
        Some(first) if !names.is_empty() => {
            let rest = arguments(source, functions, depth, &names[1..]);
            format!("{name}({first}, {rest})")
        }
        _ => format!("{name}({})", arguments(source, functions, depth, &names)),
    }
}

/// Arguments for parameters of these names; behind a star they are named, and what has a default is left out at times.
fn arguments(source: &mut Source<'_>, functions: &[&str], depth: usize, names: &[&str]) -> String {
    let mut given = Vec::new();
    let mut named = false;
    for name in names {
        let optional = name.ends_with('=');
        let name = name.trim_end_matches('=');
        if name == "*" {
            named = true;
            continue;
        }
        if optional && source.below(4) < 3 {
            // what comes behind it can only be named
            named = true;
            continue;
        }
        let value = argument(source, functions, depth, name);
        given.push(if named && !name.is_empty() { format!("{name}={value}") } else { value });
    }
    if source.below(32) == 31 {
        given.insert(0, value(source, functions, depth));
    }
    given.join(", ")
}

/// An argument that mostly fits what the parameter's name tells.
fn argument(source: &mut Source<'_>, functions: &[&str], depth: usize, name: &str) -> String {
    if source.below(6) == 5 {
        return value(source, functions, depth);
    }
    let list = match name {
        "axis" | "axis1" | "axis2" | "axes" | "in_axes" | "out_axes" | "argnums" | "dimension" | "dimensions"
        | "source" | "destination" => AXES,
        "shape" | "new_sizes" | "reps" | "newshape" | "dims" | "sizes" => SHAPES,
        "dtype" | "param_dtype" | "new_dtype" => TYPES,
        "key" | "rng" | "seed" => KEYS,
        "f" | "fun" | "body_fun" | "cond_fun" | "body" | "func" | "function" | "true_fun" | "false_fun" | "pyfunc"
        | "model" | "wrt" => FUNCTIONS,
        "n" | "num" | "k" | "N" | "M" | "ord" | "deg" | "shift" | "repeats" | "decimals" | "length" | "start"
        | "stop" | "step" | "lower" | "upper" | "learning_rate" | "b1" | "b2" | "eps" | "minval" | "maxval" | "p"
        | "q" | "num_classes" | "lower_bound" | "upper_bound" => NUMBERS,
        _ => ARRAYS,
    };
    source.one(list).to_owned()
}

fn value(source: &mut Source<'_>, functions: &[&str], depth: usize) -> String {
    match source.below(if depth == 0 { 8 } else { 10 }) {
        0 => source.one(NUMBERS).to_owned(),
        1 => source.one(OTHERS).to_owned(),
        2 => source.one(FUNCTIONS).to_owned(),
        3 => source.one(TYPES).to_owned(),
        4 => source.one(SHAPES).to_owned(),
        5 => source.one(KEYS).to_owned(),
        6 | 7 => source.one(ARRAYS).to_owned(),
        _ => expression(source, functions, depth - 1),
    }
}
