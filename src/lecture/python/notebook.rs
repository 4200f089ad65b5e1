//! [`notebook`]: the program as a Jupyter notebook, a cell of text before each cell of code.

use serde::Serialize;

use super::{VERSIONS, listing};
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
    Code { id: String, metadata: Empty, source: Vec<String>, outputs: [u8; 0], execution_count: Option<u32> },
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

/// The program of a configuration as a notebook (nbformat 4.5). Its cells of code, one after the other, are the script.
///
/// # Errors
/// It cannot be written as JSON, which does not happen.
pub fn notebook(config: &Config) -> crate::Result<String> {
    let listing = listing(config);
    let title = format!("# {}\n\nNeeds `pip install {VERSIONS}`.", listing.title);
    let mut cells = vec![markdown("title".to_owned(), &title)];
    for (i, cell) in listing.cells.iter().enumerate() {
        cells.push(markdown(format!("text-{i}"), cell.heading));
        let source = lines(cell.code().trim_matches('\n'));
        let outputs = [];
        cells.push(NotebookCell::Code {
            id: format!("code-{i}"),
            metadata: Empty {},
            source,
            outputs,
            execution_count: None,
        });
    }
    let kernelspec = Kernelspec { display_name: "Python 3", language: "python", name: "python3" };
    let metadata = Metadata { kernelspec, language_info: Language { name: "python" } };
    serde_json::to_string_pretty(&Notebook { cells, metadata, nbformat: 4, nbformat_minor: 5 }).map_err(|error| {
        crate::Error::malformed("The notebook", error.to_string(), "Copy the program as a script instead.")
    })
}

fn markdown(id: String, text: &str) -> NotebookCell {
    NotebookCell::Markdown { id, metadata: Empty {}, source: lines(text) }
}

/// The lines of a text, each with its end, as notebooks keep them.
fn lines(text: &str) -> Vec<String> {
    text.split_inclusive('\n').map(str::to_owned).collect()
}
