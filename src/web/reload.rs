//! Opening the dataset again when its files change. The old one answers until the new one is sound; one that is not
//! never takes its place.

use super::Event;
use super::app::App;
use crate::inquiry::{Dataset, Refusal};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

/// Length and last change of every file of a dataset.
type Look = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// Looks at the files again and again, and opens the dataset when they have changed and then stayed the same from one
/// look to the next: they are not being written any more.
pub(super) async fn watch(app: Arc<App>, tell: Arc<dyn Fn(Event<'_>) + Send + Sync>) {
    let mut taken = look(&app.path);
    let mut last = taken.clone();
    loop {
        sleep(app.limits.watch).await;
        let now = look(&app.path);
        let is_settled = now == last;
        last.clone_from(&now);
        if now == taken || !is_settled {
            continue;
        }
        let path = app.path.clone();
        let opened = spawn_blocking(move || open(&path)).await;
        // What was written meanwhile may be in it in part: it is looked at again.
        if look(&app.path) != now {
            continue;
        }
        taken = now;
        match opened {
            Ok(Ok(dataset)) => {
                let digest = dataset.digest().to_owned();
                app.take(dataset);
                tell(Event::Reloaded(&digest));
            }
            Ok(Err(refusal)) => refuse(&app, &tell, &refusal),
            // The thread panicked, which is told on its own; the old dataset goes on.
            Err(_) => {}
        }
    }
}

/// A dataset that can be asked.
fn open(path: &Path) -> Result<Dataset, Refusal> {
    let dataset = Dataset::open(path)?;
    // A packed file is checked where it is read; one that takes another's place is checked whole.
    dataset.check_file()?;
    dataset.sound()?;
    // What every question needs is made before the first one waits for it.
    drop(dataset.resolver());
    Ok(dataset)
}

fn refuse(app: &App, tell: &Arc<dyn Fn(Event<'_>) + Send + Sync>, refusal: &Refusal) {
    let why = refusal.text(app.language(&app.dataset()));
    tell(Event::Refused(&why));
    app.refuse(Some(why));
}

/// The files as they are now. What cannot be looked at is left out, and is told of when the dataset is opened.
fn look(path: &Path) -> Look {
    let mut found = Look::new();
    let mut add = |path: PathBuf| {
        if let Ok(about) = fs::metadata(&path)
            && about.is_file()
        {
            found.insert(path, (about.len(), about.modified().ok()));
        }
    };
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| add(entry.path())),
        Err(_) => add(path.to_owned()),
    }
    found
}
