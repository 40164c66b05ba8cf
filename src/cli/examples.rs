//! An example or two of every command, shown with its help. A test runs each of them.

use clap::Command;

/// The examples of every command, as one types them where the sample `data/samples/tour` is.
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[
    ("init", &["relata init mydata --lang zh", "relata init mydata.xlsx --format xlsx --lang zh"]),
    ("generate", &["relata generate --holdings 1000 --seed 1 -o market"]),
    (
        "validate",
        &["relata validate data/samples/tour", "relata validate data/samples/tour --format csv -o findings.csv"],
    ),
    (
        "convert",
        &["relata convert data/samples/tour tour.xlsx --lang zh", "relata convert data/samples/tour tour.json"],
    ),
    ("pack", &["relata pack data/samples/tour -o tour.relata"]),
    (
        "register",
        &[
            "relata register data/samples/tour --as-of 2022-06-30",
            "relata register data/samples/tour --as-of 2022-06-30 --format xlsx -o register.xlsx",
            "relata register data/samples/tour --as-of 2022-06-30 --format html -o register.html",
        ],
    ),
    ("check", &["relata check data/samples/tour REED 乙小样 --as-of 2022-06-30"]),
    (
        "explain",
        &[
            "relata explain data/samples/tour PORT --as-of 2022-06-30",
            "relata explain data/samples/tour PORT --as-of 2022-06-30 --format svg -o port.svg",
        ],
    ),
    ("screen", &["relata screen data/samples/tour tests/data/lists/suppliers.csv --as-of 2022-06-30"]),
    ("owners", &["relata owners data/samples/tour LARK --as-of 2022-06-30 --at-least 1%"]),
    ("owned", &["relata owned data/samples/tour HILL --as-of 2022-06-30"]),
    (
        "groups",
        &[
            "relata groups data/samples/tour WILLOW MILL --as-of 2022-06-30",
            "relata groups data/samples/tour WILLOW --as-of 2022-06-30 --format svg -o group.svg",
        ],
    ),
    (
        "assess",
        &[
            "relata assess data/samples/tour",
            "relata assess data/samples/tour --propose counterparty=FOG,kind=9.1,amount=900000,date=2022-06-01",
        ],
    ),
    ("announce", &["relata announce data/samples/tour T22 -o draft.md"]),
    ("recuse", &["relata recuse data/samples/tour WILLOW --as-of 2022-06-01"]),
    ("daily", &["relata daily data/samples/tour --as-of 2022-06-30"]),
    ("calendar", &["relata calendar data/samples/tour --from 2022-06-01 --format ics -o relata.ics"]),
    ("batch", &["relata batch data/samples/tour --as-of 2022-06-30 -o registers.jsonl"]),
    ("controllers", &["relata controllers data/samples/tour --as-of 2022-06-30 --format csv"]),
    ("movements", &["relata movements data/samples/winning ZW-WY-ZC --from 2011-08-18 --to 2019-10-30"]),
    ("diff", &["relata diff data/samples/tour --from 2021-12-31 --to 2022-06-30"]),
    (
        "whatif",
        &[
            "relata whatif data/samples/tour --end positions:1=2022-05-31 --as-of 2022-06-30",
            "relata whatif data/samples/tour --set holdings:1:percent=40 --as-of 2022-06-30",
        ],
    ),
    ("declarations", &["relata declarations data/samples/tour --as-of 2022-06-30"]),
    ("filing", &["relata filing data/samples/tour --as-of 2022-06-30 --format csv -o filing.csv"]),
    (
        "verify",
        &[
            "relata register data/samples/tour --as-of 2022-06-30 --format json -o register.json",
            "relata verify register.json data/samples/tour",
        ],
    ),
    ("serve", &["relata serve data/samples/tour"]),
    ("completions", &["relata completions zsh"]),
    ("man", &["relata man man"]),
];

/// Adds the examples to the help of every command.
pub(super) fn shown(command: Command) -> Command {
    EXAMPLES.iter().fold(command, |command, (name, examples)| {
        if command.find_subcommand(name).is_none() {
            // Left out of this build.
            return command;
        }
        command.mut_subcommand(name, |command| {
            let mut text = String::from("Examples · 示例:\n");
            examples.iter().for_each(|example| {
                text.push_str("  ");
                text.push_str(example);
                text.push('\n');
            });
            if let Some(about) = command.get_after_help() {
                text.push('\n');
                text.push_str(&about.to_string());
            }
            command.after_help(text)
        })
    })
}
