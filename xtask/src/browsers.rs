//! The browsers of the tests and their drivers: found on the `PATH`, or installed from Debian's packages.

use std::fs;
use std::path::PathBuf;

use crate::Result;
use crate::debian::find_or_install;
use crate::process::{find, root};
use crate::tools::GECKODRIVER;

/// Chromium and the program that drives it.
pub struct Chromium {
    /// The browser.
    pub browser: PathBuf,
    /// `chromedriver`, of the same version.
    pub driver: PathBuf,
}

/// Firefox and the program that drives it.
pub struct Firefox {
    /// The browser.
    pub browser: PathBuf,
    /// `geckodriver`.
    pub driver: PathBuf,
}

/// WebKit, the engine of Safari, and what it needs to be shown and driven.
pub struct WebKit {
    /// GTK's small browser.
    pub browser: PathBuf,
    /// `WebKitWebDriver`, of the same version.
    pub driver: PathBuf,
    /// Starts a program on a display of its own, since this browser cannot do without one.
    pub display: PathBuf,
}

const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const FIREFOX: [&str; 2] = ["firefox-esr", "firefox"];

/// Where WebKit's small browser lies below a folder of libraries, newest first.
const MINI_BROWSER: [&str; 3] = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];

/// What the browsers are for.
const TESTED: &str = "the tests run in it";

/// Chromium, installed if need be.
pub fn chromium() -> Result<Chromium> {
    Ok(Chromium {
        browser: find_or_install(&CHROMIUM, "chromium", "Chromium", TESTED)?,
        driver: find_or_install(&["chromedriver"], "chromium-driver", "chromedriver of Chromium's version", TESTED)?,
    })
}

/// Firefox, installed if need be.
pub fn firefox() -> Result<Firefox> {
    let browser = find_or_install(&FIREFOX, "firefox-esr", "Firefox", TESTED)?;
    Ok(Firefox { browser, driver: GECKODRIVER.folder()?.join(format!("geckodriver{}", std::env::consts::EXE_SUFFIX)) })
}

/// WebKit, installed if need be.
pub fn webkit() -> Result<WebKit> {
    let driver = find_or_install(&["WebKitWebDriver"], "webkit2gtk-driver", "WebKitWebDriver", TESTED)?;
    let display = find_or_install(&["xvfb-run"], "xvfb", "xvfb-run", "WebKit needs a display")?;
    find_or_install(&["xauth"], "xauth", "xauth", "xvfb-run needs it")?;
    let browser = fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten()
        .flat_map(|entry| MINI_BROWSER.map(|library| entry.path().join(library).join("MiniBrowser")))
        .chain(find(&["MiniBrowser"]))
        .find(|program| program.is_file())
        .ok_or("MiniBrowser, WebKit's small browser, was not found beside its driver: put it on the PATH.")?;
    Ok(WebKit { browser, driver, display })
}

/// Writes `webdriver.json`, which `wasm-bindgen-test-runner` reads at the root of the crate.
pub fn write_webdriver_json(chromium: &Chromium, firefox: &Firefox) -> Result {
    let text = format!(
        r#"{{
  "goog:chromeOptions": {{
    "binary": {},
    "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
  }},
  "moz:firefoxOptions": {{ "binary": {}, "args": ["-headless"] }}
}}
"#,
        json_string(&chromium.browser.to_string_lossy()),
        json_string(&firefox.browser.to_string_lossy()),
    );
    let file = root()?.join("webdriver.json");
    fs::write(&file, text).map_err(|error| format!("{} cannot be written ({error}): make it writable.", file.display()))
}

fn json_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
