//! The day's ties as every contestant of the control problem reads them: one file, mapped.
//!
//! Four words (mark, parties, ties, listed companies), then the ties, sixteen bytes each, then the listed companies,
//! four bytes each; all little-endian.

use bytemuck::{Pod, Zeroable};
use memmap2::Mmap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const MARK: u64 = u64::from_le_bytes(*b"edges 1\n");
const HEADER: usize = 32;

/// Votes above this control, in ten-thousandths of a percent.
pub const MAJORITY: u64 = 500_000;
/// Instead of a share: control is declared.
pub const DECLARED: u64 = u64::MAX;

/// One tie of the day.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct Tie {
    pub holder: u32,
    pub company: u32,
    /// Votes in ten-thousandths of a percent, or [`DECLARED`].
    pub share: u64,
}

/// The mapped file.
pub struct Edges {
    map: Mmap,
    pub path: PathBuf,
    pub parties: u32,
    ties: usize,
}

impl Edges {
    pub fn open(path: &Path) -> io::Result<Self> {
        // SAFETY: the file was written by this run and nobody changes it.
        let map = unsafe { Mmap::map(&File::open(path)?)? };
        let words: &[u64] = bytemuck::cast_slice(&map[..HEADER]);
        assert_eq!(words[0], MARK, "{} is no file of edges", path.display());
        let (parties, ties) = (words[1] as u32, words[2] as usize);
        Ok(Self { map, path: path.to_owned(), parties, ties })
    }

    pub fn ties(&self) -> &[Tie] {
        bytemuck::cast_slice(&self.map[HEADER..HEADER + self.ties * size_of::<Tie>()])
    }

    pub fn listed(&self) -> &[u32] {
        bytemuck::cast_slice(&self.map[HEADER + self.ties * size_of::<Tie>()..])
    }
}

pub fn write(path: &Path, parties: u32, ties: &[Tie], listed: &[u32]) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let header = [MARK, u64::from(parties), ties.len() as u64, listed.len() as u64];
    file.write_all(bytemuck::cast_slice(&header))?;
    file.write_all(bytemuck::cast_slice(ties))?;
    file.write_all(bytemuck::cast_slice(listed))?;
    file.flush()
}
