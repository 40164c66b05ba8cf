//! What was stored last, so that what is often repeated is stored once.

/// The last value stored for each of some thousand hashes. It forgets; whoever asks compares what it finds.
#[derive(Debug, Clone)]
pub(crate) struct Recent<T> {
    slots: Vec<Option<T>>,
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self { slots: Vec::new() }
    }
}

impl<T: Copy> Recent<T> {
    /// The last value kept under a hash like this one.
    pub(crate) fn get(&self, hash: u64) -> Option<T> {
        self.slots.get(self.slot(hash)).copied().flatten()
    }

    /// Keeps a value; `size` is how many are kept at most.
    pub(crate) fn keep(&mut self, hash: u64, value: T, size: usize) {
        if self.slots.is_empty() {
            self.slots.resize(size, None);
        }
        let slot = self.slot(hash);
        if let Some(kept) = self.slots.get_mut(slot) {
            *kept = Some(value);
        }
    }

    fn slot(&self, hash: u64) -> usize {
        (hash % (self.slots.len().max(1) as u64)) as usize
    }
}
