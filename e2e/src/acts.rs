//! What a person does on the page beyond pressing and typing: choosing, ticking, keys that no control has, addresses.

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use http::Method;
use serde_json::json;

use crate::session::Raw;
use crate::{Key, Page};

impl Page {
    /// Chooses the option with this text from a list.
    ///
    /// # Errors
    /// If the list or the option is not there.
    pub async fn choose(&self, list: &str, option: &str) -> Result<()> {
        let element = self.by_role("combobox", list).await?;
        element.select_by_label(option).await.with_context(|| format!("`{list}` does not offer `{option}`"))
    }

    /// Presses the checkbox with this name.
    ///
    /// # Errors
    /// If it is not there or something covers it.
    pub async fn tick(&self, name: &str) -> Result<()> {
        self.click("checkbox", name).await
    }

    /// Presses a key while nothing in particular has the focus.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn type_key(&self, value: char) -> Result<()> {
        self.script("document.activeElement?.blur()", vec![]).await?;
        let keyboard = KeyActions::new("keyboard".to_owned());
        Ok(self.client.perform_actions(keyboard.then(KeyAction::Down { value }).then(KeyAction::Up { value })).await?)
    }

    /// Presses a key where the focus is.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn press_key(&self, key: Key) -> Result<()> {
        let value = char::from(key);
        let keyboard = KeyActions::new("keyboard".to_owned());
        Ok(self.client.perform_actions(keyboard.then(KeyAction::Down { value }).then(KeyAction::Up { value })).await?)
    }

    /// Waits until the element with this role and name says this, among other things.
    ///
    /// # Errors
    /// If it does not come to say it.
    pub async fn says(&self, role: &str, name: &str, part: &str) -> Result<()> {
        self.wait_for(&format!("`{part}` in `{name}`"), async || {
            let text = self.text(role, name).await?;
            ensure!(text.contains(part), "`{name}` says `{text}`");
            Ok(())
        })
        .await
    }

    /// Waits until the page's address has this in its fragment.
    ///
    /// # Errors
    /// If it does not come to have it.
    pub async fn fragment_has(&self, part: &str) -> Result<()> {
        self.wait_for(&format!("`{part}` in the address"), async || {
            let fragment = self.fragment().await?;
            ensure!(fragment.contains(part), "the address ends with `{fragment}`");
            Ok(())
        })
        .await
    }

    /// Goes to another fragment of the page's address.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn go_to(&self, fragment: &str) -> Result<()> {
        self.script("location.hash = arguments[0]", vec![fragment.into()]).await.map(drop)
    }

    /// The fragment of the page's address, with its `#`.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn fragment(&self) -> Result<String> {
        Ok(self.script("return location.hash", vec![]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Opens another tab at an address, and goes there.
    ///
    /// # Errors
    /// If the browser opens none.
    pub async fn open_tab(&self, url: &str) -> Result<()> {
        let tab = self.client.new_window(true).await?;
        self.client.switch_to_window(tab.handle).await?;
        self.open(url).await
    }

    /// Closes the tab, and goes to the first one.
    ///
    /// # Errors
    /// If it was the last.
    pub async fn close_tab(&self) -> Result<()> {
        self.client.close_window().await?;
        let first = self.client.windows().await?.into_iter().next().context("no tab is left")?;
        Ok(self.client.switch_to_window(first).await?)
    }

    /// Goes into the one frame of the page, or of the frame where one is: all else is looked for within it from then on.
    ///
    /// # Errors
    /// There is none.
    pub async fn enter_frame(&self) -> Result<()> {
        let frame = self.client.find(Locator::Css("iframe")).await.context("there is no frame")?;
        Ok(frame.enter_frame().await?)
    }

    /// Goes out of all frames.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn leave_frames(&self) -> Result<()> {
        let body = Some(json!({ "id": null }));
        Ok(self.client.issue_cmd(Raw { method: Method::POST, path: "frame".to_owned(), body }).await.map(drop)?)
    }
}
