//! A panel in a slide: the deck's wishes, keys, and history.

use thetahat::page::keys::{Action, Focus, Heard, Press};
use thetahat::page::slides::{Move, Owner, Slides, Wish, makes_entry, owner, trigger_key};
use thetahat::page::view::{Panel, View};

/// Every key is listened for.
const ALL: Heard = Heard { letters: true, time: true };

fn press(key: &str, focus: Focus) -> Press<'_> {
    Press { key, code: "", shift: false, repeat: false, focus }
}

#[test]
fn only_the_decks_words_are_wishes() {
    assert_eq!(Wish::of("slide:start"), Some(Wish::Start));
    assert_eq!(Wish::of("slide:stop"), Some(Wish::Stop));
    for other in ["", "slide:", "slide:start ", r#"{"method":"triggerKey"}"#] {
        assert_eq!(Wish::of(other), None, "{other:?}");
    }
}

#[test]
fn a_start_before_there_are_runs_is_done_when_they_are_there_and_once() {
    let mut slides = Slides::default();
    assert_eq!(slides.due(true, false), None);
    slides.wish(Wish::Start);
    assert_eq!(slides.due(false, false), None);
    assert_eq!(slides.due(false, false), None);
    assert_eq!(slides.due(true, false), Some(Move::Play));
    assert_eq!(slides.due(true, false), None, "runs that come later start nothing");
}

#[test]
fn the_last_wish_counts() {
    let mut slides = Slides::default();
    slides.wish(Wish::Start);
    slides.wish(Wish::Stop);
    assert_eq!(slides.due(true, false), Some(Move::Stop));
    slides.wish(Wish::Stop);
    slides.wish(Wish::Start);
    slides.wish(Wish::Start);
    assert_eq!(slides.due(true, false), Some(Move::Play));
    assert_eq!(slides.due(true, false), None, "two starts play once");
}

#[test]
fn whoever_wants_nothing_to_move_sees_the_end() {
    let mut slides = Slides::default();
    slides.wish(Wish::Start);
    assert_eq!(slides.due(true, true), Some(Move::ShowEnd));
    slides.wish(Wish::Stop);
    assert_eq!(slides.due(true, true), Some(Move::Stop));
}

#[test]
fn keys_that_the_panel_does_not_use_are_the_decks() {
    let table = [
        // nothing has the focus: the presenter's remote control and keyboard
        ("PageDown", Focus::Nothing, Owner::Deck),
        ("ArrowRight", Focus::Nothing, Owner::Deck),
        (" ", Focus::Nothing, Owner::Deck),
        ("Escape", Focus::Nothing, Owner::Deck),
        ("n", Focus::Nothing, Owner::Deck),
        ("f", Focus::Nothing, Owner::Deck),
        // a slider moves with arrows, and leaves page keys to the remote control
        ("PageDown", Focus::Slider, Owner::Deck),
        ("PageUp", Focus::Slider, Owner::Deck),
        ("Escape", Focus::Slider, Owner::Deck),
        ("ArrowRight", Focus::Slider, Owner::Focus),
        (" ", Focus::Slider, Owner::Panel(Action::Toggle)),
        (" ", Focus::Button, Owner::Focus),
        ("n", Focus::Button, Owner::Deck),
        ("ArrowRight", Focus::Page, Owner::Panel(Action::Steps(1))),
        ("r", Focus::Page, Owner::Panel(Action::Restart)),
        // what is typed, and what moves the focus, stays
        ("n", Focus::Text, Owner::Focus),
        ("PageDown", Focus::Text, Owner::Focus),
        ("Tab", Focus::Nothing, Owner::Focus),
        ("Shift", Focus::Nothing, Owner::Focus),
    ];
    for (key, focus, wanted) in table {
        assert_eq!(owner(press(key, focus), ALL), wanted, "{key:?} with {focus:?}");
    }
    let held = Press { repeat: true, ..press("r", Focus::Page) };
    assert_eq!(owner(held, ALL), Owner::Focus, "a key of the panel that is held is no key of the deck");
    let without = Heard { time: false, ..ALL };
    assert_eq!(owner(press(" ", Focus::Page), without), Owner::Deck, "a map has no time to play");
    assert_eq!(trigger_key(34), r#"{"method":"triggerKey","args":[34]}"#);
}

#[test]
fn changes_make_entries_but_in_a_frame_and_for_the_playhead() {
    let before = View::default();
    let mut moved = before.clone();
    moved.lab.playhead = Some(3);
    assert!(!makes_entry(&before, &moved));
    let mut changed = moved.clone();
    changed.page.present = !changed.page.present;
    assert!(makes_entry(&before, &changed));
    changed.page.embed = Some(Panel::Loss);
    assert!(!makes_entry(&before, &changed));
}
