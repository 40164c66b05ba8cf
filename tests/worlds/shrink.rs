//! The strategies: a seed makes a world, and a failing world is made smaller by taking parties, rows and cells away.

use proptest::prelude::any;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::{Case, SUBJECT, case, dealings_case, unknown_case};

/// Random worlds of certain facts.
pub fn worlds() -> Worlds {
    Worlds { make: case }
}

/// Random worlds in which something is unknown.
pub fn unknown_worlds() -> Worlds {
    Worlds { make: unknown_case }
}

/// Random worlds of certain facts with dealings in them.
pub fn dealings_worlds() -> Worlds {
    Worlds { make: dealings_case }
}

/// A strategy over the worlds of all seeds.
#[derive(Clone, Debug)]
pub struct Worlds {
    make: fn(u64) -> Case,
}

impl Strategy for Worlds {
    type Tree = Tree;
    type Value = Case;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let seed = any::<u64>().new_tree(runner)?.current();
        Ok(Tree::new((self.make)(seed)))
    }
}

/// One thing that may be taken away. Rows are known by what they say, because their numbers move as others go.
#[derive(Clone, Debug)]
enum Removal {
    /// A party with every row that names it.
    Party(String),
    /// A row of a table.
    Row(String, Value),
    /// A cell that may be empty, of a row of a table.
    Cell(String, Value, &'static str),
}

const OPTIONAL: [&str; 13] = [
    "from",
    "until",
    "agreed",
    "votes_percent",
    "birth_date",
    "lead",
    "joint",
    "side",
    "subject_matter",
    "exemption",
    "exemption_facts",
    "approved_on",
    "forecast",
];

/// The columns that name a party. (The `group` of an acting in concert is a label that is no party's id.)
const NAMING: [&str; 16] = [
    "holder",
    "company",
    "principal",
    "agent",
    "controller",
    "controlled",
    "member",
    "person",
    "organisation",
    "relative",
    "party",
    "counterparty",
    "side",
    "group",
    "shareholder",
    "beneficiary",
];

/// Everything that could be taken away, from the smallest to the greatest.
fn removals(dataset: &Value) -> Vec<Removal> {
    let (mut cells, mut rows, mut parties) = (Vec::new(), Vec::new(), Vec::new());
    for (table, all) in dataset.as_object().expect("a dataset is an object") {
        for row in all.as_array().expect("a table is an array") {
            if table != "parties" {
                rows.push(Removal::Row(table.clone(), row.clone()));
            } else if row["id"] != SUBJECT {
                parties.push(Removal::Party(row["id"].as_str().expect("a text").to_owned()));
            }
            for column in OPTIONAL.into_iter().filter(|column| row.get(column).is_some()) {
                cells.push(Removal::Cell(table.clone(), row.clone(), column));
            }
        }
    }
    cells.extend(rows);
    cells.extend(parties);
    cells
}

impl Removal {
    /// Takes the thing away; does nothing where it is no longer there.
    fn apply(&self, dataset: &mut Value) {
        let tables = dataset.as_object_mut().expect("a dataset is an object");
        match self {
            Self::Party(id) => {
                for (table, rows) in tables.iter_mut() {
                    let columns: &[&str] = if table == "parties" { &["id"] } else { &NAMING };
                    let names =
                        |row: &Value| columns.iter().any(|column| row.get(column).is_some_and(|cell| cell == id));
                    rows.as_array_mut().expect("a table is an array").retain(|row| !names(row));
                }
            }
            Self::Row(table, row) => {
                let rows = tables[table].as_array_mut().expect("a table is an array");
                if let Some(number) = rows.iter().position(|other| other == row) {
                    rows.remove(number);
                }
            }
            Self::Cell(table, row, column) => {
                let rows = tables[table].as_array_mut().expect("a table is an array");
                if let Some(found) = rows.iter_mut().find(|other| *other == row) {
                    found.as_object_mut().expect("a row is an object").remove(*column);
                }
            }
        }
    }
}

/// A world on its way to a smaller one.
pub struct Tree {
    case: Case,
    /// The world before the last removal, as long as that may be put back.
    before: Option<Case>,
    removals: Vec<Removal>,
    /// Whether anything of this round stayed removed, so that another round is worth while.
    progress: bool,
}

impl Tree {
    fn new(case: Case) -> Self {
        let removals = removals(&case.dataset);
        Self { case, before: None, removals, progress: false }
    }
}

impl ValueTree for Tree {
    type Value = Case;

    fn current(&self) -> Case {
        self.case.clone()
    }

    /// Takes one more thing away, the greatest first.
    fn simplify(&mut self) -> bool {
        self.progress |= self.before.take().is_some();
        loop {
            if self.removals.is_empty() && self.progress {
                self.progress = false;
                self.removals = removals(&self.case.dataset);
            }
            let Some(removal) = self.removals.pop() else { return false };
            let before = self.case.clone();
            removal.apply(&mut self.case.dataset);
            if self.case != before {
                self.before = Some(before);
                return true;
            }
        }
    }

    /// Puts the last thing back.
    fn complicate(&mut self) -> bool {
        let before = self.before.take();
        before.is_some_and(|before| {
            self.case = before;
            true
        })
    }
}
