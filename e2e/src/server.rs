//! A static web server on the loopback address that serves the built page from a sub-folder and remembers every request.
//!
//! It is as plain as the plainest host: a path that is no file is a 404, never the page itself. It is also the browsers'
//! proxy for every other host, so a page that asks another host for something is found out (see [`Site::strangers`]).

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, anyhow, ensure};
use tiny_http::{Header, Method, Request, Response, Server};

/// The folder under which the page is served, to prove that it does not rely on standing at the root.
pub const FOLDER: &str = "/some/folder/";

/// A running server; dropping it ends it.
pub struct Site {
    server: Arc<Server>,
    authority: String,
    visits: Arc<Mutex<Vec<Visit>>>,
    thread: Option<JoinHandle<()>>,
}

/// One request that reached the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The host that was asked for, with its port.
    pub host: String,
    /// Path and query.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
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
        let (server, visits) = (Arc::new(server), Arc::new(Mutex::new(Vec::new())));
        let thread = thread::spawn({
            let (server, visits) = (Arc::clone(&server), Arc::clone(&visits));
            let (authority, dist) = (authority.clone(), dist.to_path_buf());
            move || {
                for request in server.incoming_requests() {
                    answer(request, &authority, &dist, &visits);
                }
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

    /// Every request so far.
    pub fn visits(&self) -> Vec<Visit> {
        self.visits.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Requests that asked this site for something it does not have.
    pub fn missing(&self) -> Vec<Visit> {
        self.visits().into_iter().filter(|visit| visit.host == self.authority && visit.status != 200).collect()
    }

    /// Requests that were meant for another host.
    pub fn strangers(&self) -> Vec<Visit> {
        self.visits().into_iter().filter(|visit| visit.host != self.authority).collect()
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

fn answer(request: Request, authority: &str, dist: &Path, visits: &Mutex<Vec<Visit>>) {
    let path = request.url().to_owned();
    let host = host_of(&request);
    let file = (host == authority && *request.method() == Method::Get).then(|| file_of(&path, dist)).flatten();
    let found = file.and_then(|file| Some((fs::read(&file).ok()?, media_type(&file))));
    let status = if found.is_some() { 200 } else { 404 };
    visits.lock().unwrap_or_else(PoisonError::into_inner).push(Visit { host, path, status });
    let (bytes, media_type) = found.unwrap_or_else(|| (b"There is nothing here.".to_vec(), "text/plain"));
    let mut response = Response::from_data(bytes).with_status_code(status);
    if let Ok(header) = Header::from_bytes("Content-Type", media_type) {
        response.add_header(header);
    }
    // A browser that went away in the meantime needs no answer.
    let _: io::Result<()> = request.respond(response);
}

/// The host that a request is meant for. Asked as a proxy, the server sees it in the address (`http://host/…`, or `host:443` of a
/// `CONNECT`), otherwise in the header.
fn host_of(request: &Request) -> String {
    let url = request.url();
    if let Some((_, rest)) = url.split_once("://") {
        return rest.split('/').next().unwrap_or(rest).to_owned();
    }
    if !url.starts_with('/') {
        return url.to_owned();
    }
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    host.map(|header| header.value.to_string()).unwrap_or_default()
}

/// The file that a path and query stand for, if it lies in `dist`.
fn file_of(url: &str, dist: &Path) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix(FOLDER)?;
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
