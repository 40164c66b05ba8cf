//! The contested readings of section 9, by name.

use std::collections::BTreeMap;

/// Every switch with its readings, the default first.
pub const SWITCHES: [(&str, &[&str]); 14] = [
    ("person_indirect", &["look_through", "multiply", "controlled"]),
    ("organisation_indirect", &["controlled", "direct", "look_through"]),
    ("controlling_person", &["literal", "related"]),
    ("pool_concert", &["all", "organisations", "none"]),
    ("family_block", &["off", "on"]),
    ("joint_control", &["counts", "ignored"]),
    ("defacto_30", &["on", "off"]),
    ("state_body_itself", &["related", "not_related"]),
    ("independent_director", &["dual", "none_left_out", "independent_of_subject", "independent_post"]),
    ("family_of", &["7.1-7.2", "7.1-7.3"]),
    ("representatives", &["senior_managers", "ignored"]),
    ("minor_children", &["excluded", "included"]),
    ("lookback", &["state_by_state", "composed"]),
    ("window_end", &["inclusive", "exclusive"]),
];

/// The reading taken of every switch.
pub struct Readings(BTreeMap<&'static str, &'static str>);

impl Readings {
    /// The defaults, with `chosen` laid over them. A name that section 9 does not know is a mistake in the test itself.
    pub fn new(chosen: &BTreeMap<String, String>) -> Self {
        let mut all: BTreeMap<&str, &str> = SWITCHES.iter().map(|(switch, readings)| (*switch, readings[0])).collect();
        for (switch, reading) in chosen {
            let (name, readings) =
                SWITCHES.iter().find(|(name, _)| name == switch).unwrap_or_else(|| panic!("no switch {switch}"));
            let reading = readings
                .iter()
                .find(|known| *known == reading)
                .unwrap_or_else(|| panic!("no reading {reading} of {switch}"));
            all.insert(name, reading);
        }
        Self(all)
    }

    /// Whether `switch` is read as `reading`.
    pub fn is(&self, switch: &str, reading: &str) -> bool {
        debug_assert!(SWITCHES.iter().any(|(name, readings)| *name == switch && readings.contains(&reading)));
        self.0[switch] == reading
    }
}
