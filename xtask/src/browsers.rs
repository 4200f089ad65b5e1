//! The browsers of the tests and their drivers: found on the `PATH`, or installed from Debian's packages.

use std::fs;
use std::path::PathBuf;

use crate::Result;
use crate::debian::find_or_install;
use crate::process::root;
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

const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const FIREFOX: [&str; 2] = ["firefox-esr", "firefox"];

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
