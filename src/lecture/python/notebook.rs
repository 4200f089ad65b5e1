//! [`notebook`]: the program as a Jupyter notebook, a cell of text before each cell of code.

use serde::Serialize;

use super::{Cell, Part, Stage, VERSIONS, listing};
use crate::lecture::settings::config::Config;

#[derive(Serialize)]
struct Notebook {
    cells: Vec<NotebookCell>,
    metadata: Metadata,
    nbformat: u8,
    nbformat_minor: u8,
}

#[derive(Serialize)]
#[serde(tag = "cell_type", rename_all = "lowercase")]
enum NotebookCell {
    Markdown { id: String, metadata: Empty, source: Vec<String> },
    Code { id: String, metadata: Empty, source: Vec<String>, outputs: Vec<Output>, execution_count: Option<usize> },
}

/// What a cell has printed.
#[derive(Serialize)]
struct Output {
    #[serde(rename = "output_type")]
    kind: &'static str,
    name: &'static str,
    text: Vec<String>,
}

#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
struct Metadata {
    kernelspec: Kernelspec,
    language_info: Language,
}

#[derive(Serialize)]
struct Kernelspec {
    display_name: &'static str,
    language: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct Language {
    name: &'static str,
}

/// The program of a configuration as a notebook (nbformat 4.5), with the lines that its run has printed under the cells that print them; without any, as one
/// that has not been run. Its cells of code, one after the other, are the exported script.
///
/// # Errors
/// It cannot be written as JSON, which does not happen.
pub fn notebook(config: &Config, printed: &[String]) -> crate::Result<String> {
    let listing = listing(config).exported();
    let mut rest = printed;
    let title = format!("# {}\n\nNeeds `pip install {VERSIONS}`.", listing.title);
    let mut cells = vec![markdown("title".to_owned(), &title)];
    for (i, cell) in listing.cells.iter().enumerate() {
        cells.push(markdown(format!("text-{i}"), cell.heading));
        let source = lines(cell.code().trim_matches('\n'));
        let (own, later) = rest.split_at(prints(cell).min(rest.len()));
        rest = later;
        cells.push(NotebookCell::Code {
            id: format!("code-{i}"),
            metadata: Empty {},
            source,
            outputs: output(own),
            execution_count: (!printed.is_empty()).then_some(i + 1),
        });
    }
    written(cells)
}

/// Any program as a notebook, in one cell of code, with the lines that it has printed.
///
/// # Errors
/// As [`notebook`].
pub fn notebook_of(text: &str, printed: &[String]) -> crate::Result<String> {
    written(vec![
        markdown("title".to_owned(), &format!("Needs `pip install {VERSIONS}`.")),
        NotebookCell::Code {
            id: "code".to_owned(),
            metadata: Empty {},
            source: lines(text.trim_end()),
            outputs: output(printed),
            execution_count: (!printed.is_empty()).then_some(1),
        },
    ])
}

fn written(cells: Vec<NotebookCell>) -> crate::Result<String> {
    let kernelspec = Kernelspec { display_name: "Python 3", language: "python", name: "python3" };
    let metadata = Metadata { kernelspec, language_info: Language { name: "python" } };
    serde_json::to_string_pretty(&Notebook { cells, metadata, nbformat: 4, nbformat_minor: 5 }).map_err(|error| {
        crate::Error::malformed("The notebook", error.to_string(), "Copy the program as a script instead.")
    })
}

/// How many lines a cell prints: all that are left where it is a loop.
fn prints(cell: &Cell) -> usize {
    if cell.part == Part::Loop {
        return usize::MAX;
    }
    cell.lines.iter().filter(|line| line.stage == Some(Stage::Print)).count()
}

fn output(printed: &[String]) -> Vec<Output> {
    let text: Vec<String> = printed.iter().flat_map(|line| lines(&format!("{line}\n"))).collect();
    if text.is_empty() { Vec::new() } else { vec![Output { kind: "stream", name: "stdout", text }] }
}

fn markdown(id: String, text: &str) -> NotebookCell {
    NotebookCell::Markdown { id, metadata: Empty {}, source: lines(text) }
}

/// The lines of a text, each with its end, as notebooks keep them.
fn lines(text: &str) -> Vec<String> {
    text.split_inclusive('\n').map(str::to_owned).collect()
}
