//! Long output that can be taken up again: it grows in a file beside its place, whole answers only, together with the
//! question it answers, and is moved to its place when it is complete.

use super::failure::Failure;
use crate::facts::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What the output answers; another question does not go on with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Question {
    pub(super) data: String,
    pub(super) as_of: String,
    pub(super) rules: String,
    pub(super) switches: BTreeMap<String, String>,
    pub(super) depth: String,
    pub(super) subjects: Vec<String>,
}

/// A file that is being written.
pub(super) struct Unfinished {
    part: PathBuf,
    journal: PathBuf,
    file: File,
    log: File,
    length: u64,
    done: usize,
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(ending);
    PathBuf::from(name)
}

fn journal_line(length: u64) -> String {
    // The length twice, so that a line cut short is seen.
    format!("{length} {length}\n")
}

fn read_length(line: &str) -> Option<u64> {
    let (one, other) = line.split_once(' ')?;
    (one == other).then(|| one.parse().ok()).flatten()
}

impl Unfinished {
    /// Begins, or goes on where an earlier run was stopped.
    pub(super) fn open(
        lang: Lang,
        path: &Path,
        question: &Question,
        heading: &[u8],
        restart: bool,
    ) -> Result<Self, Failure> {
        let (part, journal) = (beside(path, ".part"), beside(path, ".part.log"));
        let fault = |error: &io::Error| Failure::io(lang, &part.display().to_string(), error);
        let head = serde_json::to_string(question).map_err(|error| fault(&io::Error::from(error)))?;
        let old = if restart { None } else { std::fs::read_to_string(&journal).ok() };
        if let Some(old) = old {
            let mut lines = old.split_inclusive('\n');
            if lines.next().map(str::trim_end) != Some(head.as_str()) {
                let log = journal.display();
                return Err(Failure::failed(
                    lang,
                    format!("`{log}`属于另一个未完成的问题；请改用其他文件名，或者以 --restart 放弃它"),
                    format!(
                        "`{log}` belongs to another unfinished question; take another file, or drop it with --restart"
                    ),
                ));
            }
            // Each line of the journal was written after the answer it stands for; the part may be longer.
            let whole = lines.filter(|line| line.ends_with('\n')).map_while(|line| read_length(line.trim_end()));
            let lengths: Vec<u64> = whole.collect();
            let file = OpenOptions::new().write(true).open(&part);
            if let (Ok(file), Some(length)) = (file, lengths.last()) {
                let there = file.metadata().map(|data| data.len()).unwrap_or(0);
                if there >= *length {
                    return Self::go_on(part.clone(), journal, file, &head, &lengths).map_err(|error| fault(&error));
                }
            }
        }
        let begin = || -> io::Result<Self> {
            let mut file = File::create(&part)?;
            file.write_all(heading)?;
            let mut log = File::create(&journal)?;
            log.write_all(head.as_bytes())?;
            log.write_all(b"\n")?;
            let length = heading.len() as u64;
            log.write_all(journal_line(length).as_bytes())?;
            Ok(Self { part: part.clone(), journal: journal.clone(), file, log, length, done: 0 })
        };
        begin().map_err(|error| fault(&error))
    }

    fn go_on(part: PathBuf, journal: PathBuf, file: File, head: &str, lengths: &[u64]) -> io::Result<Self> {
        use std::io::{Seek as _, SeekFrom};
        let length = lengths.last().copied().unwrap_or(0);
        file.set_len(length)?;
        let mut file = file;
        file.seek(SeekFrom::End(0))?;
        let mut log = File::create(&journal)?;
        let lines: String = lengths.iter().map(|length| journal_line(*length)).collect();
        log.write_all(format!("{head}\n{lines}").as_bytes())?;
        Ok(Self { part, journal, file, log, length, done: lengths.len().saturating_sub(1) })
    }

    /// How many answers are there already.
    pub(super) fn done(&self) -> usize {
        self.done
    }

    /// Appends one answer.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.length += bytes.len() as u64;
        self.log.write_all(journal_line(self.length).as_bytes())?;
        self.done += 1;
        Ok(())
    }

    /// Moves the complete output to its place.
    pub(super) fn finish(self, lang: Lang, path: &Path) -> Result<(), Failure> {
        let done = || -> io::Result<()> {
            self.file.sync_all()?;
            std::fs::rename(&self.part, path)?;
            std::fs::remove_file(&self.journal)
        };
        done().map_err(|error| Failure::io(lang, &path.display().to_string(), &error))
    }
}
