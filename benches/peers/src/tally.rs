//! What an answer comes to: how many entries, and a sum over all of them that no order changes.

/// Entries of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub count: u64,
    pub hash: u64,
}

impl Tally {
    pub fn add(&mut self, one: u32, other: u32) {
        self.count += 1;
        self.hash = self.hash.wrapping_add(mix(u64::from(one) << 32 | u64::from(other)));
    }

    pub fn join(self, other: Self) -> Self {
        Self { count: self.count + other.count, hash: self.hash.wrapping_add(other.hash) }
    }
}

/// The last step of SplitMix64.
pub fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
