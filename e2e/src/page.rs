//! The page as a person meets it: things found by role and accessible name, keys, the pointer, and what can be read.

use std::cell::Cell;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fantoccini::Client;
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use http::Method;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::Browser;
use crate::session::Raw;

/// Where the page is, and how what it says begins.
const PLACE: &str = "return `${location.hash.slice(0, 300)}: ${document.body.innerText.slice(0, 400)}`";

/// How long something may take to show before it counts as missing. No test asserts a time; this only ends the waiting.
const PATIENCE: Duration = Duration::from_mins(1);

/// Counts the colours on all canvases of the figure `arguments[0]` and folds their pixels into a number (FNV-1a, 32 bits).
const DRAWING: &str = "
    const figure = arguments[0];
    const canvases = figure.matches('canvas') ? [figure] : [...figure.querySelectorAll('canvas')];
    const colours = new Set();
    let digest = 2166136261;
    for (const canvas of canvases) {
        if (canvas.width === 0 || canvas.height === 0) continue;
        const copy = document.createElement('canvas');
        [copy.width, copy.height] = [canvas.width, canvas.height];
        const context = copy.getContext('2d');
        context.drawImage(canvas, 0, 0);
        for (const colour of new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer)) {
            colours.add(colour);
            digest = Math.imul(digest ^ colour, 16777619) >>> 0;
        }
    }
    return canvases.length === 0 ? [] : [colours.size, digest];";

/// Under which name WebDriver's answers hold an element's identifier (W3C, *WebDriver*, "web element identifier").
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The elements that match the selector `arguments[0]` and have every character of the name `arguments[1]`, in its order, in the texts that names are made of;
/// and the texts of the others. The browser is then asked for the roles and names of few, since each is a command of its own.
const CANDIDATES: &str = "
    const texts = element => [
        ...['aria-label', 'title', 'alt', 'placeholder', 'value'].map(name => element.getAttribute(name) ?? ''),
        element.textContent,
    ];
    const sources = element => [
        element,
        ...element.querySelectorAll('[aria-label], [title], [alt]'),
        ...(element.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean).map(id => document.getElementById(id)),
        ...(element.labels ?? []),
        ...(element.tagName === 'FIELDSET' ? element.querySelectorAll('legend') : []),
    ].filter(source => source);
    const squeezed = text => text.replace(/\\s+/g, '').toLowerCase();
    const wanted = [...squeezed(arguments[1])];
    const found = [], others = [];
    for (const element of document.querySelectorAll(arguments[0])) {
        const text = sources(element).flatMap(texts).join(' ');
        let at = 0;
        for (const character of squeezed(text)) if (character === wanted[at]) at += 1;
        if (at === wanted.length) found.push(element);
        else others.push(text.replace(/\\s+/g, ' ').trim().slice(0, 80));
    }
    return [found, others];";

/// What is drawn on the canvases of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// How many different colours it has; 1 or 0 means that nothing is drawn.
    pub colours: u64,
    /// A number that differs where a pixel differs.
    pub digest: u64,
}

/// An open page.
pub struct Page {
    pub(crate) client: Client,
    browser: Browser,
    pub(crate) downloads: PathBuf,
    patience: Cell<Duration>,
}

impl Page {
    pub(crate) fn new(client: Client, browser: Browser, downloads: PathBuf) -> Self {
        Self { client, browser, downloads, patience: Cell::new(PATIENCE) }
    }

    /// The browser that shows it.
    pub fn browser(&self) -> Browser {
        self.browser
    }

    /// Waits no longer than this from now on: for what is not going to come.
    pub fn wait_at_most(&self, patience: Duration) {
        self.patience.set(patience);
    }

    /// Opens another address, with the console as it was.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| format!("cannot open {url}"))
    }

    /// Waits for `what` until `look` finds it.
    ///
    /// # Errors
    /// What `look` said last, if it still has found nothing when patience is at its end.
    pub async fn wait_for<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Result<T>) -> Result<T> {
        let started = Instant::now();
        loop {
            match look().await {
                Ok(found) => return Ok(found),
                Err(error) if started.elapsed() > self.patience.get() => {
                    let place = self.script(PLACE, vec![]).await.unwrap_or_default();
                    return Err(error.context(format!("waited for {what}, where there is {place}")));
                }
                Err(_) => sleep(Duration::from_millis(30)).await,
            }
        }
    }

    /// The one element with this role and this accessible name, as the browser computes both; waits for it to appear.
    ///
    /// # Errors
    /// If there is none, or more than one.
    pub async fn by_role(&self, role: &str, name: &str) -> Result<Element> {
        self.wait_for(&format!("the {role} `{name}`"), async || self.find_by_role(role, name).await).await
    }

    async fn find_by_role(&self, role: &str, name: &str) -> Result<Element> {
        let candidates = self.script(CANDIDATES, vec![selector(role)?.into(), name.into()]).await?;
        let possible = candidates[0].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut found = Vec::new();
        for id in possible.iter().filter_map(|element| element[ELEMENT].as_str()) {
            let element = Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()));
            if is_role(&self.computed(&element, "computedrole").await?, role)
                && self.computed(&element, "computedlabel").await? == name
            {
                found.push(element);
            }
        }
        ensure!(found.len() < 2, "{} elements have the role {role} and the name `{name}`", found.len());
        found.pop().with_context(|| format!("no {role} is named `{name}`; there are {}", candidates[1]))
    }

    async fn computed(&self, element: &Element, property: &str) -> Result<String> {
        let path = format!("element/{}/{property}", element.element_id().as_ref());
        match self.client.issue_cmd(Raw { method: Method::GET, path, body: None }).await {
            Ok(value) => Ok(value.as_str().unwrap_or_default().to_owned()),
            // WebKit's driver has no answer for what is hidden, where the others answer with nothing.
            Err(_) if self.browser == Browser::WebKit => Ok(String::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// The text of the one element with this role and name, as it is seen.
    ///
    /// # Errors
    /// If it is not there.
    pub async fn text(&self, role: &str, name: &str) -> Result<String> {
        let element = self.by_role(role, name).await?;
        if self.browser != Browser::WebKit {
            return Ok(element.text().await?);
        }
        // WebKit's driver leaves the ends of lines out.
        let text = self.script("return arguments[0].innerText", vec![serde_json::to_value(&element)?]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Everything that can be read on the page.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn all_text(&self) -> Result<String> {
        let text = self.client.execute("return document.body.innerText", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The current value of a form control.
    ///
    /// # Errors
    /// If it has none.
    pub async fn value(&self, role: &str, name: &str) -> Result<String> {
        let element = self.by_role(role, name).await?;
        let value = element.prop("value").await?;
        value.with_context(|| format!("the {role} `{name}` has no value"))
    }

    /// An attribute of the one element with this role and name, or the empty text.
    ///
    /// # Errors
    /// If the element is not there.
    pub async fn attribute(&self, role: &str, name: &str, attribute: &str) -> Result<String> {
        Ok(self.by_role(role, name).await?.attr(attribute).await?.unwrap_or_default())
    }

    /// What a screen reader says of a field that is invalid: the text of its error message.
    ///
    /// # Errors
    /// If the field does not say that it is invalid, or says no reason.
    pub async fn complaint(&self, role: &str, name: &str) -> Result<String> {
        let element = self.by_role(role, name).await?;
        ensure!(element.attr("aria-invalid").await?.as_deref() == Some("true"), "`{name}` is not marked as invalid");
        let script = "const of = attribute => (arguments[0].getAttribute(attribute) ?? '').split(' ')
                          .map(id => document.getElementById(id)?.innerText ?? '').join(' ').trim();
                      return of('aria-errormessage') || of('aria-describedby');";
        let text = self.script(script, vec![serde_json::to_value(&element)?]).await?;
        let text = text.as_str().unwrap_or_default().to_owned();
        ensure!(!text.is_empty(), "`{name}` is invalid, but nothing says why");
        Ok(text)
    }

    /// Presses the button with this name, as soon as it is there, rests, and nothing covers it.
    ///
    /// # Errors
    /// If that does not come to be.
    pub async fn press(&self, name: &str) -> Result<()> {
        self.click("button", name).await
    }

    /// Clicks the one element with this role and name. One that is taken away between being found and being clicked is looked for again.
    pub(crate) async fn click(&self, role: &str, name: &str) -> Result<()> {
        self.wait_for(&format!("the {role} `{name}` to be clicked"), async || {
            let element = self.find_by_role(role, name).await?;
            self.show(&element).await?;
            element.click().await.with_context(|| format!("cannot click `{name}`"))
        })
        .await
    }

    /// Scrolls until an element is in the middle of the view, clear of the bar at the bottom.
    pub(crate) async fn show(&self, element: &Element) -> Result<()> {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.script(script, vec![serde_json::to_value(element)?]).await.map(drop)
    }

    /// Types into a field in place of what it holds, and leaves it.
    ///
    /// # Errors
    /// If the field is not there.
    pub async fn enter(&self, role: &str, name: &str, text: &str) -> Result<()> {
        let field = self.by_role(role, name).await?;
        let (control, delete, tab) = (char::from(Key::Control), char::from(Key::Delete), char::from(Key::Tab));
        field.send_keys(&format!("{control}a")).await?;
        field.send_keys(&format!("{delete}{text}{tab}")).await?;
        Ok(())
    }

    /// Sends keys to the element with this role and name.
    ///
    /// # Errors
    /// If it is not there.
    pub async fn keys(&self, role: &str, name: &str, key: Key, times: usize) -> Result<()> {
        let keys = char::from(key).to_string().repeat(times);
        Ok(self.by_role(role, name).await?.send_keys(&keys).await?)
    }

    /// Presses the pointer's button on a point of `element`, goes to another point in small moves, stays there for a moment, and lets go.
    /// Points are fractions of the element's width.
    ///
    /// It is one command to the driver, because chromedriver takes the pointer from a slider's thumb between two.
    ///
    /// # Errors
    /// If a point cannot be reached.
    pub async fn drag(&self, element: &Element, from: f64, to: f64) -> Result<()> {
        let (_, _, width, _) = element.rectangle().await?;
        // Offsets count from the element's middle.
        let at = |fraction: f64| PointerAction::MoveToElement {
            element: element.clone(),
            duration: Some(Duration::from_millis(25)),
            x: (fraction - 0.5) * width,
            y: 0.0,
        };
        let steps = 20;
        let way = (1..=steps).map(|step| at(from + (to - from) * f64::from(step) / f64::from(steps)));
        let mouse = MouseActions::new("mouse".to_owned());
        let mut mouse = mouse.then(at(from)).then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
        for step in way {
            mouse = mouse.then(step);
        }
        let stay = PointerAction::Pause { duration: Duration::from_millis(300) };
        let up = PointerAction::Up { button: MOUSE_BUTTON_LEFT };
        Ok(self.client.perform_actions(mouse.then(stay).then(up)).await?)
    }

    /// Presses the Tab key.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn tab(&self) -> Result<()> {
        let value = char::from(Key::Tab);
        let keyboard = KeyActions::new("keyboard".to_owned());
        Ok(self.client.perform_actions(keyboard.then(KeyAction::Down { value }).then(KeyAction::Up { value })).await?)
    }

    /// The accessible name of what has the focus.
    ///
    /// # Errors
    /// If nothing has it.
    pub async fn focused_name(&self) -> Result<String> {
        self.computed(&self.client.active_element().await?, "computedlabel").await
    }

    /// What the canvases of a figure show.
    ///
    /// # Errors
    /// If the figure is not there or holds no canvas.
    pub async fn drawing(&self, figure: &str) -> Result<Drawing> {
        let element = self.by_role("img", figure).await?;
        let seen = self.script(DRAWING, vec![serde_json::to_value(&element)?]).await?;
        let number =
            |index: usize| seen[index].as_u64().with_context(|| format!("the figure `{figure}` has no canvas"));
        Ok(Drawing { colours: number(0)?, digest: number(1)? })
    }

    /// Where the one slider with this name stands.
    ///
    /// # Errors
    /// If it is not there or has no number.
    pub async fn position(&self, slider: &str) -> Result<f64> {
        let element = self.by_role("slider", slider).await?;
        let value = match element.attr("aria-valuenow").await? {
            Some(value) => Some(value),
            None => element.prop("value").await?,
        };
        value.and_then(|value| value.parse().ok()).with_context(|| format!("the slider `{slider}` has no position"))
    }

    /// Runs a script in the page and gives what it returns.
    ///
    /// # Errors
    /// If the script fails.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }

    /// A picture of the view, as PNG.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// A picture of the page from its top to its end, as PNG. Only Chromium takes one.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn whole_picture(&self) -> Result<Vec<u8>> {
        let taken = self.devtools("Page.captureScreenshot", json!({ "captureBeyondViewport": true })).await?;
        let text = taken["data"].as_str().context("there is no picture in the answer")?;
        Ok(BASE64_STANDARD.decode(text)?)
    }

    /// Gives the view another size, in CSS pixels.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn set_view(&self, width: u32, height: u32) -> Result<()> {
        match self.browser {
            Browser::Chromium => {
                let metrics =
                    json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
                self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
            }
            Browser::Firefox | Browser::WebKit => {
                // The window is larger than the view by the browser's own bars, which only the browser knows.
                self.client.set_window_size(width, height).await?;
                let bars = self.script("return [outerWidth - innerWidth, outerHeight - innerHeight]", vec![]).await?;
                let bar = |index: usize| bars[index].as_u64().and_then(|size| u32::try_from(size).ok()).unwrap_or(0);
                self.client.set_window_size(width + bar(0), height + bar(1)).await?;
            }
        }
        Ok(())
    }

    /// Has Chromium show this many pixels of the display for a CSS pixel, in a view that is this wide: as with a window that is moved to another display.
    /// Firefox cannot be told while it runs. If only the ratio changes, Chromium's emulation tells the page nothing, unlike a real display.
    ///
    /// # Errors
    /// If the browser does not do it.
    pub async fn set_pixel_ratio(&self, ratio: f64, width: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": ratio, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    /// Makes Chromium behave as on a system with the dark or the light theme. Firefox is told when it starts.
    pub(crate) async fn set_theme(&self, dark: bool) -> Result<()> {
        if self.browser == Browser::Chromium {
            let scheme = if dark { "dark" } else { "light" };
            let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            self.devtools("Emulation.setEmulatedMedia", features).await?;
        }
        Ok(())
    }

    /// Has Chromium keep what a page saves without asking whether a program may be kept. Firefox is told when it starts.
    pub(crate) async fn keep_downloads(&self) -> Result<()> {
        if self.browser == Browser::Chromium {
            let keep = json!({ "behavior": "allow", "downloadPath": self.downloads });
            self.devtools("Browser.setDownloadBehavior", keep).await?;
        }
        Ok(())
    }

    async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        let body = Some(json!({ "cmd": command, "params": parameters }));
        Ok(self.client.issue_cmd(Raw { method: Method::POST, path: "goog/cdp/execute".to_owned(), body }).await?)
    }
}

/// A selector for whatever may have this role.
fn selector(role: &str) -> Result<&'static str> {
    Ok(match role {
        "alert" => "[role=alert]",
        "article" => "article",
        "checkbox" => "input[type=checkbox]",
        "dialog" => "dialog",
        "group" => "[role=group], fieldset",
        "list" => "ul, ol, [role=list]",
        "button" => "button, summary, [role=button], input[type=button]",
        "combobox" => "select, [role=combobox]",
        "img" => "img, svg, canvas, [role=img]",
        "log" => "[role=log]",
        "region" => "section, [role=region]",
        "slider" => "input[type=range], [role=slider]",
        "spinbutton" => "input[type=number], [role=spinbutton]",
        "status" => "output, [role=status]",
        "tab" => "[role=tab]",
        "textbox" => "textarea, input[type=text], [role=textbox]",
        "treegrid" => "[role=treegrid]",
        other => bail!("no selector is known for the role {other}"),
    })
}

/// ARIA 1.3 calls `img` also `image`; Chromium says the one, Firefox the other. WebKit calls a list to choose from a button.
fn is_role(computed: &str, role: &str) -> bool {
    computed == role || matches!((computed, role), ("image", "img") | ("button", "combobox"))
}
