//! The link in the address bar: it follows what is shown, and what is shown follows it, back and forward.
//!
//! The first of several changes in quick succession makes a new entry in the browser's history, those after it replace that one: a slider that is
//! dragged is one way back. Moving the playhead makes none, and a frame in somebody's slides none at all.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::page::link;
use crate::page::slides::makes_entry;
use crate::page::view::View;

use crate::ui::app::States;
use crate::ui::parts::effects::effect;

/// How long what is shown must stay as it is before it is written into the address.
const REST: Duration = Duration::from_millis(250);

/// The fragment of the address, without the `#`.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// The whole address of a view.
pub fn address(view: &View) -> String {
    let opened = window().location().href().unwrap_or_default();
    let published = document().query_selector("link[rel=canonical]").ok().flatten();
    let published = published.and_then(|link| link.get_attribute("href"));
    format!("{}#{}", link::page(&opened, published.as_deref()), link::fragment(view))
}

/// Writes what is shown into the address, and shows what is written there.
pub fn connect(states: States) {
    let written = Rc::new(RefCell::new(untrack(|| states.view())));
    let newest = Rc::new(Cell::new(0_u32));
    // whoever holds something still in the middle of a drag has not let go of it
    let held = Rc::new(Cell::new(false));
    let (down, up, cancelled) = (held.clone(), held.clone(), held.clone());
    window_event_listener(leptos::ev::pointerdown, move |_| down.set(true));
    window_event_listener(leptos::ev::pointerup, move |_| up.set(false));
    window_event_listener(leptos::ev::pointercancel, move |_| cancelled.set(false));
    let (seen, count) = (written.clone(), newest.clone());
    let latest = RefCell::new(written.borrow().clone());
    effect(move || {
        let view = states.view();
        let playing = states.time.playing.get();
        // that the playhead moves while time plays is no news, and keeps nothing else from being written
        let has_news = !playing || makes_entry(&latest.borrow(), &view);
        latest.replace(view.clone());
        if !has_news {
            return;
        }
        count.set(count.get().wrapping_add(1));
        if *seen.borrow() == view {
            return;
        }
        let (seen, count, held, now) = (seen.clone(), count.clone(), held.clone(), count.get());
        at_rest(move || {
            if count.get() != now {
                return true;
            }
            let rests = !held.get();
            if rests {
                write(&seen, view.clone());
            }
            rests
        });
    });
    window_event_listener(leptos::ev::popstate, move |_| {
        let fragment = fragment();
        if fragment == link::fragment(&written.borrow()) {
            return;
        }
        let (view, notices) = link::read(&fragment);
        newest.set(newest.get().wrapping_add(1));
        written.replace(view.clone());
        states.page.notices.set(notices);
        states.show(view);
    });
}

/// Tries something whenever what is shown may have come to rest, until it is done.
fn at_rest(mut is_done: impl FnMut() -> bool + 'static) {
    set_timeout(
        move || {
            if !is_done() {
                at_rest(is_done);
            }
        },
        REST,
    );
}

fn write(written: &RefCell<View>, view: View) {
    let is_new = makes_entry(&written.borrow(), &view);
    let link = format!("#{}", link::fragment(&view));
    written.replace(view);
    let Ok(history) = window().history() else { return };
    // A frame without an address of its own, or too many changes in a short time, make browsers refuse: the link is old then, and that is all.
    let _ = if is_new {
        history.push_state_with_url(&JsValue::NULL, "", Some(&link))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&link))
    };
}
