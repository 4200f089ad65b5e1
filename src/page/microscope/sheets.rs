//! [`sheets`]: the programs of a step, one or two texts at a time, with a sentence on each.

use std::fmt;
use std::str::FromStr;

use crate::lecture::run::texts::Texts;
use crate::lecture::settings::config::Program;
use crate::page::microscope::alike::alike;
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
    /// For each text and each of its equations, which equation of the whole step does the same; none where none does.
    pub of_step: Vec<Vec<Option<usize>>>,
    /// Whether the texts are no programs of equations.
    pub is_plain: bool,
}

/// The programs, from the loss to what the last pass made of the step.
#[must_use]
pub fn sheets(texts: &Texts, program: Program) -> Vec<Sheet> {
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
            "Loss, gradient, optimizer and update in one program.",
            vec![(program.step_function().0, &texts.step)],
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
    find_in_step(&mut sheets, &texts.step);
    sheets
}

/// Finds every equation in the whole step. What a pass makes is found by way of what it was given.
fn find_in_step(sheets: &mut [Sheet], step: &str) {
    let whole = lines(step).iter().filter_map(|(_, equation)| *equation).max().map_or(0, |last| last + 1);
    let of_all: Vec<Option<usize>> = (0..whole).map(Some).collect();
    let mut given = (step.to_owned(), of_all.clone());
    for sheet in sheets.iter_mut().filter(|sheet| !sheet.is_plain) {
        let is_pass = matches!(sheet.kind, SheetKind::Pass(_));
        for (_, text) in &sheet.texts {
            let (before, of_step) = if is_pass { (&*given.0, &given.1) } else { (step, &of_all) };
            let found: Vec<Option<usize>> =
                alike(text, before).into_iter().map(|equation| of_step.get(equation?).copied().flatten()).collect();
            if is_pass {
                given = (text.clone(), found.clone());
            }
            sheet.of_step.push(found);
        }
    }
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
