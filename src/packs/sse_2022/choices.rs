//! The readings of the fourteen switches, as the code of the pack takes them (`rules-sse-2022.md`, section 9).

use super::Number;
use crate::graph::{ControlRules, Node};
use crate::law::{Numbers, Readings};
use crate::proof::Measure;

/// For whom concert adds up stakes (`pool_concert`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pool {
    /// Persons and organisations.
    All,
    /// Organisations only.
    Organisations,
    /// Nobody.
    Nobody,
}

/// Which seats of independent directors are left out of 5.3 (`independent_director`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Independent {
    /// The seat of somebody who is independent on both sides.
    Dual,
    /// None.
    NoneLeftOut,
    /// Every post of an independent director of the company.
    OfSubject,
    /// Every independent seat in the organisation.
    Post,
}

/// One reading for everything the text leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// How a person's 5 % is measured.
    pub person: Measure,
    /// How an organisation's 5 % is measured.
    pub organisation: Measure,
    /// Whether a person who controls the company counts as a holder.
    pub controlling_person: bool,
    /// For whom concert adds up.
    pub pool: Pool,
    /// Whether a state body is itself related as controller.
    pub state_body_itself: bool,
    /// Which independent seats are left out.
    pub independent: Independent,
    /// Whether the family of persons of 7.3 counts too.
    pub family_of_7_3: bool,
    /// Whether legal representatives and partners' delegates are senior managers.
    pub representatives: bool,
    /// The age from which a child counts; `None`: every child.
    pub age: Option<u32>,
    /// Whether those deemed related count as related for the sake of others.
    pub composed: bool,
    /// Whether the corresponding day twelve months on still counts.
    pub window_inclusive: bool,
}

impl Choices {
    /// Reads the switches.
    #[must_use]
    pub fn new(readings: &Readings, numbers: &Numbers) -> Self {
        let is = |name: &str, reading: &str| readings.reading(name) == reading;
        Self {
            person: match readings.reading("person_indirect") {
                "multiply" => Measure::Multiply,
                "controlled" => Measure::Controlled,
                _ => Measure::LookThrough,
            },
            organisation: match readings.reading("organisation_indirect") {
                "direct" => Measure::Direct,
                "look_through" => Measure::LookThrough,
                _ => Measure::Controlled,
            },
            controlling_person: is("controlling_person", "related"),
            pool: match readings.reading("pool_concert") {
                "organisations" => Pool::Organisations,
                "none" => Pool::Nobody,
                _ => Pool::All,
            },
            state_body_itself: !is("state_body_itself", "not_related"),
            independent: match readings.reading("independent_director") {
                "none_left_out" => Independent::NoneLeftOut,
                "independent_of_subject" => Independent::OfSubject,
                "independent_post" => Independent::Post,
                _ => Independent::Dual,
            },
            family_of_7_3: is("family_of", "7.1-7.3"),
            representatives: !is("representatives", "ignored"),
            age: (!is("minor_children", "included")).then_some(numbers.family_age),
            composed: is("lookback", "composed"),
            window_inclusive: !is("window_end", "exclusive"),
        }
    }
}

impl Choices {
    /// The same readings, but every one that does not bear on a ground as if it were the default: where two sets agree
    /// in this, the same parties are on the ground in a state (in which nobody is deemed related).
    #[must_use]
    pub fn bearing_on(&self, number: Number) -> Self {
        let persons = matches!(number, Number::N53 | Number::N71 | Number::N74);
        let posts = matches!(number, Number::N52 | Number::N53 | Number::N72 | Number::N73 | Number::N74);
        let family = matches!(number, Number::N53 | Number::N74);
        let of = |bears: bool| bears.then_some(self);
        Self {
            person: of(persons).map_or(Measure::LookThrough, |own| own.person),
            organisation: of(number == Number::N54).map_or(Measure::Controlled, |own| own.organisation),
            controlling_person: of(persons).is_some_and(|own| own.controlling_person),
            pool: of(persons || number == Number::N54).map_or(Pool::All, |own| own.pool),
            state_body_itself: of(number == Number::N51).is_none_or(|own| own.state_body_itself),
            independent: of(number == Number::N53).map_or(Independent::Dual, |own| own.independent),
            family_of_7_3: of(family).is_some_and(|own| own.family_of_7_3),
            representatives: of(posts).is_none_or(|own| own.representatives),
            age: of(family).and_then(|own| own.age),
            composed: false,
            window_inclusive: true,
        }
    }
}

/// The parameters of control under these readings.
#[must_use]
pub fn control_rules(readings: &Readings, numbers: &Numbers, subject: Option<Node>) -> ControlRules {
    ControlRules {
        subject,
        majority: numbers.control_majority.clone(),
        presumption: (readings.reading("defacto_30") != "off").then(|| numbers.control_presumption.clone()),
        family_block: readings.reading("family_block") == "on",
        joint: readings.reading("joint_control") != "ignored",
    }
}
