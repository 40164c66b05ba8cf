//! The options that every command takes.

use super::failure::Failure;
use super::locale;
use crate::facts::Lang;
use crate::report::Form;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::io::IsTerminal as _;
use std::path::PathBuf;

/// A language on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

/// Options that every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Common options")]
pub(super) struct Options {
    /// The listed company, by id, name, alias or identifier [default: the dataset's settings]
    #[arg(long, global = true, value_name = "ID|NAME")]
    pub(super) subject: Option<String>,
    /// The day asked about [default: today]
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub(super) as_of: Option<NaiveDate>,
    /// The rule pack [default: the dataset's settings, else sse-2022]
    #[arg(long, global = true, value_name = "PACK")]
    pub(super) rules: Option<String>,
    /// Take another reading of a contested phrase; may be repeated
    #[arg(long = "switch", global = true, value_name = "NAME=READING")]
    pub(super) switches: Vec<String>,
    /// The language of the answer [default: the dataset's settings, else the locale]
    #[arg(long, global = true, value_enum, value_name = "zh|en", hide_possible_values = true)]
    pub(super) lang: Option<LangArg>,
    /// The form of the answer: table, json, csv, md or xlsx; for explain, text, json, dot or mermaid
    #[arg(long, global = true, value_name = "FORM")]
    pub(super) format: Option<String>,
    /// Write the answer to a file, which is replaced only when the answer is complete
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Show identifiers in full instead of masked
    #[arg(long, global = true)]
    pub(super) show_identifiers: bool,
    /// Exit with 4 where something is undetermined
    #[arg(long, global = true)]
    pub(super) strict: bool,
    /// Exit with 10 where a party asked about is related
    #[arg(long, global = true)]
    pub(super) exit_code: bool,
}

impl Options {
    /// The language asked for.
    pub(super) fn asked_lang(&self) -> Option<Lang> {
        self.lang.map(|lang| match lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        })
    }

    /// The language before any data is read.
    pub(super) fn early_lang(&self) -> Lang {
        self.asked_lang().unwrap_or_else(locale::language)
    }

    /// The form asked for among those a command has; the first where none is asked for.
    pub(super) fn choose<F: Copy>(&self, forms: &[F], name: impl Fn(F) -> &'static str) -> Result<F, Failure> {
        let asked = self.format.as_deref();
        let found = match asked {
            None => forms.first().copied(),
            Some(asked) => forms.iter().copied().find(|form| name(*form) == asked),
        };
        found.ok_or_else(|| {
            let (lang, asked) = (self.early_lang(), asked.unwrap_or_default());
            let known: Vec<&str> = forms.iter().map(|form| name(*form)).collect();
            Failure::usage(
                lang,
                format!("此命令没有`{asked}`格式；可用：{}", known.join("、")),
                format!("this command has no format `{asked}`; it has {}", known.join(", ")),
            )
        })
    }

    /// The form of a tabular answer.
    pub(super) fn form(&self) -> Result<Form, Failure> {
        let form = self.choose(Form::ALL, Form::name)?;
        self.for_terminal(form)?;
        Ok(form)
    }

    /// A workbook is no text: it is not written to a terminal.
    pub(super) fn for_terminal(&self, form: Form) -> Result<(), Failure> {
        if form == Form::Xlsx && self.output.is_none() && std::io::stdout().is_terminal() {
            return Err(Failure::usage(
                self.early_lang(),
                "工作簿不能显示在终端上；请用 -o 指定文件，如 -o register.xlsx",
                "a workbook cannot be shown on a terminal: name a file with -o, such as -o register.xlsx",
            ));
        }
        Ok(())
    }
}
