//! [`StepView`]: where one stands within the step under the microscope.

use crate::lecture::settings::config::Approach;
use crate::page::microscope::Place;
use crate::page::microscope::sheets::SheetKind;

/// What the tab of one step shows. The step itself is the one at the Lab's playhead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepView {
    /// The stage.
    pub place: Place,
    /// The column whose program it is; the first one that is shown, if there is none.
    pub approach: Option<Approach>,
    /// The program that is open.
    pub sheet: SheetKind,
    /// The value whose box is open, if it is not the one that the stage makes. A step that has no such value opens none.
    pub open: Option<usize>,
    /// Whether the optimizer is unfolded.
    pub unfolded: bool,
}
