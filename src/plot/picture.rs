//! Pictures that are taken along: a chart as SVG, in finer steps than pixels, with room around it and words below it.

use plotters::backend::SVGBackend;
use plotters::drawing::IntoDrawingArea;
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use super::Theme;
use super::sheet::{Paper, Sheet, width_of};

/// Room at each side, in CSS pixels.
const ROOM: f64 = 12.0;
/// The size of the words, and the height of their lines, in times the size of text.
const WORDS: (f64, f64) = (0.85, 1.25);

/// A picture of this size, in CSS pixels, each of which has `fine` steps; the theme is for that scale. `draw` draws the chart; `words` follow one another below it, with
/// points between them, in as many lines as they take.
pub fn picture(
    (width, height): (u32, u32),
    fine: f64,
    words: &[String],
    theme: &Theme,
    draw: impl FnOnce(&dyn Paper),
) -> String {
    let steps = |pixels: f64| (pixels * fine).round() as i32;
    let (across, down) = (f64::from(width), f64::from(height));
    let size = theme.text * WORDS.0;
    let lines = lines(words, size, across - 2.0 * ROOM);
    let line = theme.text * WORDS.1;
    let below = if lines.is_empty() { 0.0 } else { line * (lines.len() as f64 + 0.5) };
    let mut text = String::new();
    {
        let whole = SVGBackend::with_string(&mut text, (steps(across) as u32, steps(down) as u32)).into_drawing_area();
        let _ = Paper::fill(&whole, theme.paper.to_rgba());
        let room = steps(ROOM);
        draw(&whole.margin(room, room + steps(below), room, room));
        let sheet = Sheet::over(&whole, theme);
        for (row, words) in lines.iter().enumerate() {
            let y = down - ROOM - line * (lines.len() - row) as f64 + line / 2.0;
            // A back end that writes a text refuses nothing.
            let _ = sheet.text(words, (ROOM, y), size, &theme.muted, (HPos::Left, VPos::Center));
        }
    }
    // it is shown in its size, whatever the steps are
    let fine = format!("<svg width=\"{}\" height=\"{}\"", steps(across), steps(down));
    text.replacen(&fine, &format!("<svg width=\"{width}\" height=\"{height}\""), 1)
}

/// Words in lines that fit.
fn lines(words: &[String], size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if width_of(line, size) + width_of(word, size) + 3.0 * size <= room => {
                line.push_str(" · ");
                line.push_str(word);
            }
            _ => lines.push(word.clone()),
        }
    }
    lines
}
