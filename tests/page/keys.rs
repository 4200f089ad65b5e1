//! The keyboard: what each key does, whatever has the focus, however long it is held, on any layout.

use thetahat::page::keys::{Action, Focus, Heard, Press, action, list};
use thetahat::page::tab::Tab;
use thetahat::page::view::{Desk, LessonsView, ModulesView, PageView, Panel, Room, View};

/// Every key is listened for.
const ALL: Heard = Heard { letters: true, time: true };

fn press(key: &str) -> Press<'_> {
    Press { key, code: "", shift: false, repeat: false, focus: Focus::Page }
}

#[test]
fn keys_do_what_the_list_says() {
    let table = [
        (" ", Some(Action::Toggle)),
        ("ArrowRight", Some(Action::Steps(1))),
        ("ArrowLeft", Some(Action::Steps(-1))),
        ("r", Some(Action::Restart)),
        ("R", Some(Action::Restart)),
        ("s", Some(Action::NewSeed)),
        ("p", Some(Action::Pin)),
        ("f", Some(Action::FullScreen)),
        ("?", Some(Action::List)),
        ("x", None),
        ("Enter", None),
        ("0", None),
    ];
    for (key, wanted) in table {
        assert_eq!(action(press(key), ALL), wanted, "{key:?}");
    }
    assert_eq!(action(Press { shift: true, ..press("ArrowLeft") }, ALL), Some(Action::Epochs(-1)));
    for &tab in Tab::ALL {
        assert!(list(tab).iter().all(|(key, what)| !key.is_empty() && !what.is_empty()));
    }
    // where they go through the stages, that is what they are said to do
    let says = |tab: Tab, key: &str| list(tab).into_iter().find(|(keys, _)| keys == key).map(|(_, what)| what);
    assert_eq!(says(Tab::Step, "→ ←"), Some("one stage forward / back"));
    assert_eq!(says(Tab::Lab, "→ ←"), Some("one step forward / back"));
    assert!(says(Tab::Step, "Home End").is_some());
}

#[test]
fn what_has_the_focus_keeps_only_the_keys_that_it_uses() {
    let with = |focus, key| action(Press { focus, ..press(key) }, ALL);
    let table = [
        (Focus::Slider, " ", Some(Action::Toggle)),
        (Focus::Slider, "r", Some(Action::Restart)),
        (Focus::Slider, "ArrowRight", None),
        (Focus::List, "s", Some(Action::NewSeed)),
        (Focus::List, " ", None),
        (Focus::Check, "ArrowRight", Some(Action::Steps(1))),
        (Focus::Check, " ", None),
        (Focus::Button, "ArrowLeft", Some(Action::Steps(-1))),
        (Focus::Button, "Enter", None),
        (Focus::Text, "r", None),
        (Focus::Text, "ArrowRight", None),
        (Focus::Dialog, " ", None),
    ];
    for (focus, key, wanted) in table {
        assert_eq!(with(focus, key), wanted, "{focus:?} {key:?}");
    }
}

#[test]
fn a_key_that_is_held_down_moves_on_but_switches_once() {
    let held = |key| action(Press { repeat: true, ..press(key) }, ALL);
    assert_eq!(held("ArrowRight"), Some(Action::Steps(1)));
    for key in [" ", "r", "s", "p", "f", "?"] {
        assert_eq!(held(key), None, "{key:?}");
    }
}

#[test]
fn letters_count_and_places_only_where_there_are_no_latin_letters() {
    let typed = |key, code| action(Press { code, ..press(key) }, ALL);
    // Dvorak types r where others have o
    assert_eq!(typed("r", "KeyO"), Some(Action::Restart));
    assert_eq!(typed("o", "KeyR"), None);
    // Russian types к there, Greek ρ
    assert_eq!(typed("к", "KeyR"), Some(Action::Restart));
    assert_eq!(typed("ρ", "KeyR"), Some(Action::Restart));
    // a French keyboard's é is a Latin letter
    assert_eq!(typed("é", "KeyS"), None);
}

#[test]
fn letters_can_be_switched_off() {
    for key in ["r", "?", "p"] {
        assert_eq!(action(press(key), Heard { letters: false, ..ALL }), None);
    }
    assert_eq!(action(press(" "), Heard { letters: false, ..ALL }), Some(Action::Toggle));
    assert_eq!(action(press("ArrowRight"), Heard { letters: false, ..ALL }), Some(Action::Steps(1)));
}

#[test]
fn keys_move_time_only_where_time_is_shown() {
    let without = Heard { time: false, ..ALL };
    for key in [" ", "ArrowRight", "ArrowLeft", "r"] {
        assert_eq!(action(press(key), without), None, "{key:?}");
    }
    assert_eq!(action(Press { shift: true, ..press("ArrowLeft") }, without), None);
    assert_eq!(action(press("s"), without), Some(Action::NewSeed));
    assert_eq!(action(press("2"), without), Some(Action::Open(Tab::ALL[1])));
}

#[test]
fn time_is_shown_where_something_stands_at_the_playhead() {
    let tab = |tab| View { tab, ..View::default() };
    for (view, wanted) in [
        (tab(Tab::Lab), true),
        (tab(Tab::Step), true),
        (tab(Tab::Map), false),
        (tab(Tab::Code), false),
        (tab(Tab::Lessons), false),
        (tab(Tab::Modules), true),
    ] {
        assert_eq!(view.has_time(), wanted, "{:?}", view.tab);
    }
    for room in Room::ALL {
        let view = View { modules: ModulesView { room, ..ModulesView::default() }, ..tab(Tab::Modules) };
        assert_eq!(view.has_time(), room.has_time(), "{room:?}");
    }
    let open = LessonsView { lesson: Some("divergence".to_owned()), ..LessonsView::default() };
    assert!(View { lessons: open.clone(), ..tab(Tab::Lessons) }.has_time());
    let desk = LessonsView { desk: Some(Desk::Make), ..open };
    assert!(!View { lessons: desk, ..tab(Tab::Lessons) }.has_time());
    for panel in Panel::ALL {
        // whatever tab would be open without the frame
        let page = PageView { embed: Some(panel), ..PageView::default() };
        for tab in [tab(Tab::Lab), tab(Tab::Map)] {
            assert_eq!(View { page, ..tab }.has_time(), panel != Panel::Map, "{panel:?}");
        }
    }
}
