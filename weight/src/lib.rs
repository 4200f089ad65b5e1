//! Weighs a built page: the bytes of every file that a visitor loads, as they are and as a web server compresses them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// What the whole page should weigh, compressed with brotli, in bytes.
pub const AIM: usize = 300_000;
/// What it may weigh until it has come down to [`AIM`]. It is there to be lowered, never to be raised.
pub const BUDGET: usize = 500_000;

/// The size of a file, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// As it is.
    pub raw: usize,
    /// Compressed with gzip at level 9.
    pub gzip: usize,
    /// Compressed with brotli at quality 11, as a server does that compresses its files in advance.
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
        let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
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
