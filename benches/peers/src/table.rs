//! The tables: one line for each contestant, with the ratio against ours.

use crate::run::Measured;
use std::fmt::Write;

/// One line.
pub struct Line {
    pub size: String,
    pub contestant: String,
    pub measured: Result<Measured, String>,
}

fn seconds(value: f64) -> String {
    if value < 0.1 { format!("{:.1} ms", value * 1e3) } else { format!("{value:.2} s") }
}

/// A Markdown table of lines of one problem; ratios are against `against` of the same size.
pub fn table(title: &str, lines: &[Line], against: &str) -> String {
    let mut text = format!(
        "\n{title}\n\n| size | contestant | load | compute | all in | peak | all in, against ours | entries |\n"
    );
    text.push_str("|---|---|---:|---:|---:|---:|---:|---:|\n");
    for line in lines {
        let Line { size, contestant, .. } = line;
        let measured = match &line.measured {
            Ok(measured) => measured,
            Err(why) => {
                writeln!(text, "| {size} | {contestant} | {why} | | | | | |").unwrap();
                continue;
            }
        };
        let all_in = |line: &Line| line.measured.as_ref().ok().map(|m| m.load + m.compute);
        let base = lines.iter().find(|other| other.size == *size && other.contestant == against).and_then(all_in);
        let own = all_in(line).unwrap_or_default();
        let ratio = base.map_or(String::new(), |base| format!("{:.2}", own / base));
        let compute = seconds(measured.compute);
        let entries = measured.tally.count;
        let (load, own, peak) = (seconds(measured.load), seconds(own), measured.peak / 1024);
        writeln!(text, "| {size} | {contestant} | {load} | {compute} | {own} | {peak} MB | {ratio} | {entries} |")
            .unwrap();
    }
    text
}
