//! The programs that drive the browsers: started on ports of their own, listened to, and ended when they are dropped.

use std::env;
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};

use crate::Browser;

const START: Duration = Duration::from_secs(30);
/// How often a driver is started until it listens.
const TRIES: usize = 3;

/// A running driver of a browser.
pub struct Driver {
    child: Child,
    url: String,
    output: Arc<Mutex<Vec<String>>>,
}

impl Browser {
    /// The browser's own program, from the variable that `cargo xtask` sets or by the name that Debian gives it.
    pub fn program(self) -> PathBuf {
        match self {
            Self::Chromium => from_variable("THETAHAT_CHROMIUM", "/usr/bin/chromium"),
            Self::Firefox => from_variable("THETAHAT_FIREFOX", "/usr/bin/firefox-esr"),
            Self::WebKit => from_variable("THETAHAT_WEBKIT", "MiniBrowser"),
        }
    }

    /// How its driver is started on a port: most of them choose one if it is 0, and say which.
    fn driver(self, port: u16) -> Command {
        match self {
            Self::Chromium => {
                let mut command = Command::new(from_variable("THETAHAT_CHROMEDRIVER", "chromedriver"));
                command.arg(format!("--port={port}"));
                command
            }
            Self::Firefox => {
                let mut command = Command::new(from_variable("THETAHAT_GECKODRIVER", "geckodriver"));
                // Its console is only shown to who may see the browser itself.
                command.args(["--port", &port.to_string(), "--websocket-port", "0", "--allow-system-access"]);
                command
            }
            Self::WebKit => {
                let mut command = Command::new(from_variable("THETAHAT_WEBKITDRIVER", "WebKitWebDriver"));
                command.args(["--host=127.0.0.1", &format!("--port={port}")]);
                command
            }
        }
    }
}

impl Driver {
    /// Starts the driver of `browser` on a port that the system chooses.
    ///
    /// # Errors
    /// If it cannot be started or does not say within half a minute where it listens.
    pub fn start(browser: Browser) -> Result<Self> {
        // chromedriver wants its port for both versions of the protocol, and sometimes finds that it is free for one only
        let mut tries = (1..TRIES).filter_map(|_| Self::start_once(browser).ok());
        tries.next().map_or_else(|| Self::start_once(browser), Ok)
    }

    fn start_once(browser: Browser) -> Result<Self> {
        let wanted = if browser == Browser::WebKit { free_port()? } else { 0 };
        let mut command = browser.driver(wanted);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().with_context(|| {
                format!("{command:?} cannot be started: `cargo xtask test e2e` installs and names it")
            })?;
        let output = Arc::new(Mutex::new(Vec::new()));
        let (sender, port) = channel();
        if let Some(stdout) = child.stdout.take() {
            listen(stdout, Arc::clone(&output), sender.clone());
        }
        if let Some(stderr) = child.stderr.take() {
            listen(stderr, Arc::clone(&output), sender);
        }
        let mut driver = Self { child, url: String::new(), output };
        let port = if wanted == 0 {
            port.recv_timeout(START)
                .map_err(|_| anyhow!("{command:?} does not say where it listens; it said {:?}", driver.output()))?
        } else {
            until_it_listens(wanted)
                .with_context(|| format!("{command:?} does not listen; it said {:?}", driver.output()))?;
            wanted
        };
        driver.url = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }

    /// Where it takes WebDriver requests.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Every line that it and its browser have printed so far.
    pub fn output(&self) -> Vec<String> {
        self.output.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn from_variable(name: &str, otherwise: &str) -> PathBuf {
    env::var_os(name).map_or_else(|| otherwise.into(), PathBuf::from)
}

/// A port that nothing listens on, for a driver that does not choose one.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .context("no port is free")?
        .port())
}

fn until_it_listens(port: u16) -> Result<()> {
    let started = Instant::now();
    while let Err(error) = TcpStream::connect(("127.0.0.1", port)) {
        ensure!(started.elapsed() < START, "nothing answers on port {port}: {error}");
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Keeps the lines of a stream, and sends on the port that one of them names.
fn listen(stream: impl Read + Send + 'static, output: Arc<Mutex<Vec<String>>>, port: Sender<u16>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n') {
            let Ok(line) = line else { return };
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            if let Some(found) = announced_port(&line) {
                // Only the first one is waited for.
                let _ = port.send(found);
            }
            output.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    });
}

/// The port in chromedriver's `… was started successfully on port 33001.` and geckodriver's `… Listening on 127.0.0.1:33001`.
fn announced_port(line: &str) -> Option<u16> {
    let (_, after) =
        line.split_once("started successfully on port ").or_else(|| line.split_once("Listening on 127.0.0.1:"))?;
    after.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::announced_port;

    #[test]
    fn ports_are_read_from_what_the_drivers_say() {
        assert_eq!(announced_port("ChromeDriver was started successfully on port 33001."), Some(33001));
        assert_eq!(announced_port("1700000000000\tgeckodriver\tINFO\tListening on 127.0.0.1:44123"), Some(44123));
        assert_eq!(announced_port("Starting ChromeDriver 156 on port 0"), None);
    }
}
