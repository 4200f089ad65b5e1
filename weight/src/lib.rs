//! Weighs a built page: the bytes of every file that a visitor loads, as they are and as a web server compresses them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// When a file of the page is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Before the page can be used.
    First,
    /// By the worker, while the page builds itself: it computes with it.
    Engine,
    /// When it is first used.
    Later,
    /// When the tab Code is first used: its Python.
    Python,
}

impl Stage {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::First, Self::Engine, Self::Later, Self::Python];

    /// When this file, with its path in the page's folder, is fetched.
    pub fn of(file: &Path) -> Self {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if file.starts_with("snippets/python") {
            return Self::Python;
        }
        match (file.starts_with("snippets"), name.starts_with("engine")) {
            (false, _) => Self::First,
            (true, true) => Self::Engine,
            (true, false) => Self::Later,
        }
    }

    /// What is fetched until then, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "until the page can be used",
            Self::Engine => "until it has computed its first run",
            Self::Later => "everything but the tab Code’s Python",
            Self::Python => "everything",
        }
    }

    /// What all that is fetched until then may weigh, compressed with brotli, in bytes. These are there to be lowered.
    pub const fn budget(self) -> usize {
        match self {
            Self::First => 380_000,
            Self::Engine => 608_500,
            Self::Later => 1_230_000,
            Self::Python => 3_964_000,
        }
    }
}

/// What everything weighs that is fetched until a stage.
pub fn until(stage: Stage, files: &[(PathBuf, Weight)]) -> Weight {
    files.iter().filter(|(file, _)| Stage::of(file) as u8 <= stage as u8).map(|(_, weight)| *weight).sum()
}

/// What the page should weigh before it can be used, compressed with brotli, in bytes.
pub const AIM: usize = 300_000;

/// Files with more bytes than this take long to compress.
const LARGE: usize = 4 << 20;

/// The size of a file, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// As it is.
    pub raw: usize,
    /// Compressed with gzip at level 9.
    pub gzip: usize,
    /// Compressed with brotli at quality 11, as a server does that compresses its files in advance; at 9 where that would take a minute.
    pub brotli: usize,
}

impl Weight {
    /// Weighs one file's content.
    ///
    /// # Errors
    /// A compressor fails, which it does not when it writes into memory.
    pub fn of(bytes: &[u8]) -> io::Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let quality = if bytes.len() > LARGE { 9 } else { 11 };
        let parameters = BrotliEncoderParams { quality, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
        let mut brotli = Vec::new();
        brotli::BrotliCompress(&mut &*bytes, &mut brotli, &parameters)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
    }
}

impl std::iter::Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        weights.fold(Self::default(), |a, b| Self {
            raw: a.raw + b.raw,
            gzip: a.gzip + b.gzip,
            brotli: a.brotli + b.brotli,
        })
    }
}

/// Weighs every file below `folder`; the paths are relative to it and sorted.
///
/// # Errors
/// A file cannot be read.
pub fn weigh(folder: &Path) -> io::Result<Vec<(PathBuf, Weight)>> {
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.sort();
    let relative = |file: &Path| file.strip_prefix(folder).unwrap_or(file).to_path_buf();
    files.iter().map(|file| Ok((relative(file), Weight::of(&fs::read(file)?)?))).collect()
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            list(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_later() {
        let table = [
            ("app-0_bg.wasm", Stage::First),
            ("snippets/engine_chunk_7-0.wasm", Stage::Engine),
            ("snippets/chunk_8-0.wasm", Stage::Later),
            ("snippets/python/python-0_bg.wasm", Stage::Python),
        ];
        for (file, stage) in table {
            assert_eq!(Stage::of(Path::new(file)), stage, "{file}");
        }
        let one = |file: &str| (PathBuf::from(file), Weight { raw: 1, gzip: 1, brotli: 1 });
        let files = table.map(|(file, _)| one(file));
        assert_eq!(Stage::ALL.map(|stage| until(stage, &files).brotli), [1, 2, 3, 4]);
    }

    #[test]
    fn repetition_weighs_little_and_noise_its_full_weight() {
        let repetition = Weight::of(&[7; 10_000]).unwrap();
        assert_eq!(repetition.raw, 10_000);
        assert!(repetition.gzip < 100 && repetition.brotli < 100, "{repetition:?}");
        let mut state = 1_u64;
        let noise: Vec<u8> = (0..10_000)
            .map(|_| {
                state = state.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(0x9E37_79B9_7F4A_7C15);
                (state >> 56) as u8
            })
            .collect();
        let noise = Weight::of(&noise).unwrap();
        assert!(noise.gzip > 9_900 && noise.brotli > 9_900, "{noise:?}");
        assert_eq!([repetition, noise].into_iter().sum::<Weight>().raw, 20_000);
    }
}
