//! The field in which the program is edited: the browser's own, so that typing, undo and screen readers are the browser's, and behind it the same text in colours.

use leptos::html::{Div, Textarea};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::page::editor::colours;
use crate::page::editor::edits::{command, edit};
use crate::page::editor::recorded::Loop;

use crate::ui::code::desk::Desk;
use crate::ui::parts::effects::effect;

#[wasm_bindgen]
extern "C" {
    /// The document, as far as it types.
    type Typing;
    #[wasm_bindgen(method, js_name = execCommand)]
    fn insert(this: &Typing, command: &str, show: bool, text: &str) -> bool;
}

/// The editor. Ctrl+Enter runs, Escape leaves it.
#[component]
pub fn Editor(desk: Desk) -> impl IntoView {
    let (field, copy) = (NodeRef::<Textarea>::new(), NodeRef::<Div>::new());
    let (text, output) = (RwSignal::from(desk.text()), RwSignal::from(desk.output()));
    let marked = Memo::new(move |_| output.with(|output| if output.is_old() { None } else { output.marked() }));
    let (recorded, row) = (RwSignal::from(desk.recorded()), RwSignal::from(desk.row()));
    // They stay while a number is turned: the lines are the same.
    let fits = Memo::new(move |_| {
        let lines = |text: &str| text.split('\n').count();
        let ran = recorded.with(|recorded| recorded.as_ref().map(|recorded| lines(&recorded.text)));
        ran == Some(text.with(|text| lines(text)))
    });
    let values = Memo::new(move |_| {
        let values = |recorded: &Loop| recorded.values(row.get().min(recorded.last()));
        recorded
            .with(|recorded| recorded.as_ref().filter(|_| fits.get()).map(|recorded| values(recorded)))
            .unwrap_or_default()
    });
    effect(move || {
        let Some(copy) = copy.get() else { return };
        copy.set_inner_html(&text.with(|text| values.with(|values| colours::html(text, marked.get(), values))));
    });
    let replaced = RwSignal::from(desk.replaced());
    effect(move || {
        replaced.track();
        let Some(field) = field.get() else { return };
        let text = text.get_untracked();
        if field.value() != text {
            field.set_value(&text);
        }
    });
    let typist = desk.clone();
    let typed = move |_| {
        if let Some(field) = field.get_untracked() {
            typist.typed(field.value());
        }
    };
    let runner = desk;
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let Some(field) = field.get_untracked() else { return };
        let is_control = event.ctrl_key() || event.meta_key();
        let key = event.key();
        if key == "Enter" && is_control {
            event.prevent_default();
            runner.typed(field.value());
            return runner.run();
        }
        if key == "Escape" {
            event.prevent_default();
            if let Some(button) =
                document().get_element_by_id("code-run").and_then(|run| run.dyn_into::<web_sys::HtmlElement>().ok())
            {
                // A button that cannot be focused leaves the focus where it is.
                let _ = button.focus();
            }
            return;
        }
        let Some(command) =
            command(&key, event.shift_key(), is_control).filter(|_| !event.alt_key() && !event.is_composing())
        else {
            return;
        };
        event.prevent_default();
        let place = |place: Option<u32>| place.unwrap_or_default() as usize;
        let selection = (place(field.selection_start().ok().flatten()), place(field.selection_end().ok().flatten()));
        let Some(edit) = edit(&field.value(), selection, command) else { return };
        let select = |(from, to): (usize, usize)| {
            // Places within the text can be selected.
            let _ = field.set_selection_range(from as u32, to as u32);
        };
        select(edit.range);
        // as if it were typed, so that it can be undone
        let is_typed = if edit.text.is_empty() {
            document().unchecked_ref::<Typing>().insert("delete", false, "")
        } else {
            document().unchecked_ref::<Typing>().insert("insertText", false, &edit.text)
        };
        if !is_typed {
            let _ = field.set_range_text_with_start_and_end(&edit.text, edit.range.0 as u32, edit.range.1 as u32);
        }
        select(edit.selection);
        runner.typed(field.value());
    };
    view! {
        <div class="code-editor">
            <div class="code code-copy" aria-hidden="true" node_ref=copy></div>
            <textarea
                node_ref=field
                aria-label="Program"
                aria-describedby="code-keys"
                wrap="off"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                on:input=typed
                on:keydown=keys
            ></textarea>
        </div>
    }
}
