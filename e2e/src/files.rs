//! What leaves the page: files that it saves and text that it copies, taken from where a person finds them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;

use crate::Page;

/// How browsers call files that have not arrived in full.
const UNFINISHED: [&str; 3] = ["crdownload", "part", "tmp"];

impl Page {
    /// A file that the page has saved: its bytes, as soon as they have arrived. It is taken out of the folder, so that the next one of
    /// its name can come.
    ///
    /// # Errors
    /// If it does not come.
    pub async fn downloaded(&self, name: &str) -> Result<Vec<u8>> {
        let (found, bytes) = self.any_download(&format!("the file {name}"), |found| found == name).await?;
        fs::remove_file(&found).with_context(|| format!("cannot remove {}", found.display()))?;
        Ok(bytes)
    }

    /// The same of a file of which only the end of its name is known.
    ///
    /// # Errors
    /// If it does not come.
    pub async fn downloaded_like(&self, end: &str) -> Result<Vec<u8>> {
        let (found, bytes) = self.any_download(&format!("a file …{end}"), |found| found.ends_with(end)).await?;
        fs::remove_file(&found).with_context(|| format!("cannot remove {}", found.display()))?;
        Ok(bytes)
    }

    /// The only file that was saved, if that is its name.
    async fn any_download(&self, what: &str, is_it: impl Fn(&str) -> bool) -> Result<(PathBuf, Vec<u8>)> {
        self.wait_for(what, async || {
            let mut files = Vec::new();
            for entry in fs::read_dir(&self.downloads)? {
                files.push(entry?.path());
            }
            let is_unfinished = |extension: &str| UNFINISHED.contains(&extension);
            let unfinished =
                files.iter().any(|file| file.extension().and_then(|end| end.to_str()).is_some_and(is_unfinished));
            let name = |file: &PathBuf| file.file_name().and_then(|name| name.to_str()).is_some_and(&is_it);
            ensure!(!unfinished && files.len() == 1 && name(&files[0]), "saved are {files:?}");
            let bytes = fs::read(&files[0])?;
            ensure!(!bytes.is_empty(), "{} is empty", files[0].display());
            Ok((files[0].clone(), bytes))
        })
        .await
    }

    /// What is on the clipboard, pasted into a field that is made for it and taken away.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn clipboard(&self) -> Result<String> {
        let make = "const field = document.createElement('textarea');
            field.setAttribute('aria-label', 'Paste here');
            field.dataset.pasted = '';
            document.body.append(field);";
        self.script(make, vec![]).await?;
        let field = self.client.find(Locator::Css("[data-pasted]")).await?;
        field.send_keys(&format!("{}v", char::from(Key::Control))).await?;
        let text = field.prop("value").await?.unwrap_or_default();
        self.script("document.querySelector('[data-pasted]').remove()", vec![]).await?;
        Ok(text)
    }

    /// Selects a paragraph, the first `tag` inside the element with this role and name, by pressing three times on it, and gives what is
    /// selected.
    ///
    /// # Errors
    /// If it is not there.
    pub async fn select_paragraph(&self, role: &str, name: &str, tag: &str) -> Result<String> {
        let element = self.by_role(role, name).await?.find(Locator::Css(tag)).await?;
        let to = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        let mut mouse = MouseActions::new("mouse".to_owned()).then(to);
        for _ in 0..3 {
            mouse = mouse
                .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
                .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        }
        self.client.perform_actions(mouse).await?;
        let selected = self.script("return getSelection().toString().trim()", vec![]).await?;
        Ok(selected.as_str().unwrap_or_default().to_owned())
    }
}
