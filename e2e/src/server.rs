//! A static web server on the loopback address that serves the built page from a sub-folder and remembers every request.
//!
//! It is as plain as the plainest host: a path that is no file is a 404, never the page itself. But for one thing: its
//! content security policy is as strict as the page's own, for the page's workers, too, and has the browser report whatever it
//! refuses (see [`Site::violations`]). What a browser asks for on its own account does not count.

use std::fs;
use std::net::TcpListener;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result};
use axum::Router;
use axum::response::IntoResponse;
use http::{Method, StatusCode, Uri, header};
use tokio::runtime::Builder;
use tokio::sync::oneshot::{Sender, channel};

/// The folder under which the page is served, to prove that it does not rely on standing at the root.
pub const FOLDER: &str = "/some/folder/";

/// The folder under which the same page is served as it is in a frame whose sandbox lets it run scripts and nothing else.
pub const SANDBOX: &str = "/some/sandbox/";

/// Who asks for this takes the network away: from then on, nothing is there.
pub const OFF: &str = "/switched-off";

const REPORTS: &str = "/policy-violations";

/// What stands before and behind the policy that the page itself has.
const POLICY: [&str; 2] = ["http-equiv=\"Content-Security-Policy\" content=\"", "\""];

/// The policy of pages that a test has put beside ours: nothing from elsewhere.
const OTHERS: &str = "default-src 'self' data: blob: 'unsafe-inline' 'wasm-unsafe-eval'";

/// The strictest policy under which a host can serve the page: its own.
fn own_policy(page: &str) -> Option<&str> {
    page.split_once(POLICY[0])?.1.split_once(POLICY[1]).map(|(policy, _)| policy)
}

/// A running server; dropping it ends it.
pub struct Site {
    authority: String,
    visits: Arc<Mutex<Visits>>,
    /// Dropped to end the server.
    end: Option<Sender<()>>,
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
    /// Serves the files of `dist` on a free port, under the policy that the page itself has, or this one.
    ///
    /// # Errors
    /// If there is no page in `dist`, or no port can be had.
    pub fn serve(dist: &Path, policy: Option<&str>) -> Result<Self> {
        let page = fs::read_to_string(dist.join("index.html"))
            .with_context(|| format!("no page in {}: run `cargo xtask build`", dist.display()))?;
        // a page that only measures has none
        let own = own_policy(&page).unwrap_or(OTHERS);
        let policy = policy.unwrap_or(own).to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("no port for the page")?;
        listener.set_nonblocking(true)?;
        let authority = listener.local_addr()?.to_string();
        let visits = Arc::new(Mutex::new(Visits::default()));
        let (end, ended) = channel::<()>();
        let router = router(dist.to_path_buf(), policy, Arc::clone(&visits));
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let thread = thread::spawn(move || {
            runtime.block_on(async {
                // It cannot fail with a listener that does not block; without a server every test fails.
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                tokio::spawn(axum::serve(listener, router).into_future());
                // an error is the other end, dropped
                let _ = ended.await;
            });
        });
        Ok(Self { authority, visits, end: Some(end), thread: Some(thread) })
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

    /// What the browser reports of what the policy has refused: one report in JSON for each.
    pub fn violations(&self) -> Vec<String> {
        lock(&self.visits).violations.clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has already printed why.
            let _ = thread.join();
        }
    }
}

fn router(dist: PathBuf, policy: String, visits: Arc<Mutex<Visits>>) -> Router {
    Router::new().fallback(async move |method: Method, uri: Uri, body: String| {
        answer(&method, &uri, body, &dist, &policy, &visits)
    })
}

fn answer(
    method: &Method,
    uri: &Uri,
    body: String,
    dist: &Path,
    policy: &str,
    visits: &Mutex<Visits>,
) -> impl IntoResponse + use<> {
    let path = uri.path();
    if path == REPORTS {
        lock(visits).violations.push(body);
    }
    let is_off = {
        let mut visits = lock(visits);
        visits.is_off |= path == OFF;
        visits.is_off
    };
    let file = file_of(path, dist).filter(|_| method == Method::GET && !is_off);
    let found = file.and_then(|file| Some((fs::read(&file).ok()?, media_type(&file))));
    // who uses this as a proxy names a host, and asks on the browser's own account
    if found.is_none() && uri.host().is_none() && path != REPORTS && !is_off {
        lock(visits).missing.push(uri.to_string());
    }
    let status = match (&found, is_off) {
        (Some(_), _) => StatusCode::OK,
        (None, true) => StatusCode::SERVICE_UNAVAILABLE,
        (None, false) => StatusCode::NOT_FOUND,
    };
    let (bytes, media_type) = found.unwrap_or_else(|| (b"There is nothing here.".to_vec(), "text/plain"));
    let is_others = media_type.starts_with("text/html") && own_policy(&String::from_utf8_lossy(&bytes)).is_none();
    let policy = if is_others { OTHERS } else { policy };
    let sandbox = if path.starts_with(SANDBOX) { "; sandbox allow-scripts" } else { "" };
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_SECURITY_POLICY, format!("{policy}; report-uri {REPORTS}{sandbox}")),
        // A frame in a sandbox has no origin of its own, so that the page's own modules are somebody else's to it.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    (status, headers, bytes)
}

fn lock(visits: &Mutex<Visits>) -> MutexGuard<'_, Visits> {
    visits.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The file that a path stands for, if it lies in `dist`.
fn file_of(path: &str, dist: &Path) -> Option<PathBuf> {
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
