//! Reads a folder with one CSV file for each table.

use super::OpenError;
use super::code::Code;
use super::csv_file;
use super::finding::Finding;
use super::headings::unknown_table;
use super::raw::{RawDataset, RawTable, Rest, Source};
use super::schema;
use super::text::both;
use std::path::Path;

/// Opens every table of the folder. Files are read in blocks of about `size` bytes.
pub(crate) fn read(folder: &Path, size: usize) -> Result<RawDataset, OpenError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| OpenError::Read { path, source }
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Hidden files and the lock files of office programs are no tables.
        if is_csv && path.is_file() && !name.starts_with(['.', '~']) {
            files.push((name, path));
        }
    }
    files.sort();
    let missing = folder.join("parties.csv");
    let mut dataset = RawDataset { file: name_of(&missing), ..RawDataset::default() };
    for (name, path) in files {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(schema) = schema::named(&stem) else {
            dataset.findings.push(unknown_table(&stem).file(&name, None));
            continue;
        };
        if let Some(first) = dataset.table(schema) {
            let (first, en, zh) = (&first.file, schema.en, schema.zh);
            let message = both!("the table {en} stands in `{first}` already", "{zh}表已在“{first}”中");
            let remedy = both!("put all rows into one of the two files", "请把两个文件的行合并到一个文件");
            dataset.findings.push(Finding::new(Code::DuplicateTable, message).file(&name, schema.table).remedy(remedy));
            continue;
        }
        let mut table = RawTable::new(&name, schema);
        let file = std::fs::File::open(&path).map_err(failed(&path))?;
        let file = csv_file::open(Box::new(file), size, &mut table, &mut dataset.findings).map_err(failed(&path))?;
        dataset.tables.push(Source { table, rest: Rest::File { path, file: Box::new(file) } });
    }
    Ok(dataset)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
