//! The chart of two courses: a run, the same with one step made otherwise, and how far they are apart.

use crate::page::figures::TABLE_ROWS;
use crate::page::figures::curves::WHAT_IF;
use crate::page::microscope::what_if::apart;
use crate::page::runs::Board;
use crate::page::view::WhatIf;
use crate::plot::{Curve, CurvesChart, Dash, Look, Marker, Role, StepAxis, Table, Theme, curves_table};

/// Both courses as a table; no rows unless both runs are there.
#[must_use]
pub fn table(board: &Board, what_if: WhatIf) -> Table {
    with_chart(board, what_if, &Theme::light(1.0), |chart| curves_table(chart, TABLE_ROWS)).unwrap_or_default()
}

/// Builds the chart, and reads it; nothing unless both runs are there.
pub fn with_chart<R>(
    board: &Board,
    what_if: WhatIf,
    theme: &Theme,
    read: impl FnOnce(&CurvesChart<'_>) -> R,
) -> Option<R> {
    let old = board.of(what_if.approach)?;
    let (_, new) = board.edited.as_ref().filter(|(edit, new)| *edit == what_if.edit && new.config == old.config)?;
    let apart = apart(old, new);
    let sampling = new.sampling();
    let look = |color, dash| Look { color, dash, marker: Marker::Circle };
    let line = |label, look, role, values| Curve { label, look, role, sampling, values, printed: &[], exact: &[] };
    let curves = [
        line("apart", look(theme.muted, Dash::Dots), Role::Aside, apart.as_slice()),
        line(old.config.program.approach().name(), theme.look(what_if.approach), Role::Run, &old.steps.norms),
        line(WHAT_IF, look(theme.ink, Dash::Long), Role::Run, &new.steps.norms),
    ];
    Some(read(&CurvesChart {
        title: "‖θ − θ̂‖ of both courses, and how far they are apart",
        unit: "",
        curves: &curves,
        axis: StepAxis::new(old.config.steps(), old.config.steps_per_epoch()),
        log: true,
        range: None,
        bare: false,
        branch: None,
        middle: None,
        waits: true,
    }))
}
