//! What stands beside the tabs: what is taken along (link, files, handout), the list of keys, the guide, and the screen in words.
//!
//! Nobody needs any of it at first, so all of it is one part of the module, [`Aside`], fetched when something of it is used, and some seconds after the page
//! has opened, because whoever prints waits for nothing. Here is only what mounts it.

mod files;
mod guide;
mod handout;
mod keys;
mod menu;
mod share;
mod spoken;

use std::any::Any;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::page::tab::Tab;
use crate::ui::app::States;
use crate::ui::history::address;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::parts::place::{Build, Place, put};
use crate::web::files::copy;
use crate::web::later::later;

/// When it is fetched if nobody has used anything of it, in milliseconds: not while the page opens.
const LATER: Duration = Duration::from_secs(3);

const UNLOADED: &str =
    "This page could not load what this needs: there may be no connection. Try again when there is one.";

/// What is fetched: what mounts each of it.
#[derive(Clone, Copy)]
struct Aside {
    menu: Build,
    share: Build,
    keys: Build,
    guide: Build,
    spoken: Build,
    handout: fn(States, HtmlElement) -> Box<dyn Any>,
}

later! { exports: fn aside() -> Aside => Aside {
    menu: |element| put(element, || view! { <menu::Menu/> }),
    share: |element| put(element, || view! { <share::Share/> }),
    keys: |element| put(element, || view! { <keys::Keys/> }),
    guide: |element| put(element, || view! { <guide::Guide/> }),
    spoken: |element| put(element, || view! { <spoken::Spoken/> }),
    handout: handout::mount,
} }

/// What of it is shown. Copies share their signals.
#[derive(Clone, Copy)]
pub struct Shown {
    dialog: RwSignal<Option<Build>>,
    menu: RwSignal<Option<Build>>,
    spoken: RwSignal<Option<Build>>,
    /// The link that is shared.
    link: RwSignal<String>,
    /// Whether it is on the clipboard, once that is known.
    copied: RwSignal<Option<bool>>,
    /// All of it, once it has been fetched.
    fetched: StoredValue<Option<Aside>>,
}

impl Shown {
    /// Shows the list of keys when it is asked for, tells the screen in words, and puts a handout into the document while it is printed; a context.
    pub fn follow(states: States) {
        let shown = Self {
            dialog: RwSignal::new(None),
            menu: RwSignal::new(None),
            spoken: RwSignal::new(None),
            link: RwSignal::default(),
            copied: RwSignal::new(None),
            fetched: StoredValue::new(None),
        };
        provide_context(shown);
        effect(move || {
            if states.page.key_list.get() {
                shown.show(states, shown.dialog, |aside| aside.keys);
            }
        });
        set_timeout(
            move || {
                spawn_local(async move {
                    // Without a connection the page is as it was before; what is used is asked for again.
                    if let Ok(aside) = aside().await {
                        shown.fetched.set_value(Some(aside));
                        shown.spoken.set(Some(aside.spoken));
                    }
                });
            },
            LATER,
        );
        shown.print(states);
    }

    /// Mounts something of it, or says that it could not be fetched.
    fn show(self, states: States, place: RwSignal<Option<Build>>, part: fn(&Aside) -> Build) {
        spawn_local(async move {
            if let Ok(aside) = aside().await {
                self.fetched.set_value(Some(aside));
                // its place may be gone meanwhile
                let _ = place.try_set(Some(part(&aside)));
            } else {
                states.page.key_list.set(false);
                states.page.say(UNLOADED);
            }
        });
    }

    /// Puts the link on the clipboard.
    fn copy(self) {
        copy(&self.link.get_untracked(), move |copied| {
            let _ = self.copied.try_set(Some(copied));
        });
    }

    /// While the page is printed, the handout stands in the document. If it could not be fetched, the page itself is printed, as its styles have it.
    fn print(self, states: States) {
        let printed = StoredValue::new_local(None::<(HtmlElement, Box<dyn Any>)>);
        window_event_listener_untyped("beforeprint", move |_| {
            let Some(aside) = self.fetched.get_value().filter(|_| !states.page.is_embedded()) else { return };
            let Some(element) = paper(states.page.tab.get_untracked() == Tab::Lab) else { return };
            printed.set_value(Some((element.clone(), (aside.handout)(states, element))));
        });
        window_event_listener_untyped("afterprint", move |_| {
            if let Some((element, mounted)) = printed.try_update_value(Option::take).flatten() {
                drop(mounted);
                element.remove();
            }
        });
    }
}

/// An element at the top of the document that only paper shows; the styles leave out the rest of the page where it is the only one.
fn paper(only: bool) -> Option<HtmlElement> {
    let element: HtmlElement = document().create_element("div").ok()?.dyn_into().ok()?;
    element.set_class_name(if only { "handout only" } else { "handout" });
    document().body()?.prepend_with_node_1(&element).ok()?;
    Some(element)
}

/// Where dialogs are mounted.
#[component]
pub fn DialogPlace() -> impl IntoView {
    let shown: Shown = expect_context();
    view! { <Place class="place" select=Box::new(move || shown.dialog.get())/> }
}

/// Where the screen is told in words.
#[component]
pub fn SpokenPlace() -> impl IntoView {
    let shown: Shown = expect_context();
    view! { <Place class="place" select=Box::new(move || shown.spoken.get())/> }
}

/// Copies the link, and shows it, large enough for a lecture hall.
#[component]
pub fn ShareButton() -> impl IntoView {
    let (states, shown): (States, Shown) = (expect_context(), expect_context());
    let share = move |_| {
        shown.link.set(address(&untrack(|| states.view())));
        shown.copied.set(None);
        // at once: browsers allow it only while they answer to a click
        shown.copy();
        shown.show(states, shown.dialog, |aside| aside.share);
    };
    view! { <button title="Copy a link that opens exactly this, and show its QR code" on:click=share>"Share"</button> }
}

/// The menu of what can be exported.
#[component]
pub fn ExportMenu() -> impl IntoView {
    let (states, shown): (States, Shown) = (expect_context(), expect_context());
    let open = move || shown.menu.with(Option::is_some);
    let switch = move |_| {
        if untrack(open) {
            shown.menu.set(None);
        } else {
            shown.show(states, shown.menu, |aside| aside.menu);
        }
    };
    view! {
        <div class="menu">
            <button
                aria-expanded=text(move || if open() { "true" } else { "false" })
                aria-controls="export-menu"
                title="Program, numbers, pictures"
                on:click=switch
            >
                "Export"
            </button>
            <div id="export-menu" hidden=flag(move || !open())><Place class="place" select=Box::new(move || shown.menu.get())/></div>
        </div>
    }
}
