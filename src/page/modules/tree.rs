//! The tree of modules, of their `GraphDef`, `State` and gradient, side by side: each part is one row, so that all of them are aligned leaf to leaf.
//!
//! In the page it is a `treegrid`: rows fold, and a row has a cell for each tree. Fixed values of a module are folded together where there are many.

use std::fmt::Write as _;

use crate::base::words::{count, thousands};
use crate::lecture::run::anatomy::{Anatomy, Numbers, Row, What};
use crate::lecture::run::dissection::Value;
use crate::page::microscope::html::escaped;
use crate::page::microscope::numbers::{exact, in_a_row};

/// Values of more numbers than this show only the first few.
const FEW: usize = 6;
/// More fixed values than this are folded by themselves.
const MANY: usize = 4;

/// A tree, a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The object.
    Object,
    /// Its `GraphDef`.
    GraphDef,
    /// Its `State`.
    State,
    /// The gradient.
    Gradient,
    /// The state after the step.
    After,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 5] = [Self::Object, Self::GraphDef, Self::State, Self::Gradient, Self::After];

    /// What stands above it: the name in the program.
    #[must_use]
    pub fn name(self, is_pair: bool) -> &'static str {
        match self {
            Self::Object if is_pair => "(model, optimizer)",
            Self::Object => "model",
            Self::GraphDef => "graphdef",
            Self::State => "state",
            Self::Gradient => "grads",
            Self::After => "state after the step",
        }
    }
}

/// A row of the trees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it is, with dots; empty for the whole.
    pub path: String,
    /// How many parts it is inside of.
    pub depth: usize,
    /// Whether what is inside is shown; none where nothing is.
    pub open: Option<bool>,
    /// The number of the leaf, if it is one.
    pub leaf: Option<usize>,
    /// What stands in each of [`Column::ALL`]: a short text, and where there are numbers, these; none where the tree has no such part.
    pub cells: [Option<Cell>; 5],
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The attribute's name or number.
    pub key: String,
    /// What it is.
    pub what: String,
    /// Its numbers.
    pub numbers: String,
}

/// The rows of the trees; `folds` are the paths of those that are folded or unfolded by hand.
#[must_use]
pub fn lines(anatomy: &Anatomy, folds: &[String]) -> Vec<Line> {
    let modules = anatomy.rows.iter().filter(|row| matches!(row.what, What::Object(_))).count();
    let fixed = anatomy.rows.iter().filter(|row| matches!(row.what, What::Fixed { .. } | What::Nothing)).count();
    let fold_fixed = modules > 1 || fixed > MANY;
    let mut build = Build { anatomy, folds, fold_fixed, lines: Vec::new() };
    build.part(0, "", 0);
    build.lines
}

struct Build<'a> {
    anatomy: &'a Anatomy,
    folds: &'a [String],
    /// Whether fixed values are folded by themselves.
    fold_fixed: bool,
    lines: Vec<Line>,
}

/// The numbers of the rows directly inside one.
fn inside(rows: &[Row], at: usize) -> Vec<usize> {
    let depth = rows[at].depth;
    let after = rows[at + 1..].iter().take_while(|row| row.depth > depth).count();
    (at + 1..=at + after).filter(|&child| rows[child].depth == depth + 1).collect()
}

impl Build<'_> {
    fn is_open(&self, path: &str, by_itself: bool) -> bool {
        by_itself != self.folds.iter().any(|fold| fold == path)
    }

    fn part(&mut self, at: usize, path: &str, depth: usize) {
        let rows = &self.anatomy.rows;
        let children = inside(rows, at);
        let is_fixed = |&&child: &&usize| matches!(rows[child].what, What::Fixed { .. } | What::Nothing);
        let fixed: Vec<usize> = children.iter().filter(is_fixed).copied().collect();
        let free: Vec<usize> = children.iter().filter(|child| !is_fixed(child)).copied().collect();
        // the whole is always open
        let open = (!children.is_empty()).then(|| path.is_empty() || self.is_open(path, true));
        let holds_leaf = (at + 1..rows.len())
            .take_while(|&other| rows[other].depth > rows[at].depth)
            .any(|other| matches!(rows[other].what, What::Leaf { .. }));
        let mut line = self.line(at, holds_leaf);
        (line.path, line.depth) = (path.to_owned(), depth);
        line.open = open.filter(|_| !path.is_empty());
        self.lines.push(line);
        if open != Some(true) {
            return;
        }
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        for child in free {
            let path = below(&self.anatomy.rows[child].key);
            self.part(child, &path, depth + 1);
        }
        if fixed.is_empty() {
            return;
        }
        let group = below("-");
        let open = self.is_open(&group, !self.fold_fixed);
        let label = Cell { what: count(fixed.len(), "fixed value"), ..Cell::default() };
        let cells = [Some(label.clone()), Some(label), None, None, None];
        self.lines.push(Line { path: group, depth: depth + 1, open: Some(open), leaf: None, cells });
        for child in fixed.into_iter().filter(|_| open) {
            let line = self.line(child, false);
            let path = below(&self.anatomy.rows[child].key);
            self.lines.push(Line { path, depth: depth + 2, ..line });
        }
    }

    fn line(&self, at: usize, holds_leaf: bool) -> Line {
        let Row { key, what, .. } = &self.anatomy.rows[at];
        let cell = |what: String| Some(Cell { key: key.clone(), what, numbers: String::new() });
        let mut leaf = None;
        let cells = match what {
            What::Object(name) => {
                let inside = if key.is_empty() { "State" } else { "{…}" };
                let state = || cell(inside.to_owned()).filter(|_| holds_leaf);
                let has = |read: fn(&Numbers) -> bool| self.anatomy.leaves.iter().any(read);
                [
                    cell(name.clone()),
                    cell(format!("NodeDef {name}")),
                    state(),
                    state().filter(|_| has(|leaf| leaf.gradient.is_some()) && self.has_gradient(at)),
                    state().filter(|_| has(|leaf| leaf.after.is_some())),
                ]
            }
            What::Leaf { kind, leaf: number } => {
                leaf = Some(*number);
                let numbers = &self.anatomy.leaves[*number];
                let of = |value: Option<&Value>| {
                    let numbers = preview(value?);
                    Some(Cell { key: key.clone(), what: String::new(), numbers })
                };
                let kind = if kind.is_empty() { "Array" } else { kind };
                [
                    cell(format!("{kind} {}", numbers.state.aval)),
                    cell(format!("VariableDef {kind}")),
                    of(Some(&numbers.state)),
                    of(numbers.gradient.as_ref()),
                    of(numbers.after.as_ref()),
                ]
            }
            What::Repeated(number) => {
                leaf = Some(*number);
                [cell("the same variable".to_owned()), cell("NodeRef".to_owned()), None, None, None]
            }
            What::Fixed { shown, repr } => {
                [shown.clone().and_then(cell), cell(format!("Static({repr})")), None, None, None]
            }
            What::Nothing => [cell("None".to_owned()), cell("NodeDef NoneType".to_owned()), None, None, None],
        };
        Line { path: String::new(), depth: 0, open: None, leaf, cells }
    }

    /// Whether a leaf inside a part has a gradient.
    fn has_gradient(&self, at: usize) -> bool {
        let rows = &self.anatomy.rows;
        rows[at + 1..].iter().take_while(|row| row.depth > rows[at].depth).any(|row| match row.what {
            What::Leaf { leaf, .. } => self.anatomy.leaves[leaf].gradient.is_some(),
            _ => false,
        })
    }
}

/// Numbers in a row: all of a few, exactly, or the first of many and how many there are.
#[must_use]
pub fn preview(value: &Value) -> String {
    let size: usize = value.shape.iter().product();
    if size <= FEW {
        return in_a_row(value);
    }
    let first: Vec<String> = value.words.iter().take(2).map(|&word| exact(word, value.kind)).collect();
    format!("{}, … ({} numbers)", first.join(", "), thousands(size))
}

/// The folds after a part was folded, or unfolded, by hand.
#[must_use]
pub fn toggled(folds: &[String], path: &str) -> Vec<String> {
    let mut folds = folds.to_vec();
    match folds.iter().position(|fold| fold == path) {
        Some(at) => {
            folds.remove(at);
        }
        None => folds.push(path.to_owned()),
    }
    folds
}

/// The row that a key leads to from one of them, and whether it opens or closes that row instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// To a row.
    To(usize),
    /// The row itself is opened or closed.
    Toggle,
    /// Nowhere.
    Stay,
}

/// What a key does in the trees, as in any treegrid: up and down between rows, right opens, left closes or goes to what a part is in.
#[must_use]
pub fn walk(lines: &[Line], at: usize, key: &str) -> Option<Walk> {
    let line = lines.get(at)?;
    Some(match (key, line.open) {
        ("ArrowDown", _) => {
            if at + 1 < lines.len() {
                Walk::To(at + 1)
            } else {
                Walk::Stay
            }
        }
        ("ArrowUp", _) => at.checked_sub(1).map_or(Walk::Stay, Walk::To),
        ("ArrowRight", Some(false)) | ("ArrowLeft", Some(true)) | ("Enter" | " ", Some(_)) => Walk::Toggle,
        ("ArrowRight", Some(true)) => Walk::To((at + 1).min(lines.len() - 1)),
        ("ArrowRight", None) => Walk::Stay,
        ("ArrowLeft", _) => {
            let outer = lines[..at].iter().rposition(|other| other.depth < line.depth);
            outer.map_or(Walk::Stay, Walk::To)
        }
        ("Home", _) => Walk::To(0),
        ("End", _) => Walk::To(lines.len() - 1),
        _ => return None,
    })
}

/// Those of some columns that have something to show: before its training the network has no state after a step.
#[must_use]
pub fn filled(lines: &[Line], columns: &[Column]) -> Vec<Column> {
    let has = |place: usize| lines.iter().any(|line| line.cells[place].is_some());
    let places = Column::ALL.iter().zip(0..);
    places.filter(|(column, place)| columns.contains(column) && has(*place)).map(|(column, _)| *column).collect()
}

/// The trees as HTML. `passed` says which leaves a filter lets through, if one is shown; the others are dimmed.
#[must_use]
pub fn html(lines: &[Line], columns: &[Column], is_pair: bool, passed: Option<&[bool]>) -> String {
    let mut out = "<div role=\"row\" class=\"heads\">".to_owned();
    for column in columns {
        let _ = write!(out, "<div role=\"columnheader\">{}</div>", column.name(is_pair));
    }
    out.push_str("</div>");
    for (at, line) in lines.iter().enumerate() {
        row(&mut out, at, line, columns, is_pair, passed);
    }
    out
}

fn row(out: &mut String, at: usize, line: &Line, columns: &[Column], is_pair: bool, passed: Option<&[bool]>) {
    let passes = line.leaf.and_then(|leaf| passed?.get(leaf).copied());
    let class = match (line.leaf, passes) {
        (_, Some(true)) => "leaf passes",
        (_, Some(false)) => "leaf stays",
        (Some(_), None) => "leaf",
        _ => "part",
    };
    let leaf = line.leaf.map(|leaf| format!(" data-leaf=\"{leaf}\"")).unwrap_or_default();
    let open = line.open.map(|open| format!(" aria-expanded=\"{open}\"")).unwrap_or_default();
    let tab = if at == 0 { "0" } else { "-1" };
    let (level, path) = (line.depth + 1, escaped(&line.path));
    let _ = write!(
        out,
        "<div role=\"row\" class=\"{class} d{}\" aria-level=\"{level}\" tabindex=\"{tab}\" data-row=\"{at}\" data-path=\"{path}\"{leaf}{open}>",
        line.depth.min(5)
    );
    for (at, column) in columns.iter().enumerate() {
        let role = if at == 0 { "rowheader" } else { "gridcell" };
        let name = column.name(is_pair);
        let cell = Column::ALL.iter().position(|other| other == column).and_then(|at| line.cells[at].as_ref());
        let Some(Cell { key, what, numbers }) = cell else {
            let _ = write!(out, "<div role=\"{role}\" class=\"none\" data-tree=\"{name}\"></div>");
            continue;
        };
        let _ = write!(out, "<div role=\"{role}\" data-tree=\"{name}\">");
        if at == 0 && line.open.is_some() {
            out.push_str("<span class=\"fold\" aria-hidden=\"true\"></span>");
        }
        if !key.is_empty() {
            let _ = write!(out, "<b>{}</b> ", escaped(key));
        }
        if !what.is_empty() {
            let _ = write!(out, "<i>{}</i>", escaped(what));
        }
        if !numbers.is_empty() {
            let _ = write!(out, "<span class=\"numbers\">{}</span>", escaped(numbers));
        }
        match passes {
            Some(true) if at == 0 => out.push_str("<small>passes</small>"),
            Some(false) if at == 0 => out.push_str("<small>stays behind</small>"),
            _ => {}
        }
        out.push_str("</div>");
    }
    out.push_str("</div>");
}
