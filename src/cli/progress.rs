//! How far a long command has come: on standard error, on a terminal only, and only when it takes a while.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _};
use std::time::{Duration, Instant};

/// Commands that are done sooner say nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// Drawings in a second.
const RATE: u8 = 8;

/// Does work of unknown length; on a terminal something turns meanwhile, if it takes a while.
pub(super) fn turning<T>(label: &str, work: impl FnOnce() -> T + Send) -> T
where
    T: Send,
{
    if !io::stderr().is_terminal() {
        return work();
    }
    std::thread::scope(|scope| {
        let (done, ended) = std::sync::mpsc::channel::<()>();
        scope.spawn(move || {
            if ended.recv_timeout(PATIENCE).is_ok() {
                return;
            }
            let bar = ProgressBar::new_spinner().with_message(label.to_owned());
            bar.enable_steady_tick(Duration::from_millis(120));
            // Until the work is done, or has gone wrong.
            let _ = ended.recv();
            bar.finish_and_clear();
        });
        let outcome = work();
        let _ = done.send(());
        outcome
    })
}

/// A bar that shows itself after a second, and goes away when it is dropped.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    label: String,
    began: Instant,
    waiting: u64,
}

impl Progress {
    /// Begins to count up to `total`.
    pub(super) fn start(label: &str, total: u64) -> Self {
        let bar = io::stderr()
            .is_terminal()
            .then(|| ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden()));
        Self { bar, label: label.to_owned(), began: Instant::now(), waiting: 0 }
    }

    /// `more` is done.
    pub(super) fn advance(&mut self, more: u64) {
        let Some(bar) = &self.bar else { return };
        if !bar.is_hidden() {
            bar.inc(more);
            return;
        }
        self.waiting = self.waiting.saturating_add(more);
        if self.began.elapsed() < PATIENCE {
            return;
        }
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {percent}% {eta}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(self.label.clone());
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(RATE));
        bar.inc(std::mem::take(&mut self.waiting));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
