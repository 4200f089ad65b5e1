//! The console of the browser: the errors and warnings of a page, which none of ours may give cause for.

use anyhow::Result;
use http::Method;
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::session::Raw;
use crate::{Browser, Page};

/// Everything that Firefox has to say of scripts and styles: where from, and what. Bit 8 is for what is not worth a warning.
const SAID: &str = "
    return Services.console.getMessageArray()
        .filter(message => message instanceof Ci.nsIScriptError && !(message.flags & 8))
        .map(message => [message.sourceName, message.errorMessage]);";

impl Page {
    /// The errors and warnings in the page's console and in those of its workers, uncaught errors included.
    pub(crate) async fn console_errors(&self, driver: &Driver) -> Result<Vec<String>> {
        match self.browser() {
            Browser::Chromium => {
                let log = self.command("se/log", json!({ "type": "browser" })).await?;
                let entries = log.as_array().cloned().unwrap_or_default();
                let errors = entries.iter().filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING");
                Ok(errors.map(|entry| entry["message"].to_string()).collect())
            }
            Browser::Firefox => {
                self.command("moz/context", json!({ "context": "chrome" })).await?;
                let said = self.script(SAID, vec![]).await?;
                let of_a_page = |entry: &&Value| {
                    let source = entry[0].as_str().unwrap_or_default();
                    ["http:", "blob:"].iter().any(|start| source.starts_with(start))
                };
                let raised = said.as_array().into_iter().flatten().filter(of_a_page).map(Value::to_string);
                let logged = driver.output().into_iter().filter(|line| is_logged_by_a_page(line));
                Ok(raised.chain(logged).collect())
            }
            Browser::WebKit => {
                let is_bad =
                    |line: &String| line.contains("CONSOLE") && (line.contains(" ERROR ") || line.contains(" WARN "));
                Ok(driver.output().into_iter().filter(is_bad).collect())
            }
        }
    }

    async fn command(&self, path: &str, body: Value) -> Result<Value> {
        let command = Raw { method: Method::POST, path: path.to_owned(), body: Some(body) };
        Ok(self.client.issue_cmd(command).await?)
    }
}

/// What a page logs is printed by Firefox as JavaScript source, so that texts stand in quotes and objects in parentheses; its own services
/// log names and plain text.
fn is_logged_by_a_page(line: &str) -> bool {
    let said = line.strip_prefix("console.error: ").or_else(|| line.strip_prefix("console.warn: "));
    said.is_some_and(|said| said.starts_with(['"', '(']))
}
