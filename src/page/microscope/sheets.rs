//! [`sheets`]: the programs of a step, one or two texts at a time, with a sentence on each.

use crate::lecture::run::texts::Texts;
use crate::page::microscope::wat::wat;

/// A program, or two side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
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
    /// Whether the first text is the whole step's, whose equations are those under the microscope.
    pub is_step: bool,
}

/// The programs, from the loss to what the last pass made of the step.
#[must_use]
pub fn sheets(texts: &Texts) -> Vec<Sheet> {
    let plain = |name: &str, about: &str, texts: Vec<(&str, &String)>| Sheet {
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
            "Loss",
            "The loss as JAX traces it: each line is one operation on whole arrays.",
            vec![("loss", &texts.loss)],
        ),
        plain("vmap", same, vec![("for all rows", vectorised), ("vmap of one row", mapped)]),
        plain(
            "Gradient",
            "What value_and_grad makes of the loss: the same equations, what the derivative needs of them, and then the way back from the loss to θ.",
            vec![("loss", &texts.loss), ("loss and gradient", &texts.gradient)],
        ),
        plain(
            "Linearised, transposed",
            "Where the gradient comes from. The loss is linearised: the way forward keeps what the way back needs. What is linear is transposed: the way back, from a cotangent of the loss to that of θ.",
            vec![("forward", &texts.ways[0]), ("backward", &texts.ways[1])],
        ),
        Sheet {
            is_step: true,
            ..plain(
                "Whole step",
                "Loss, gradient, optimizer and update in one program. Point at an equation: its value opens above.",
                vec![("make_step", &texts.step)],
            )
        },
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
                &format!("{}. {}", at + 1, pass.name),
                &format!("Pass {} of {count}, {}: {}", at + 1, pass.name, does(&pass.name)),
                vec![("before", &pass.before), ("after", &pass.after)],
            )
        });
    }
    sheets.push(Sheet {
        is_plain: true,
        ..plain(
            "Planned",
            "Every value gets its words in one piece of memory; words whose value is no longer read are used again. No step of a run asks for memory.",
            vec![("words of each result", &texts.plan)],
        )
    });
    let module = if texts.module.is_empty() { None } else { wat(&texts.module) };
    sheets.push(Sheet {
        is_plain: true,
        ..plain(
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
