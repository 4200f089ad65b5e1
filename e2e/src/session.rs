//! One browser session on the page: opened with nothing else reachable, and closed whatever happens.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::task::Poll;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::timeout;
use url::{ParseError, Url};

use crate::driver::Driver;
use crate::folders::Folders;
use crate::server::Site;
use crate::{Browser, Page, repository};

/// Generous: it only ends what would never end.
const LIMIT: Duration = Duration::from_mins(3);

/// How the page is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The browser.
    pub browser: Browser,
    /// Width of the view, in CSS pixels.
    pub width: u32,
    /// Height of the view, in CSS pixels.
    pub height: u32,
    /// Whether the system prefers the dark theme.
    pub dark: bool,
    /// Whether the browser has WebAssembly.
    pub webassembly: bool,
    /// The content security policy of the host, if it is another than the page's own.
    pub policy: Option<&'static str>,
}

impl Options {
    /// A laptop's view in the light theme.
    pub fn new(browser: Browser) -> Self {
        Self { browser, width: 1280, height: 800, dark: false, webassembly: true, policy: None }
    }
}

/// A WebDriver command that fantoccini does not know.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Option<Value>,
}

impl WebDriverCompatibleCommand for Raw {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(Value::to_string))
    }
}

/// Opens the built page, runs `body` on it, closes the browser, and only then reports.
///
/// # Errors
/// What `body` says; or what the page did that no page of ours may do: an error or a warning in the console, a request for a
/// file that is not there, something that its policy refuses, such as a request to another host.
pub fn with_page(options: Options, body: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    with_page_in(&repository().join("dist"), options, body)
}

/// [`with_page`] for the page in the folder `dist`.
///
/// # Errors
/// The same.
pub fn with_page_in(dist: &Path, options: Options, body: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let site = Site::serve(dist, options.policy)?;
    let folders = Folders::take(options.browser)?;
    let driver = Driver::start(options.browser)?;
    runtime.block_on(async {
        let client = connect(options, &driver, &site, &folders).await.context("the browser did not start")?;
        let page = Page::new(client.clone(), options.browser, folders.downloads().to_path_buf());
        let result = timeout(LIMIT, visit(&page, options, &site, body)).await;
        let errors = page.console_errors(&driver).await;
        client.close().await.context("the browser was not closed")?;
        result.with_context(|| format!("not done after {LIMIT:?}")).flatten()?;
        let errors = errors?;
        ensure!(errors.is_empty(), "errors or warnings in the console: {errors:#?}");
        ensure!(site.missing().is_empty(), "requests for what is not there: {:#?}", site.missing());
        ensure!(site.violations().is_empty(), "refused by the policy: {:#?}", site.violations());
        Ok(())
    })
}

async fn visit(page: &Page, options: Options, site: &Site, body: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    page.set_view(options.width, options.height).await?;
    page.set_theme(options.dark).await?;
    page.keep_downloads().await?;
    page.open(&site.url()).await?;
    // A failed `assert!` must not get past the closing of the browser.
    let mut body = Box::pin(body(page));
    poll_fn(|context| {
        catch_unwind(AssertUnwindSafe(|| body.as_mut().poll(context)))
            .unwrap_or_else(|_| Poll::Ready(Err(anyhow!("the test panicked; its message is above"))))
    })
    .await
}

async fn connect(options: Options, driver: &Driver, site: &Site, folders: &Folders) -> Result<Client> {
    let capabilities = match options.browser {
        Browser::Chromium => chromium(options),
        Browser::Firefox => firefox(options, site, folders),
        Browser::WebKit => webkit(site),
    };
    let mut map = Capabilities::new();
    if let Value::Object(entries) = capabilities {
        map.extend(entries);
    }
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(map);
    Ok(builder.connect(driver.url()).await?)
}

/// What the browser asks for on its own is switched off as far as it can be, and no name of another host can be resolved.
fn chromium(options: Options) -> Value {
    json!({
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": Browser::Chromium.program(),
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-sync",
                "--no-first-run",
                "--force-color-profile=srgb",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                if options.webassembly { "--js-flags=" } else { "--js-flags=--jitless" },
            ],
        },
    })
}

/// Requests to other hosts go to the site as their proxy, which refuses them.
fn firefox(options: Options, site: &Site, folders: &Folders) -> Value {
    json!({
        "proxy": { "proxyType": "manual", "httpProxy": site.authority(), "sslProxy": site.authority() },
        "moz:firefoxOptions": {
            "binary": Browser::Firefox.program(),
            "args": ["-headless", "-profile", folders.profile()],
            "prefs": {
                // The page's console and its uncaught errors go to the standard output, where the driver's guard reads them.
                "devtools.console.stdout.content": true,
                "devtools.console.stdout.chrome": false,
                "browser.dom.window.dump.enabled": true,
                "javascript.options.wasm": options.webassembly,
                "layout.css.prefers-color-scheme.content-override": i32::from(!options.dark),
                // 2 is the folder that the next line names.
                "browser.download.folderList": 2,
                "browser.download.dir": folders.downloads(),
                "browser.download.always_ask_before_handling_new_types": false,
                "browser.download.alwaysOpenPanel": false,
                // What would start beside the page, and is not looked at: processes in advance, for media, for sockets and for drawing.
                "dom.ipc.processPrelaunch.enabled": false,
                "dom.ipc.processCount": 1,
                "browser.newtab.preload": false,
                "media.rdd-process.enabled": false,
                "media.utility-process.enabled": false,
                "network.process.enabled": false,
                "layers.gpu-process.enabled": false,
            },
        },
    })
}

/// Requests to other hosts go to the site, as with Firefox. Downloads, the dark theme and a page without WebAssembly cannot be had here.
fn webkit(site: &Site) -> Value {
    json!({
        "proxy": { "proxyType": "manual", "httpProxy": site.authority(), "sslProxy": site.authority() },
        "webkitgtk:browserOptions": {
            "binary": Browser::WebKit.program(),
            // The page's console goes to the standard output, where the driver's guard reads it.
            "args": ["--automation", "--enable-write-console-messages-to-stdout=true"],
        },
    })
}
