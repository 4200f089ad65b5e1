//! A static web server on the loopback address that serves the built page from a sub-folder and remembers every request.
//!
//! It is as plain as the plainest host: a path that is no file is a 404, never the page itself. But for one thing: its
//! content security policy lets the page and its workers ask nobody but itself, and has the browser report every attempt
//! (see [`Site::violations`]). What a browser asks for on its own account does not count.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, anyhow, ensure};
use tiny_http::{Header, Method, Request, Response, Server};

/// The folder under which the page is served, to prove that it does not rely on standing at the root.
pub const FOLDER: &str = "/some/folder/";

/// The folder under which the same page is served as it is in a frame whose sandbox lets it run scripts and nothing else.
pub const SANDBOX: &str = "/some/sandbox/";

/// Who asks for this takes the network away: from then on, nothing is there.
pub const OFF: &str = "/switched-off";

const REPORTS: &str = "/policy-violations";

/// Everything from here and nothing from elsewhere. Trunk's loader and styles set by scripts stand in the page itself. The host is named, too, because in a
/// worker of a frame in a sandbox Firefox takes nothing for `'self'`.
fn policy(authority: &str) -> String {
    format!(
        "default-src 'self' http://{authority} data: blob: 'unsafe-inline' 'wasm-unsafe-eval'; report-uri {REPORTS}"
    )
}

/// A running server; dropping it ends it.
pub struct Site {
    server: Arc<Server>,
    authority: String,
    visits: Arc<Mutex<Visits>>,
    thread: Option<JoinHandle<()>>,
}

/// What there is to complain of.
#[derive(Default)]
struct Visits {
    missing: Vec<String>,
    is_off: bool,
    violations: Vec<String>,
}

impl Site {
    /// Serves the files of `dist` on a free port.
    ///
    /// # Errors
    /// If there is no page in `dist`, or no port can be had.
    pub fn serve(dist: &Path) -> Result<Self> {
        ensure!(dist.join("index.html").is_file(), "no page in {}: run `cargo xtask build`", dist.display());
        let server = Server::http(("127.0.0.1", 0)).map_err(|error| anyhow!("no port for the page: {error}"))?;
        let authority = server.server_addr().to_ip().context("the server has no address")?.to_string();
        let (server, visits) = (Arc::new(server), Arc::new(Mutex::new(Visits::default())));
        let thread = thread::spawn({
            let (server, visits) = (Arc::clone(&server), Arc::clone(&visits));
            let (dist, policy) = (dist.to_path_buf(), policy(&authority));
            move || {
                // Each request has a thread of its own: a browser may leave one answer unread until it has got another.
                thread::scope(|scope| {
                    for request in server.incoming_requests() {
                        let (dist, policy, visits) = (&dist, &policy, &visits);
                        scope.spawn(move || answer(request, dist, policy, visits));
                    }
                });
            }
        });
        Ok(Self { server, authority, visits, thread: Some(thread) })
    }

    /// The address of the page.
    pub fn url(&self) -> String {
        format!("http://{}{FOLDER}", self.authority)
    }

    /// Host and port, as a proxy setting wants them.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Requests for something that is not there.
    pub fn missing(&self) -> Vec<String> {
        lock(&self.visits).missing.clone()
    }

    /// What the browser reports of requests to other hosts: one report in JSON for each.
    pub fn violations(&self) -> Vec<String> {
        lock(&self.visits).violations.clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has already printed why.
            let _ = thread.join();
        }
    }
}

fn answer(mut request: Request, dist: &Path, policy: &str, visits: &Mutex<Visits>) {
    let url = request.url().to_owned();
    if url == REPORTS {
        let mut report = String::new();
        // A report that cannot be read still is one.
        let _ = request.as_reader().read_to_string(&mut report);
        lock(visits).violations.push(report);
    }
    let is_off = {
        let mut visits = lock(visits);
        visits.is_off |= url == OFF;
        visits.is_off
    };
    let file = file_of(&url, dist).filter(|_| *request.method() == Method::Get && !is_off);
    let found = file.and_then(|file| Some((fs::read(&file).ok()?, media_type(&file))));
    if found.is_none() && url.starts_with('/') && url != REPORTS && !is_off {
        lock(visits).missing.push(url.clone());
    }
    let status = if found.is_some() {
        200
    } else if is_off {
        503
    } else {
        404
    };
    let (bytes, media_type) = found.unwrap_or_else(|| (b"There is nothing here.".to_vec(), "text/plain"));
    let mut response = Response::from_data(bytes).with_status_code(status);
    // A frame in a sandbox has no origin of its own, so that the page's own modules are somebody else's to it.
    let open = ("Access-Control-Allow-Origin", "*");
    let sandbox = if url.starts_with(SANDBOX) { "; sandbox allow-scripts" } else { "" };
    let policy = format!("{policy}{sandbox}");
    for (name, value) in [("Content-Type", media_type), ("Content-Security-Policy", &policy), open] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that went away in the meantime needs no answer.
    let _: io::Result<()> = request.respond(response);
}

fn lock(visits: &Mutex<Visits>) -> MutexGuard<'_, Visits> {
    visits.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The file that a path and query stand for, if it lies in `dist`.
fn file_of(url: &str, dist: &Path) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let path = path.strip_prefix(FOLDER).or_else(|| path.strip_prefix(SANDBOX))?;
    let relative = Path::new(if path.is_empty() { "index.html" } else { path });
    let is_plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
    is_plain.then(|| dist.join(relative)).filter(|file| file.is_file())
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("json" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
