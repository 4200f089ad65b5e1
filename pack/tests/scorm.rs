//! The package for learning platforms: it has every file of the page, a manifest that lists them, and a first script that says so.

use std::io::{Cursor, Read};

use thetahat_pack::{Error, scorm};
use zip::ZipArchive;

const TASK: &str = "A1.6.AA-_09";
const ELEMENTS: &str = "http://www.imsproject.org/xsd/imscp_rootv1p1p2";
const ADL: &str = "http://www.adlnet.org/xsd/adlcp_rootv1p2";

fn page() -> Vec<(String, Vec<u8>)> {
    let files =
        [("snippets/a&b-0.wasm", "\0asm"), ("index.html", "<p>"), ("sw.js", "keep();"), ("first.js", "start();\n")];
    files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
}

/// The names and texts of a package.
fn unpacked(package: &[u8]) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(Cursor::new(package)).expect("a zip file");
    let mut files = Vec::new();
    for place in 0..zip.len() {
        let mut file = zip.by_index(place).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("its text");
        files.push((file.name().expect("a name").into_owned(), text));
    }
    files
}

#[test]
fn a_package_lists_all_that_it_has() {
    let files = unpacked(&scorm(&page(), None).expect("a package"));
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["imsmanifest.xml", "first.js", "index.html", "snippets/a&b-0.wasm"]);
    let manifest = roxmltree::Document::parse(&files[0].1).expect("XML");
    let all = |name: &'static str| manifest.descendants().filter(move |node| node.has_tag_name((ELEMENTS, name)));
    let one = |name| {
        let found: Vec<_> = all(name).collect();
        assert_eq!(found.len(), 1, "{name}");
        found[0]
    };
    let listed: Vec<_> = all("file").filter_map(|node| node.attribute("href")).collect();
    assert_eq!(listed, names[1..]);
    let (resource, item) = (one("resource"), one("item"));
    assert_eq!(resource.attribute((ADL, "scormtype")), Some("sco"));
    assert_eq!((resource.attribute("href"), resource.attribute("type")), (Some("index.html"), Some("webcontent")));
    assert_eq!(item.attribute("identifierref"), resource.attribute("identifier"));
    assert_eq!(one("organizations").attribute("default"), one("organization").attribute("identifier"));
    assert_eq!((one("schema").text(), one("schemaversion").text()), (Some("ADL SCORM"), Some("1.2")));
}

#[test]
fn the_first_script_says_that_there_is_a_platform_and_what_opens() {
    let first = |task: Option<&str>| unpacked(&scorm(&page(), task).expect("a package"))[1].1.clone();
    let plain = first(None);
    assert!(plain.starts_with("globalThis.thetahatPlatform=true;"), "{plain}");
    assert!(plain.contains("\"#lessons&v=2\"") && plain.trim_end().ends_with("start();"), "{plain}");
    for link in
        [TASK.to_owned(), format!("https://x.y/z/#lessons&v=2&task={TASK}"), format!("#task={TASK}&lesson=loop")]
    {
        let first = first(Some(&link));
        assert!(first.contains(&format!("\"#lessons&v=2&task={TASK}\"")), "{first}");
    }
}

#[test]
fn what_is_no_link_to_an_assignment_is_refused() {
    let cut = &TASK[..TASK.len() - 1];
    for wrong in ["", "https://x.y/#lab&v=2", cut, "H1.6.AA-_09", "A1.3.\"+x", "https://x.y/#task=", "A1.6"] {
        assert_eq!(scorm(&page(), Some(wrong)), Err(Error::Task(wrong.to_owned())));
    }
    assert_eq!(scorm(&page()[..2], None), Err(Error::Missing("first.js")));
}

#[test]
fn the_same_page_is_the_same_package() {
    let package = scorm(&page(), None).expect("a package");
    assert_eq!(scorm(&page(), None), Ok(package.clone()));
    let mark = |package: &[u8]| unpacked(package)[0].1.split("thetahat-").nth(1).map(|after| after[..12].to_owned());
    assert_ne!(mark(&package), mark(&scorm(&page(), Some(TASK)).expect("a package")));
}
