//! [`svg`]: a graph as SVG, with classes that the page's styles colour. Its text is sized in the picture's own units, which the page scales.

use std::fmt::Write as _;

use super::{Direction, Edge, Flow, Graph, Known, Layout, Node};

/// A box, in units of the picture.
const WIDTH: f64 = 138.0;
const HEIGHT: f64 = 84.0;
/// Room for text in a box, and how many letters of its smallest line, which is monospaced, have that room.
const TEXT: f64 = WIDTH - 16.0;
const LETTERS: usize = 18;
/// How many letters of a title fit into it.
const TITLE: usize = 15;
/// How many letters of numbers fit beside their sign, which takes so much, in the large type of a lecture hall.
const NUMBERS: usize = 12;
const SIGN: f64 = 14.0;
/// How much larger than in its own units the picture is shown where there is room.
const LARGEST: f64 = 1.4;
/// A picture that is wider is shown in its own units.
const WIDEST: f64 = 1400.0;
/// From a layer to the next along time, to the right and down.
const STEP_RIGHT: f64 = 160.0;
const STEP_DOWN: f64 = 106.0;
/// From a box to the next across time.
const BESIDE_RIGHT: f64 = 100.0;
const BESIDE_DOWN: f64 = 152.0;

/// The picture. Each box is a group with `data-node`, its number.
#[must_use]
pub fn svg(graph: &Graph, layout: &Layout, direction: Direction) -> String {
    let place = |along: f64, across: f64| match direction {
        Direction::Right => (along * STEP_RIGHT + WIDTH / 2.0 + 4.0, across * BESIDE_RIGHT),
        Direction::Down => (across * BESIDE_DOWN, along * STEP_DOWN + HEIGHT / 2.0 + 4.0),
    };
    let last = layout.depth.saturating_sub(1) as f64;
    let (width, height) = match direction {
        Direction::Right => (last * STEP_RIGHT + WIDTH + 8.0, (layout.breadth * BESIDE_RIGHT).max(HEIGHT + 8.0)),
        Direction::Down => ((layout.breadth * BESIDE_DOWN).max(WIDTH + 8.0), last * STEP_DOWN + HEIGHT + 8.0),
    };
    // what is wider is not made smaller, but scrolls
    let (class, scale) = if width > WIDEST { (" class=\"scrolls\"", 1.0) } else { ("", LARGEST) };
    let mut out = format!("<svg viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{:.0}\"{class}>", width * scale);
    let places: Vec<(f64, f64)> =
        layout.layers.iter().zip(&layout.across).map(|(&layer, &across)| place(layer as f64, across)).collect();
    for (edge, lanes) in graph.edges.iter().zip(&layout.lanes) {
        let from = layout.layers[edge.from];
        let between: Vec<(f64, f64)> =
            lanes.iter().enumerate().map(|(at, &across)| place((from + 1 + at) as f64, across)).collect();
        draw_edge(&mut out, *edge, places[edge.from], places[edge.to], &between, direction);
    }
    for (at, (node, &middle)) in graph.nodes.iter().zip(&places).enumerate() {
        draw_node(&mut out, at, node, middle);
    }
    out.push_str("</svg>");
    out
}

fn draw_edge(
    out: &mut String,
    edge: Edge,
    from: (f64, f64),
    to: (f64, f64),
    between: &[(f64, f64)],
    direction: Direction,
) {
    let class = match edge.flow {
        Flow::Still => "edge",
        Flow::Forward => "edge forward",
        Flow::Backward => "edge backward",
    };
    let (half_x, half_y) = (WIDTH / 2.0, HEIGHT / 2.0);
    let moved = |(x, y): (f64, f64), by: f64| match direction {
        Direction::Right => (x + by * half_x, y),
        Direction::Down => (x, y + by * half_y),
    };
    let (start, end) = (moved(from, 1.0), moved(to, -1.0));
    let mut path = format!("M{:.1} {:.1}", start.0, start.1);
    let mut last = start;
    for &point in between {
        // beside a box an edge runs straight
        path.push_str(&bend(last, moved(point, -1.0), direction));
        last = moved(point, 1.0);
        let _ = write!(path, "L{:.1} {:.1}", last.0, last.1);
    }
    path.push_str(&bend(last, end, direction));
    let _ = write!(out, "<path class=\"{class}\" d=\"{path}\"/>");
    // the head stands where what flows arrives
    let (tip, by) = if edge.flow == Flow::Backward { (start, 1.0) } else { (end, -1.0) };
    let (x, y) = tip;
    let head = match direction {
        Direction::Right => format!("M{x:.1} {y:.1}l{:.1} -4v8z", 7.0 * by),
        Direction::Down => format!("M{x:.1} {y:.1}l-4 {:.1}h8z", 7.0 * by),
    };
    let _ = write!(out, "<path class=\"{class} head\" d=\"{head}\"/>");
}

/// A curve that leaves and arrives along time.
fn bend(from: (f64, f64), to: (f64, f64), direction: Direction) -> String {
    let (a, b) = match direction {
        Direction::Right => {
            let middle = f64::midpoint(from.0, to.0);
            ((middle, from.1), (middle, to.1))
        }
        Direction::Down => {
            let middle = f64::midpoint(from.1, to.1);
            ((from.0, middle), (to.0, middle))
        }
    };
    format!("C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}", a.0, a.1, b.0, b.1, to.0, to.1)
}

fn draw_node(out: &mut String, at: usize, node: &Node, (x, y): (f64, f64)) {
    let mut class = "node".to_owned();
    for (is, word) in [(node.is_lit, " lit"), (node.is_open, " open"), (node.operation.is_empty(), " argument")] {
        if is {
            class.push_str(word);
        }
    }
    let (left, top) = (x - WIDTH / 2.0, y - HEIGHT / 2.0);
    let _ = write!(out, "<g class=\"{class}\" data-node=\"{at}\">");
    if node.folded > 1 {
        let _ = write!(
            out,
            "<rect class=\"behind\" x=\"{:.1}\" y=\"{:.1}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"5\"/>",
            left + 4.0,
            top + 4.0
        );
    }
    let _ = write!(out, "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"5\"/>");
    let mut line = |class: &str, dy: f64, anchor: &str, text: &str| {
        let x = if anchor == "end" { left + WIDTH - 8.0 } else { left + 8.0 };
        let _ = write!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{:.1}\"", top + dy);
        if anchor == "end" {
            out.push_str(" text-anchor=\"end\"");
        }
        // what is long is written closer rather than out of the box
        let (letters, room) = match (class, anchor) {
            ("title", _) => (TITLE, TEXT),
            ("about", _) => (LETTERS, TEXT),
            (_, "end") => (NUMBERS, TEXT - SIGN),
            _ => (usize::MAX, TEXT),
        };
        if text.chars().count() > letters {
            let _ = write!(out, " textLength=\"{room}\" lengthAdjust=\"spacingAndGlyphs\"");
        }
        out.push('>');
        escape(out, text);
        out.push_str("</text>");
    };
    line("title", 18.0, "start", &node.title);
    let is_said = node.operation.is_empty() || node.operation == node.title;
    let about = if is_said { node.aval.clone() } else { format!("{} {}", node.operation, node.aval) };
    line("about", 33.0, "start", &about);
    for (name, known, dy) in [("value", &node.value, 53.0), ("cotangent", &node.cotangent, 73.0)] {
        let sign = if name == "value" { "=" } else { "∂" };
        match known {
            Known::Is(text) => {
                line(name, dy, "start", sign);
                line(name, dy, "end", text);
            }
            Known::NotYet => line("waiting", dy, "start", &format!("{sign} not computed yet")),
            Known::Never => {}
        }
    }
    out.push_str("</g>");
}

fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(character),
        }
    }
}
