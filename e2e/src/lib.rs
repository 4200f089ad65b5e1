//! Drives real browsers through the built page: what the end-to-end tests and the screenshots have in common.
//!
//! [`server`] serves `dist/`, [`driver`] starts the browsers' drivers, [`session`] opens the page and sees to it that the browser
//! is closed whatever happens, [`page`] finds things as a person or a screen reader does: by role and name.

pub mod driver;
pub mod page;
pub mod server;
pub mod session;

use std::path::{Path, PathBuf};

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
}

/// Makes one test for each browser out of every `async fn(&Page) -> Result<()>` named. They are marked as ignored, because a plain
/// `cargo test` must not need a browser; `cargo xtask test e2e` runs them.
#[macro_export]
macro_rules! in_both_browsers {
    ($($test:ident),* $(,)?) => {
        $crate::in_both_browsers! { @module chromium, Chromium, $($test),* }
        $crate::in_both_browsers! { @module firefox, Firefox, $($test),* }
    };
    (@module $module:ident, $browser:ident, $($test:ident),*) => {
        mod $module {
            $(
                #[test]
                #[ignore = "drives a browser: cargo xtask test e2e"]
                fn $test() -> ::anyhow::Result<()> {
                    $crate::with_page($crate::Options::new($crate::Browser::$browser), super::$test)
                }
            )*
        }
    };
}

/// The repository's root.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
