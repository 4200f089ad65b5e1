//! Views as links.

use super::VERSION;
use super::keys::KEYS;
use crate::lecture::settings::config::Config;
use crate::lecture::settings::setting::{SETTINGS, Setting};
use crate::page::view::View;

/// The fragment of a view, without the `#`: its tab or its one panel, the version, and what differs from the plain view.
#[must_use]
pub fn fragment(view: &View) -> String {
    let plain = View::default();
    let mut link = match view.page.embed {
        Some(panel) => format!("embed={}", panel.name()),
        None => view.tab.key().to_owned(),
    };
    let mut add = |key: &str, text: &str| link.extend(["&", key, "=", text]);
    add("v", &VERSION.to_string());
    for (key, text) in differences(&view.lab.settings, &plain.lab.settings) {
        add(key, &text);
    }
    for key in &KEYS {
        if let Some(text) = (key.write)(view, &plain) {
            add(key.name, &text);
        }
    }
    for pin in &view.lab.pins {
        let parts = differences(pin, &plain.lab.settings).into_iter().map(|(key, text)| format!("{key}:{text}"));
        add("pin", &parts.collect::<Vec<_>>().join(";"));
    }
    link
}

/// The settings in which a run differs from a plain one, as keys and texts.
fn differences(config: &Config, plain: &Config) -> Vec<(&'static str, String)> {
    let program = (config.program != plain.program).then(|| ("program", config.program.to_string()));
    let written = |setting: &'static Setting| {
        let text = setting.text(config);
        (text != setting.text(plain)).then_some((setting.key, text))
    };
    program.into_iter().chain(SETTINGS.iter().filter_map(written)).collect()
}
