//! Where answers go: standard output, or a file that is replaced only when the answer is complete.

use super::failure::Failure;
use super::options::Options;
use crate::facts::Lang;
use crate::report::Terminal;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Columns of a terminal that does not tell.
const USUAL_WIDTH: u16 = 80;

/// Says something on standard error; that nobody listens there is no failure.
pub(super) fn say(text: &str) {
    if text.is_empty() {
        return;
    }
    let mut out = AutoStream::auto(io::stderr());
    for line in text.trim_end_matches('\n').lines() {
        let style = if line.starts_with("error") || line.starts_with("错误") {
            AnsiColor::Red.on_default()
        } else if line.starts_with("warning") || line.starts_with("提示") {
            AnsiColor::Yellow.on_default()
        } else {
            Style::new()
        };
        // The stream leaves the colours out where they are not wanted (NO_COLOR) or not shown.
        let _ = writeln!(out, "{style}{line}{style:#}");
    }
}

/// The terminal that an answer goes to, if it goes to one.
pub(super) fn terminal(options: &Options) -> Option<Terminal> {
    if options.output.is_some() || !io::stdout().is_terminal() {
        return None;
    }
    // A terminal that does not tell its size is taken to be of the usual one.
    let columns = terminal_size::terminal_size().map_or(USUAL_WIDTH, |(width, _)| width.0);
    Some(Terminal { columns, is_coloured: AutoStream::choice(&io::stdout()) != ColorChoice::Never })
}

/// Writes what `produce` writes to standard output or to the file asked for.
pub(super) fn emit(
    options: &Options,
    lang: Lang,
    produce: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match &options.output {
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            produce(&mut out).and_then(|()| out.flush()).map_err(|error| Failure::io(lang, "stdout", &error))
        }
        Some(path) => to_file(path, produce).map_err(|error| Failure::io(lang, &path.display().to_string(), &error)),
    }
}

/// Writes beside the file and renames, so that a failure leaves neither half a file nor the old one lost.
fn to_file(path: &Path, produce: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let target: PathBuf = match path.canonicalize() {
        // A device or a pipe cannot be renamed over.
        Ok(real) if !real.is_file() => {
            let mut out = BufWriter::new(std::fs::File::create(&real)?);
            return produce(&mut out).and_then(|()| out.flush());
        }
        Ok(real) => real,
        Err(_) => path.to_owned(),
    };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".relata-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // A temporary file is private by default; an answer is to be as readable as any other file of the user.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    {
        let mut out = BufWriter::new(file.as_file_mut());
        produce(&mut out)?;
        out.flush()?;
    }
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}
