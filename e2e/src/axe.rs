//! The rules of accessibility of axe-core, applied to the page as it stands.

use std::env;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::Page;

/// Rules that axe leaves out unless they are asked for: a name must hold what is read on the control, captions, headings and the heads of
/// tables must be marked as such.
const FURTHER_RULES: [&str; 4] = ["label-content-name-mismatch", "table-fake-caption", "td-has-header", "p-as-heading"];

/// The rule on how small a thing to press may be. It counts only what is not covered, so it cannot judge a page that something floats over.
const SIZE_RULE: &str = "target-size";

/// What axe is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The rules that it applies by itself, best practices included, and some further ones.
    All,
    /// These, and how large the things to press are: where nothing floats over the page.
    Uncovered,
    /// Only whether texts stand out from what is behind them.
    Contrast,
}

impl Asked {
    fn options(self) -> Value {
        if self == Self::Contrast {
            return json!({ "resultTypes": ["violations"], "runOnly": ["color-contrast"] });
        }
        let rules = FURTHER_RULES.into_iter().chain((self == Self::Uncovered).then_some(SIZE_RULE));
        let further = rules.map(|rule| (rule.to_owned(), json!({ "enabled": true }))).collect();
        json!({ "resultTypes": ["violations"], "rules": Value::Object(further) })
    }
}

impl Page {
    /// What axe complains of: rule, sentence, and each element with what is wrong about it.
    ///
    /// # Errors
    /// If axe is not there or does not answer.
    pub async fn violations(&self, asked: Asked) -> Result<Vec<String>> {
        // It stays in a page that goes from one state to the next, and is a large text to send.
        let is_there = self.script("return typeof axe === 'object'", vec![]).await?;
        if is_there != true {
            let file = env::var_os("THETAHAT_AXE").context("no axe: `cargo xtask test e2e` fetches and names it")?;
            let axe = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            self.script(&format!("{axe};\nwindow.axe = axe; return null;"), vec![])
                .await
                .context("axe does not load")?;
        }
        let run = "return axe.run(document, arguments[0])";
        let found = self.script(run, vec![asked.options()]).await.context("axe does not run")?;
        let passed = found["passes"].as_array().map_or(0, Vec::len);
        ensure!(passed > 0 && found["violations"].is_array(), "axe found nothing at all to look at");
        Ok(found["violations"].as_array().into_iter().flatten().flat_map(sentences).collect())
    }
}

/// One line for each element that breaks a rule.
fn sentences(violation: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let (rule, help) = (text(&violation["id"]), text(&violation["help"]));
    let nodes = violation["nodes"].as_array().into_iter().flatten();
    nodes
        .map(|node| {
            format!("{rule} ({help}): {} | {} | {}", node["target"], text(&node["html"]), text(&node["failureSummary"]))
        })
        .collect()
}
