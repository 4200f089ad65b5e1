//! Drives real browsers through the built page: what the end-to-end tests and the screenshots have in common.
//!
//! [`server`] serves `dist/`, [`driver`] starts the browsers' drivers, [`session`] opens the page and sees to it that the browser
//! is closed whatever happens, [`page`] finds things as a person or a screen reader does: by role and name.

mod acts;
mod axe;
mod console;
mod copy;
pub mod driver;
mod files;
mod folders;
pub mod page;
pub mod server;
pub mod session;

use std::path::{Path, PathBuf};

use anyhow::Result;

pub use axe::Asked;
pub use copy::Copy;
pub use fantoccini::elements::Element;
pub use fantoccini::key::Key;
pub use page::{Drawing, Page};
pub use session::{Options, with_page, with_page_in};

/// A browser that the page must work in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
    /// WebKit as GTK's `MiniBrowser` shows it, through `WebKitWebDriver`: the engine of Safari. It needs a display.
    WebKit,
}

/// Makes a test for each browser out of every function named after the semicolon: `run` gets the browser and the function. They
/// are marked as ignored, because a plain `cargo test` must not need a browser; `cargo xtask test e2e` runs them.
#[macro_export]
macro_rules! for_both_browsers {
    ($run:path; $($test:ident),* $(,)?) => {
        $crate::for_both_browsers! { @module chromium, Chromium, $run, $($test),* }
        $crate::for_both_browsers! { @module firefox, Firefox, $run, $($test),* }
    };
    (@module $module:ident, $browser:ident, $run:path, $($test:ident),*) => {
        mod $module {
            $(
                #[test]
                #[ignore = "drives a browser: cargo xtask test e2e"]
                fn $test() -> ::anyhow::Result<()> {
                    $run($crate::Browser::$browser, super::$test)
                }
            )*
        }
    };
}

/// Makes tests for Chromium alone: of what takes long, and of which [`for_both_browsers!`] has a sample.
#[macro_export]
macro_rules! for_chromium {
    ($run:path; $($test:ident),* $(,)?) => {
        mod at_length {
            $crate::for_both_browsers! { @module chromium, Chromium, $run, $($test),* }
            use super::*;
        }
    };
}

/// Makes a test for WebKit, too, out of those of [`for_both_browsers!`] that show the engine's numbers and a tab's main use.
#[macro_export]
macro_rules! for_webkit {
    ($run:path; $($test:ident),* $(,)?) => {
        $crate::for_both_browsers! { @module webkit, WebKit, $run, $($test),* }
    };
}

/// Runs a test on the built page, opened in the light theme in a laptop's view; for [`for_both_browsers!`].
///
/// # Errors
/// Those of [`with_page`].
pub fn on_the_page(browser: Browser, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    with_page(Options::new(browser), test)
}

/// Runs a test that opens its pages itself; for [`for_both_browsers!`].
///
/// # Errors
/// Those of the test.
pub fn directly(browser: Browser, test: impl FnOnce(Browser) -> Result<()>) -> Result<()> {
    test(browser)
}

/// The repository's root.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
