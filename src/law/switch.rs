//! Contested readings: a named switch with its readings, the default first.

use serde::Deserialize;
use std::collections::BTreeMap;

/// One choice the text of the law leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// Its name, as on the command line.
    pub name: String,
    /// The readings, the default first.
    pub readings: Vec<String>,
    /// Which articles it bears on.
    pub article: String,
}

impl Switch {
    /// The reading taken unless another is asked for.
    #[must_use]
    pub fn default_reading(&self) -> &str {
        self.readings.first().map_or("", String::as_str)
    }
}

/// Why a choice of readings cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SwitchError {
    /// Not of the form `NAME=READING`.
    #[error("`{0}` is not of the form NAME=READING")]
    Form(String),
    /// The pack has no such switch.
    #[error("the rule pack has no switch `{name}`; it has {}", known.join(", "))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The pack's switches.
        known: Vec<String>,
    },
    /// The switch has no such reading.
    #[error("switch `{name}` has no reading `{reading}`; it has {}", known.join(", "))]
    Reading {
        /// The switch.
        name: String,
        /// What was asked for.
        reading: String,
        /// Its readings.
        known: Vec<String>,
    },
}

/// One reading for every switch of a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Readings(BTreeMap<String, String>);

impl Readings {
    /// The default of every switch.
    #[must_use]
    pub fn defaults(switches: &[Switch]) -> Self {
        Self(switches.iter().map(|s| (s.name.clone(), s.default_reading().to_owned())).collect())
    }

    /// The reading taken of the switch `name`; empty for a switch the pack does not have.
    #[must_use]
    pub fn reading(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The same readings but for one switch.
    ///
    /// # Errors
    /// Where the pack has no such switch, or the switch no such reading.
    pub fn with(&self, switches: &[Switch], name: &str, reading: &str) -> Result<Self, SwitchError> {
        let Some(switch) = switches.iter().find(|switch| switch.name == name) else {
            let known = switches.iter().map(|switch| switch.name.clone()).collect();
            return Err(SwitchError::Unknown { name: name.to_owned(), known });
        };
        if !switch.readings.iter().any(|known| known == reading) {
            let known = switch.readings.clone();
            return Err(SwitchError::Reading { name: name.to_owned(), reading: reading.to_owned(), known });
        }
        let mut readings = self.clone();
        readings.0.insert(name.to_owned(), reading.to_owned());
        Ok(readings)
    }

    /// The defaults with each `NAME=READING` of `choices` applied in turn.
    ///
    /// # Errors
    /// At the first choice that cannot be taken.
    pub fn choose<'a>(switches: &[Switch], choices: impl IntoIterator<Item = &'a str>) -> Result<Self, SwitchError> {
        choices.into_iter().try_fold(Self::defaults(switches), |readings, choice| {
            let (name, reading) = choice.split_once('=').ok_or_else(|| SwitchError::Form(choice.to_owned()))?;
            readings.with(switches, name.trim(), reading.trim())
        })
    }

    /// The switches that are not at their default, with the reading taken.
    #[must_use]
    pub fn departures(&self, switches: &[Switch]) -> BTreeMap<String, String> {
        let defaults = Self::defaults(switches);
        self.0
            .iter()
            .filter(|(name, reading)| defaults.reading(name) != *reading)
            .map(|(n, r)| (n.clone(), r.clone()))
            .collect()
    }

    /// Every choice of readings that differs from this one in a single switch, with that switch's name, in the
    /// order of the pack.
    #[must_use]
    pub fn flips(&self, switches: &[Switch]) -> Vec<(String, Self)> {
        let mut flips = Vec::new();
        for switch in switches {
            for reading in switch.readings.iter().filter(|reading| self.reading(&switch.name) != *reading) {
                let mut flipped = self.clone();
                flipped.0.insert(switch.name.clone(), reading.clone());
                flips.push((switch.name.clone(), flipped));
            }
        }
        flips
    }
}
