//! [`sheets`]: the programs of a step, one or two texts at a time, with a sentence on each.

use std::fmt;
use std::str::FromStr;

use crate::lecture::run::texts::Texts;
use crate::page::microscope::wat::wat;

/// Which program of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SheetKind {
    /// The loss.
    Loss,
    /// The loss for all rows at once, and that of one row under `vmap`.
    Vmap,
    /// The gradient.
    Gradient,
    /// The ways forward and back that the gradient is made of.
    Ways,
    /// The whole step.
    #[default]
    Step,
    /// A pass of the compiler, counted from 0.
    Pass(usize),
    /// Where values lie in memory.
    Plan,
    /// The WebAssembly.
    Module,
}

impl SheetKind {
    /// All but the passes, with their words in links.
    const WORDS: [(Self, &str); 7] = [
        (Self::Loss, "loss"),
        (Self::Vmap, "vmap"),
        (Self::Gradient, "gradient"),
        (Self::Ways, "ways"),
        (Self::Step, "step"),
        (Self::Plan, "plan"),
        (Self::Module, "wasm"),
    ];
}

impl fmt::Display for SheetKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, Self::WORDS.iter().find(|(kind, _)| kind == self)) {
            (Self::Pass(at), _) => write!(f, "pass.{}", at + 1),
            (_, word) => f.write_str(word.map_or("", |(_, word)| word)),
        }
    }
}

impl FromStr for SheetKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let pass = || Some(Self::Pass(text.strip_prefix("pass.")?.parse::<usize>().ok()?.checked_sub(1)?));
        let named = Self::WORDS.into_iter().find(|(_, word)| *word == text).map(|(kind, _)| kind);
        named.or_else(pass).ok_or(())
    }
}

/// A program, or two side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Which it is.
    pub kind: SheetKind,
    /// What its button is called.
    pub name: String,
    /// What it shows.
    pub about: String,
    /// The texts, each under its title.
    pub texts: Vec<(String, String)>,
    /// Rules of the compiler that did something, each with the equations of the first text that it rewrote.
    pub fired: Vec<(String, Vec<usize>)>,
    /// Whether the texts are no programs of equations.
    pub is_plain: bool,
}

impl Sheet {
    /// Whether the first text is the whole step's, whose equations are those under the microscope.
    #[must_use]
    pub fn is_step(&self) -> bool {
        self.kind == SheetKind::Step
    }
}

/// The programs, from the loss to what the last pass made of the step.
#[must_use]
pub fn sheets(texts: &Texts) -> Vec<Sheet> {
    let plain = |kind, name: &str, about: &str, texts: Vec<(&str, &String)>| Sheet {
        kind,
        name: name.to_owned(),
        about: about.to_owned(),
        texts: texts.into_iter().map(|(title, text)| (title.to_owned(), text.clone())).collect(),
        ..Sheet::default()
    };
    let [vectorised, mapped] = &texts.vectorised;
    let same = if vectorised == mapped {
        "The loss written for all rows at once, and the loss of one row under vmap. Both trace to the same program, letter for letter, so they compute the same bits."
    } else {
        "The loss written for all rows at once, and the loss of one row under vmap. Here they trace to different programs."
    };
    let mut sheets = vec![
        plain(
            SheetKind::Loss,
            "Loss",
            "The loss as JAX traces it: each line is one operation on whole arrays.",
            vec![("loss", &texts.loss)],
        ),
        plain(SheetKind::Vmap, "vmap", same, vec![("for all rows", vectorised), ("vmap of one row", mapped)]),
        plain(
            SheetKind::Gradient,
            "Gradient",
            "What value_and_grad makes of the loss: the same equations, what the derivative needs of them, and then the way back from the loss to θ.",
            vec![("loss", &texts.loss), ("loss and gradient", &texts.gradient)],
        ),
        plain(
            SheetKind::Ways,
            "Linearised, transposed",
            "Where the gradient comes from. The loss is linearised: the way forward keeps what the way back needs. What is linear is transposed: the way back, from a cotangent of the loss to that of θ.",
            vec![("forward", &texts.ways[0]), ("backward", &texts.ways[1])],
        ),
        plain(
            SheetKind::Step,
            "Whole step",
            "Loss, gradient, optimizer and update in one program. Point at an equation: its value opens above.",
            vec![("make_step", &texts.step)],
        ),
    ];
    let count = texts.passes.len();
    for (at, pass) in texts.passes.iter().enumerate() {
        let mut fired: Vec<(String, Vec<usize>)> = Vec::new();
        for (rule, equation) in &pass.fired {
            match fired.iter_mut().find(|(known, _)| known == rule) {
                Some((_, equations)) => equations.push(*equation),
                None => fired.push((rule.clone(), vec![*equation])),
            }
        }
        sheets.push(Sheet {
            fired,
            ..plain(
                SheetKind::Pass(at),
                &format!("{}. {}", at + 1, pass.name),
                &format!("Pass {} of {count}, {}: {}", at + 1, pass.name, does(&pass.name)),
                vec![("before", &pass.before), ("after", &pass.after)],
            )
        });
    }
    sheets.push(Sheet {
        is_plain: true,
        ..plain(
            SheetKind::Plan,
            "Planned",
            "Every value gets its words in one piece of memory; words whose value is no longer read are used again. No step of a run asks for memory.",
            vec![("words of each result", &texts.plan)],
        )
    });
    let module = if texts.module.is_empty() { None } else { wat(&texts.module) };
    sheets.push(Sheet {
        is_plain: true,
        ..plain(
            SheetKind::Module,
            "WebAssembly",
            match module {
                Some(_) => "The module that the browser runs: the step with the loop around it and what is recorded, so an epoch is one call.",
                None => "This step is not one piece of straight-line code, so its loop is not generated as a whole: kernels are called one after the other.",
            },
            module.as_ref().map(|module| ("module", module)).into_iter().collect(),
        )
    });
    sheets
}

/// What a pass of the compiler does.
fn does(pass: &str) -> &'static str {
    match pass {
        "simplify" => "rewrites that change no bit. Marked lines were rewritten.",
        "algebra" => {
            "XLA’s algebraic simplifier. Marked lines were rewritten; some of these rewrites round differently."
        }
        "sink_reshapes" => "XLA moves reshapes behind elementwise operations.",
        "contract" => {
            "LLVM fuses products with the sums that read them: fma rounds once where two operations round twice."
        }
        _ => "what it was given and what it made.",
    }
}

/// The lines of a program's text, each with the number of the equation that it belongs to.
#[must_use]
pub fn lines(text: &str) -> Vec<(&str, Option<usize>)> {
    let mut next = 0;
    let mut now = None;
    let line = |line| {
        let indent = str::len(line) - line.trim_start_matches(' ').len();
        if indent == 4 && !line.trim_start().starts_with(']') {
            now = Some(next);
            next += 1;
        } else if indent < 4 {
            now = None;
        }
        (line, now)
    };
    text.lines().map(line).collect()
}
