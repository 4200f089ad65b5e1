//! The page as a package for learning platforms, by the rules of SCORM 1.2: a zip file with the page, and a manifest that says what is in it.
//!
//! The page is that of any web server. What makes it look for a platform is a mark that its first script leaves (`src/scorm.js`); so whatever address a platform
//! opens it under, it knows, and nothing has to be passed on. The schemas that a package may bring along are left out: platforms have their own.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::{Error, lean};

/// Where the page opens: the text in `src/scorm.js` that an assignment is added to.
const OPENS: &str = "#lessons&v=2";
/// The script that the page begins with.
const FIRST: &str = "first.js";
/// What keeps the page for visits without a network. A platform hands out its own copy, and whoever is not connected has no platform.
const SERVICE_WORKER: &str = "sw.js";

/// The package of a page with these files: their paths, and their bytes. It opens with the assignment of this link, or else with all lessons.
///
/// # Errors
/// The page is none of ours, or the link has no assignment.
pub fn scorm(files: &[(String, Vec<u8>)], task: Option<&str>) -> Result<Vec<u8>, Error> {
    let task = task.map(assignment).transpose()?;
    let mut files: Vec<(&str, Vec<u8>)> = files
        .iter()
        .filter(|(name, _)| name != SERVICE_WORKER)
        .map(|(name, bytes)| (name.as_str(), bytes.clone()))
        .collect();
    for name in ["index.html", FIRST] {
        let file = files.iter_mut().find(|(known, _)| *known == name).ok_or(Error::Missing(name))?;
        if name == FIRST {
            file.1 = [beginning(task).as_bytes(), &file.1].concat();
        }
    }
    files.sort();
    let manifest = manifest(&files, task.is_some());
    let written = zipped([("imsmanifest.xml", manifest.into_bytes())].into_iter().chain(files));
    // writing into memory fails where there is no memory left
    written.map_err(|_| Error::TooLarge)
}

/// What a package's first script begins with.
fn beginning(task: Option<&str>) -> String {
    let opens = task.map_or_else(|| OPENS.to_owned(), |task| format!("{OPENS}&task={task}"));
    lean::script(include_str!("../../src/scorm.js")).replace(OPENS, &opens)
}

/// The assignment in a link: a word for what it is, how many letters follow, and these. Whether it is whole the page says.
fn assignment(link: &str) -> Result<&str, Error> {
    let found = link.rsplit_once("task=").map_or(link, |(_, task)| task);
    let text = found.split('&').next().unwrap_or_default().trim();
    let mut parts = text.splitn(3, '.');
    let (kind, count, letters) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
    let is_kind = kind.is_some_and(|kind| kind.len() == 2 && kind.starts_with('A'));
    let is_whole = count.and_then(|count| count.parse().ok()) == Some(letters.len());
    let is_plain = letters.bytes().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_'));
    if is_kind && is_whole && is_plain { Ok(text) } else { Err(Error::Task(link.to_owned())) }
}

/// The manifest: one thing to learn, which is the page, and its files.
fn manifest(files: &[(&str, Vec<u8>)], is_assignment: bool) -> String {
    let mut hash = Sha256::new();
    for (name, bytes) in files {
        hash.update(name);
        hash.update(bytes);
    }
    // packages with other contents are others to a platform
    let mark: String = hash.finalize().iter().take(6).fold(String::new(), |mark, byte| format!("{mark}{byte:02x}"));
    let title = if is_assignment { "thetahat: an assignment" } else { "thetahat: lessons" };
    let mut listed = String::new();
    for (name, _) in files {
        // a string takes everything that is written to it
        let _ = writeln!(listed, "      <file href=\"{}\"/>", escaped(name));
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="thetahat-{mark}" version="1.0"
    xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="lecture">
    <organization identifier="lecture">
      <title>{title}</title>
      <item identifier="page" identifierref="files" isvisible="true">
        <title>{title}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="files" type="webcontent" adlcp:scormtype="sco" href="index.html">
{listed}    </resource>
  </resources>
</manifest>
"#
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn zipped<'a>(files: impl Iterator<Item = (&'a str, Vec<u8>)>) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // no times and no owners, so that the same page is the same package
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(9));
    for (name, bytes) in files {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
