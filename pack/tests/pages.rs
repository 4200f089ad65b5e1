//! What becomes of a built page: its policy names every script and style in it, and one file holds all that was several.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use thetahat_pack::{Error, Site, alone, lean, seal};

const PAGE: &str = r#"<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>thetahat</title>
    <script src="first.js"></script>
    <style>p { color: red }
</style>
    <style>a { color: blue }</style>
    <link rel="manifest" href="manifest.webmanifest" />
  <link rel="modulepreload" href="./app-0.js" crossorigin="anonymous">
<link rel="preload" href="./app-0_bg.wasm" as="fetch">
</head>
  <body><p>here</p></body>
</html>"#;

fn site() -> Site {
    Site {
        page: PAGE.to_owned(),
        first: "start(thetahatApp);".to_owned(),
        hand_out: "globalThis.fetch = take;\n".to_owned(),
        script: "export class A {\n}\nconst own = import.meta.url;\nexport { initSync, __wbg_init as default };\n"
            .to_owned(),
        files: vec![("app_bg.wasm".to_owned(), b"\0asm".to_vec())],
    }
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

fn policy(page: &str) -> &str {
    let (_, after) = page.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
    after.split_once('"').unwrap().0
}

/// The contents of all elements of this name that begin with these attributes.
fn elements<'a>(page: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    page.split(start).skip(1).filter_map(|after| Some(after.split_once(end)?.0)).collect()
}

#[test]
fn the_policy_names_the_style_and_allows_no_script_within_the_page() {
    let sealed = seal(PAGE).unwrap();
    let policy = policy(&sealed);
    for style in ["p{color:red}", "a{color:blue}"] {
        assert!(policy.contains(&hash(style)), "{policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    for rule in
        ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval';", "worker-src 'self' blob:", "base-uri 'none'"]
    {
        assert!(policy.contains(rule), "{rule} is not in {policy}");
    }
    assert_eq!(seal(&sealed).unwrap(), sealed, "once is enough");
    // what stands before it would be loaded without it
    assert!(sealed.find("Content-Security-Policy").unwrap() < sealed.find("<script").unwrap());
    // not allowed in a page, and reported by browsers
    for rule in ["frame-ancestors", "report-uri", "sandbox"] {
        assert!(!policy.contains(rule), "{rule}");
    }
}

#[test]
fn python_can_be_left_out() {
    let dist = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = dist.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    let python = ["current.txt", "python-0a.js", "python-0a_bg.wasm"];
    for name in ["index.html", "first.js", "app-1.js", "app-1_bg.wasm", "worker.js", "snippets/below-2.wasm", "sw.js"] {
        write(name, name);
    }
    for name in python {
        write(&format!("snippets/python/{name}"), name);
    }
    let names = |site: Site| site.files.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let most = ["app_bg.wasm", "below-2.wasm", "worker.js"];
    let read = || Site::read(dist.path()).unwrap();
    let mut all: Vec<&str> = most.into_iter().chain(python).collect();
    all.sort_unstable();
    assert_eq!(names(read()), all);
    assert_eq!(names(read().without_python()), most);
}

#[test]
fn one_file_has_everything_in_it_and_fetches_nothing() {
    let page = alone(&site(), Some("https://example.org/hat/")).unwrap();
    let policy = policy(&page);
    let scripts =
        [elements(&page, "<script>", "</script>"), elements(&page, "<script id=\"app\">", "</script>")].concat();
    assert_eq!(scripts.len(), 2);
    for script in &scripts {
        assert!(policy.contains(&hash(script)), "{script}");
    }
    assert_eq!(
        scripts[1],
        "globalThis.thetahatApp = (() => {class A{}const own=\"file:///app.js\";return{default:__wbg_init};\n})();"
    );
    for gone in ["src=\"", "modulepreload", "rel=\"preload", "manifest", "'self'", "connect-src"] {
        assert!(!page.contains(gone), "{gone} in {page}");
    }
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/hat/\" />"));
    assert!(page.contains("<script type=\"application/gzip\" id=\"file:app_bg.wasm\">H4sI"), "{page}");
}

#[test]
fn a_sealed_page_can_be_packed() {
    let sealed = Site { page: seal(PAGE).unwrap(), ..site() };
    assert_eq!(alone(&sealed, None).unwrap(), alone(&site(), None).unwrap());
}

#[test]
fn without_an_address_links_are_the_files_own() {
    assert!(!alone(&site(), None).unwrap().contains("canonical"));
    for wrong in ["example.org", "file:///tmp/x.html", "https://a/\"><script>", "https://a/#lab", "javascript:alert(1)"]
    {
        assert_eq!(alone(&site(), Some(wrong)), Err(Error::Address(wrong.to_owned())));
    }
}

#[test]
fn what_is_no_page_of_ours_is_refused() {
    assert_eq!(seal("<p>"), Err(Error::Missing("<style>")));
    assert!(matches!(alone(&Site { page: String::new(), ..site() }, None), Err(Error::Missing(_))));
    assert!(matches!(alone(&Site { script: "export default 1;".to_owned(), ..site() }, None), Err(Error::Missing(_))));
    let script = format!("{}\n// </script>", site().script);
    assert_eq!(alone(&Site { script, ..site() }, None), Err(Error::EndsScript("the engine's script", "</script")));
}

#[test]
fn comments_and_spaces_are_dropped_and_nothing_else() {
    let script = "// why\nconst a = \"http://b  /* c */\"; // gone\n  // gone\nb(a, /  \\/\\/ /, `d  // ${ a }`);\n";
    assert_eq!(lean::script(script), "const a=\"http://b  /* c */\";b(a,/  \\/\\/ /,`d  // ${ a }`);");
    let page = PAGE.replace(
        "p { color: red }",
        "/* why */p :hover { top: calc(1px + 2%) }/* * / **/\nq::before { content: '/* no */' }\n@media (width < 9px) { a { b: c } }",
    );
    let sealed = seal(&page).unwrap();
    let style = "<style> p :hover{top:calc(1px + 2%)}q::before{content:'/* no */'}@media (width < 9px){a{b:c}}</style>";
    assert!(sealed.contains(style), "{sealed}");
    assert!(sealed.contains("<body><p>here</p></body>"));
}
