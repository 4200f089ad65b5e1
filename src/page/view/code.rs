//! What the tab Code shows: [`CodeView`].

/// What the tab Code shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeView {
    /// The program, as [`crate::page::editor::packed`] has it in links; none for the one that the tab opens with.
    pub packed: Option<String>,
}
