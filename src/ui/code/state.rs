//! [`CodeState`]: what the rest of the page knows of the tab Code: the program in the link, and a program that is brought to it.

use std::any::Any;
use std::rc::Rc;

use leptos::prelude::*;

use crate::page::tab::Tab;
use crate::page::view::CodeView;

use crate::ui::state::Page;
use crate::ui::state::page::put;

/// The tab Code. Copies share their signals.
#[derive(Clone, Copy)]
pub struct CodeState {
    /// The program in the link, packed.
    pub packed: RwSignal<Option<String>>,
    /// A program that the tab is to show next.
    pub brought: RwSignal<Option<String>>,
    /// What the tab's own code keeps while another tab is open.
    pub kept: StoredValue<Option<Rc<dyn Any>>, LocalStorage>,
}

impl CodeState {
    /// The program of a view, of which nothing has been run.
    pub fn new(view: CodeView) -> Self {
        Self { packed: RwSignal::new(view.packed), brought: RwSignal::new(None), kept: StoredValue::new_local(None) }
    }

    /// What is shown, as it stands in the link.
    pub fn view(self) -> CodeView {
        CodeView { packed: self.packed.get() }
    }

    /// Shows something else.
    pub fn show(self, view: CodeView) {
        put(self.packed, view.packed);
    }

    /// Opens the tab with this program.
    pub fn bring(self, text: String, page: Page) {
        self.brought.set(Some(text));
        page.tab.set(Tab::Code);
    }
}
