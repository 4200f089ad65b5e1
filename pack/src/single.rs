//! The whole page in one file, for a memory stick or a room without a network: opened as a file, where browsers load no modules and workers no scripts.
//!
//! The engine's script stands in the page as a plain script, and the page makes its worker of it; everything else stands in it compressed, and
//! `src/alone.js` hands it out to whoever fetches it.

use std::fmt::Write;
use std::io::{self, Write as _};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::policy::seal_alone;
use crate::{Error, Site, between, lean, replaced};

/// The page as one file, with all files of the site in it. Links that it makes begin with `address`, if there is one: what they open is the page that is served there.
///
/// # Errors
/// The page is none of ours, or the address is none.
pub fn alone(site: &Site, address: Option<&str>) -> Result<String, Error> {
    let first = format!("{}{}", site.hand_out, site.first);
    let app = classic(&site.script)?;
    fits("first.js", &first)?;
    let mut head = format!("<script>{first}</script>");
    if let Some(address) = address {
        let is_address = (address.starts_with("https://") || address.starts_with("http://"))
            && !address.contains(['"', '<', '>', '&', '#', ' ']);
        if !is_address {
            return Err(Error::Address(address.to_owned()));
        }
        head = format!("<link rel=\"canonical\" href=\"{address}\" />\n    {head}");
    }
    let mut page = replaced(&site.page, "<script src=\"first.js\"></script>", &head, "script of first.js")?;
    for (start, end) in
        [("<link rel=\"manifest\"", ">"), ("<link rel=\"modulepreload\"", ">"), ("<link rel=\"preload\"", ">")]
    {
        let link = format!("{start}{}{end}", between(&page, start, end)?);
        page = replaced(&page, &link, "", start)?;
    }
    let mut body = format!("<script id=\"app\">{app}</script>\n");
    for (name, bytes) in &site.files {
        // A string takes everything that is written to it.
        let _ = writeln!(body, "<script type=\"application/gzip\" id=\"file:{name}\">{}</script>", packed(bytes));
    }
    page = replaced(&page, "</body>", &format!("{body}</body>"), "</body>")?;
    seal_alone(&page, &[&first, &app])
}

/// The engine's script as one that is no module: it leaves what it exports in a variable. `first.js` does the same where it has to.
fn classic(script: &str) -> Result<String, Error> {
    const EXPORT: &str = "export{initSync,__wbg_init as default}";
    let plain = lean::script(script).replace("export class ", "class ");
    let plain = replaced(&plain, EXPORT, "return{default:__wbg_init}", EXPORT)?;
    // only the end of it counts: files are known by their names
    let plain = plain.replace("import.meta.url", "\"file:///app.js\"");
    let whole = format!("globalThis.thetahatApp = (() => {{{plain}\n}})();");
    fits("the engine's script", &whole)?;
    Ok(whole)
}

/// Whether a script may stand within the page.
fn fits(what: &'static str, script: &str) -> Result<(), Error> {
    ["</script", "<!--", "<script"]
        .into_iter()
        .find(|end| script.contains(end))
        .map_or(Ok(()), |end| Err(Error::EndsScript(what, end)))
}

fn packed(bytes: &[u8]) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    let gzip: io::Result<Vec<u8>> = encoder.write_all(bytes).and_then(|()| encoder.finish());
    STANDARD.encode(gzip.unwrap_or_default())
}
