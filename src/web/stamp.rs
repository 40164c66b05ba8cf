//! Tags of answers: the same data, question and program give the same tag.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The tag of what these parts determine. It is weak, since an answer may go out compressed or not.
pub(super) fn etag(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(env!("CARGO_PKG_VERSION"));
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut tag = String::from("W/\"");
    for byte in hasher.finalize().iter().take(16) {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}
