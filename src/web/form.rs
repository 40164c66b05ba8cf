//! The forms in which an answer goes out, by the parameter `format`.

use crate::facts::Lang;
use crate::inquiry::Refusal;
use crate::intake::both;
use crate::report::{Answer, ExplainForm, Form, write};
use axum::http::HeaderValue;
use std::io;

/// An answer that has been written.
pub(super) struct Written {
    pub(super) bytes: Vec<u8>,
    kind: &'static str,
    ending: &'static str,
    /// Whether it is a file to be kept rather than something a program reads.
    is_file: bool,
}

impl Written {
    /// JSON.
    pub(super) fn json(produce: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<Self, Refusal> {
        Self::new("application/json", "json", false, produce)
    }

    /// An answer in the form asked for.
    pub(super) fn answer(answer: &dyn Answer, format: Option<&str>) -> Result<Self, Refusal> {
        let form = choose(format, Form::ALL, Form::name)?;
        let (kind, is_file) = match form {
            Form::Json | Form::Page => ("application/json", false),
            Form::Table => ("text/plain; charset=utf-8", false),
            Form::Markdown => ("text/markdown; charset=utf-8", true),
            Form::Csv => ("text/csv; charset=utf-8", true),
            Form::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true),
        };
        Self::new(kind, form.name(), is_file, |out| write(answer, form, None, out))
    }

    /// A proof in the form asked for.
    pub(super) fn proof(
        format: Option<&str>,
        produce: impl FnOnce(ExplainForm, &mut dyn io::Write) -> io::Result<()>,
    ) -> Result<Self, Refusal> {
        let form = choose(Some(format.unwrap_or("json")), ExplainForm::ALL, ExplainForm::name)?;
        let (kind, ending) = match form {
            ExplainForm::Json => ("application/json", "json"),
            ExplainForm::Text => ("text/plain; charset=utf-8", "txt"),
            ExplainForm::Dot => ("text/vnd.graphviz; charset=utf-8", "dot"),
            ExplainForm::Mermaid => ("text/plain; charset=utf-8", "mmd"),
        };
        Self::new(kind, ending, false, |out| produce(form, out))
    }

    /// A file to be kept.
    pub(super) fn file(
        kind: &'static str,
        ending: &'static str,
        produce: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> Result<Self, Refusal> {
        Self::new(kind, ending, true, produce)
    }

    fn new(
        kind: &'static str,
        ending: &'static str,
        is_file: bool,
        produce: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> Result<Self, Refusal> {
        let mut bytes = Vec::new();
        produce(&mut bytes).map_err(|error| {
            Refusal::Failed(both!("the answer cannot be written: {error}", "无法写出答案：{error}"))
        })?;
        Ok(Self { bytes, kind, ending, is_file })
    }

    pub(super) fn content_type(&self) -> HeaderValue {
        HeaderValue::from_static(self.kind)
    }

    /// The name under which a browser keeps it.
    pub(super) fn disposition(&self, name: &str) -> Option<HeaderValue> {
        let file = format!("attachment; filename=\"relata-{name}.{}\"", self.ending);
        self.is_file.then(|| HeaderValue::from_str(&file).ok()).flatten()
    }
}

/// The form of that name; JSON where none is named.
pub(super) fn choose<F: Copy>(
    asked: Option<&str>,
    forms: &[F],
    name: impl Fn(F) -> &'static str,
) -> Result<F, Refusal> {
    let asked = asked.unwrap_or("json");
    forms.iter().copied().find(|form| name(*form) == asked).ok_or_else(|| {
        let known: Vec<&str> = forms.iter().map(|form| name(*form)).collect();
        let (en, zh) = (known.join(", "), known.join(Lang::Zh.pick("、", ", ")));
        Refusal::Usage(both!("there is no format `{asked}` here; there are {en}", "此处没有`{asked}`格式；可用：{zh}"))
    })
}
