//! [`Page`]: the frame around the tabs: which one is open, the theme, and what the page has to say.

use leptos::prelude::*;

use crate::page::tab::Tab;
use crate::page::view::{PageView, Panel, Tone, View};
use crate::web::canvas::on_ratio_change;
use crate::web::theme::{Mark, dress, has_first_pictures, mark, system_is_dark};

use crate::ui::parts::effects::effect;

/// The frame around the tabs. Copies share their signals.
#[derive(Clone, Copy)]
pub struct Page {
    /// The tab that is open.
    pub tab: RwSignal<Tab>,
    /// The theme that was chosen, if one was.
    pub tone: RwSignal<Option<Tone>>,
    /// Whether everything is large.
    pub present: RwSignal<bool>,
    /// The only panel that is shown, if the page is a frame in another one.
    pub embed: RwSignal<Option<Panel>>,
    /// Notices, shown until they are dismissed.
    pub notices: RwSignal<Vec<String>>,
    /// What is wrong with the worker, in words.
    pub trouble: RwSignal<Option<String>>,
    /// Whether single letters are shortcuts.
    pub letters: RwSignal<bool>,
    /// Whether the loss sounds while time moves.
    pub sound: RwSignal<bool>,
    /// Whether the list of keys is open.
    pub key_list: RwSignal<bool>,
    /// Whether pictures of the lecture's run stand in the place of the charts, which nobody sees yet.
    pub pictured: RwSignal<bool>,
    /// Counts changes of the window's size and of the display's pixels.
    pub resized: RwSignal<u32>,
    /// Whether the dark theme is on.
    pub dark: Memo<bool>,
}

impl Page {
    /// The frame of a view, with what its link had to say.
    pub fn new(view: &View, notices: Vec<String>) -> Self {
        let PageView { tone, present, embed } = view.page;
        let tone = RwSignal::new(tone);
        let (system, printed) = (RwSignal::new(false), RwSignal::new(false));
        system_is_dark(move |dark| system.set(dark));
        let page = Self {
            tab: RwSignal::new(view.tab),
            tone,
            present: RwSignal::new(present),
            embed: RwSignal::new(embed),
            notices: RwSignal::new(notices),
            trouble: RwSignal::new(None),
            letters: RwSignal::new(true),
            sound: RwSignal::new(false),
            key_list: RwSignal::new(false),
            pictured: RwSignal::new(has_first_pictures()),
            resized: RwSignal::new(0),
            // paper is white
            dark: Memo::new(move |_| {
                !printed.get() && tone.get().map_or_else(|| system.get(), |tone| tone == Tone::Dark)
            }),
        };
        effect(move || dress(page.dark.get(), page.present.get(), page.embed.get()));
        let resize = move || page.resized.update(|count| *count += 1);
        window_event_listener(leptos::ev::resize, move |_| resize());
        on_ratio_change(resize);
        window_event_listener_untyped("beforeprint", move |_| printed.set(true));
        window_event_listener_untyped("afterprint", move |_| printed.set(false));
        page
    }

    /// What is shown around the tabs, as it stands in the link.
    pub fn view(self) -> PageView {
        PageView { tone: self.tone.get(), present: self.present.get(), embed: self.embed.get() }
    }

    /// Shows something else.
    pub fn show(self, tab: Tab, view: PageView) {
        put(self.tab, tab);
        put(self.tone, view.tone);
        put(self.present, view.present);
        put(self.embed, view.embed);
    }

    /// Shows the charts, if pictures stand in their place.
    pub fn unveil(self) {
        mark(Mark::FirstPictures, false);
        put(self.pictured, false);
    }

    /// Says one thing.
    pub fn say(self, sentence: impl Into<String>) {
        self.notices.set(vec![sentence.into()]);
    }

    /// Whether the page is a frame in another one.
    pub fn is_embedded(self) -> bool {
        self.embed.with_untracked(Option::is_some)
    }
}

/// Sets a signal that has another value.
pub fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    // a signal that is gone with its part of the page wants no value
    if signal.try_with_untracked(|now| *now != value) == Some(true) {
        signal.set(value);
    }
}
