//! The folders of a session: where downloads go, and Firefox's profile. Profiles are used again, because a Firefox that finds what it prepared the last time starts
//! in half the time.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use tempfile::TempDir;

use crate::{Browser, repository};

/// What a page can leave in a profile, and what Firefox would open again. The rest it has prepared for itself; settings are given anew with each start.
const LEFT: [&str; 11] = [
    "cache2",
    "content-prefs.sqlite",
    "cookies.sqlite",
    "cookies.sqlite-shm",
    "cookies.sqlite-wal",
    "permissions.sqlite",
    "serviceworker.txt",
    "sessionstore-backups",
    "sessionstore.jsonlz4",
    "storage/default",
    "storage/temporary",
];

/// How many profiles there can be; as many sessions of Firefox can be open at once.
const PROFILES: usize = 64;

/// The folders of one session.
pub(crate) struct Folders {
    downloads: TempDir,
    profile: Option<Profile>,
}

impl Folders {
    /// # Errors
    /// If they cannot be made.
    pub(crate) fn take(browser: Browser) -> Result<Self> {
        let downloads =
            tempfile::Builder::new().prefix("thetahat-e2e-").tempdir().context("no folder for downloads")?;
        let profile = (browser == Browser::Firefox).then(Profile::take).transpose().context("no profile")?;
        Ok(Self { downloads, profile })
    }

    pub(crate) fn downloads(&self) -> &Path {
        self.downloads.path()
    }

    /// Firefox's.
    pub(crate) fn profile(&self) -> Option<&Path> {
        self.profile.as_ref().map(|profile| &*profile.folder)
    }
}

/// A profile that no other session uses until this is dropped.
struct Profile {
    folder: PathBuf,
    _lock: File,
}

impl Profile {
    /// The first profile that is free, in this process and in others, without what the last session has left in it.
    fn take() -> Result<Self> {
        let folders = repository().join("target").join("e2e");
        fs::create_dir_all(&folders).with_context(|| format!("cannot make {}", folders.display()))?;
        for number in 0..PROFILES {
            let folder = folders.join(format!("firefox-{number}"));
            let lock = File::create(folder.with_extension("lock"))?;
            match lock.try_lock() {
                Ok(()) => {
                    fs::create_dir_all(&folder)?;
                    tidy(&folder).with_context(|| format!("cannot tidy {}", folder.display()))?;
                    return Ok(Self { folder, _lock: lock });
                }
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        bail!("all of {PROFILES} profiles are in use")
    }
}

fn tidy(profile: &Path) -> io::Result<()> {
    for name in LEFT {
        let left = profile.join(name);
        let gone = if left.is_dir() { fs::remove_dir_all(left) } else { fs::remove_file(left) };
        gone.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    }
    Ok(())
}
