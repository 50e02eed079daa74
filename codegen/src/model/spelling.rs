//! How parameters and form fields are spelled, and what a body is made of besides JSON.

/// How a value becomes text: a style of OpenAPI and whether its parts stand by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelling {
    /// The style.
    pub style: Style,
    /// Whether each part of a list or an object stands by itself.
    pub explode: bool,
    /// Whether characters that mean something in addresses stay as they are.
    pub allow_reserved: bool,
}

/// A style of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;n=a`
    Matrix,
    /// `n=a&n=b`
    Form,
    /// `n=a b`
    SpaceDelimited,
    /// `n=a|b`
    PipeDelimited,
    /// `n[k]=a`
    DeepObject,
    /// The value as JSON: what a parameter has that is given by its content.
    Json,
}

impl Style {
    /// The style that a document means by a word.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "simple" => Self::Simple,
            "label" => Self::Label,
            "matrix" => Self::Matrix,
            "form" => Self::Form,
            "spaceDelimited" => Self::SpaceDelimited,
            "pipeDelimited" => Self::PipeDelimited,
            "deepObject" => Self::DeepObject,
            _ => return None,
        })
    }

    /// The name of the variant, which is that of the runtime's too.
    pub fn name(self) -> String {
        format!("{self:?}")
    }
}

/// How a body is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// As JSON.
    Json,
    /// As form fields; those that are spelled in a way of their own by their wire names.
    Form(Vec<(String, Spelling)>),
    /// As parts, one for each field of an object.
    Multipart(Vec<FormPart>),
    /// As text.
    Text,
    /// As the bytes that callers give.
    Bytes,
}

/// A part of a body, by the field it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPart {
    /// The wire name of the field.
    pub name: String,
    /// What stands in it.
    pub kind: FormPartKind,
    /// Its media type, where the document gives one.
    pub content_type: Option<String>,
}

/// What stands in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormPartKind {
    /// A scalar as text, or one part for each of a list.
    Value,
    /// A value as JSON.
    Json,
    /// A file.
    File,
    /// Files, one part each.
    Files,
}
