//! The list of tabs.

use thetahat::page::tab::Tab;
use thetahat::page::view::Panel;

#[test]
fn every_tab_can_be_linked_to_named_and_walked_to() {
    for &tab in Tab::ALL {
        assert_eq!(Tab::of(tab.key()), Some(tab));
        assert!(!tab.name().is_empty() && tab.title().contains("thetahat"));
        assert!(tab.key().bytes().all(|byte| byte.is_ascii_lowercase()));
    }
    assert_eq!(Tab::of("nowhere"), None);
    let count = Tab::ALL.len();
    let mut tab = Tab::default();
    for _ in 0..count {
        tab = tab.walk("ArrowRight").expect("a tab");
    }
    assert_eq!(tab, Tab::default(), "walking on comes around");
    assert_eq!(tab.walk("ArrowLeft"), Tab::ALL.last().copied());
    assert_eq!(tab.walk("End"), Tab::ALL.last().copied());
    assert_eq!(tab.walk("Home"), Tab::ALL.first().copied());
    assert_eq!(tab.walk("x"), None);
}

#[test]
fn every_panel_belongs_to_a_tab_that_is_built() {
    for panel in Panel::ALL {
        assert!(Tab::ALL.contains(&panel.tab()), "{panel:?}");
    }
}
