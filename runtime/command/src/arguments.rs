//! What an operation is given by name, and what comes back.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::PathBuf;

use huaweicloud_runtime::{
    AnyError, Call, CallError, CredentialsError, Password, Response, Upload,
};
use serde::Serialize;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde_json::Value;

/// The values for one call, by the names of its parameters.
#[derive(Debug, Clone, Default)]
pub struct Arguments(BTreeMap<&'static str, Given>);

/// A value.
#[derive(Debug, Clone)]
pub(crate) enum Given {
    /// Anybody may see it.
    Plain(Value),
    /// Nobody may.
    Secret(Password),
    /// JSON that nobody may see.
    SecretJson(Password),
    /// Files by their paths.
    Files(Vec<PathBuf>),
}

/// A value that does not fit its parameter.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {problem}")]
pub(crate) struct Misfit {
    name: &'static str,
    problem: String,
}

impl CallError for Misfit {}

impl Arguments {
    pub(crate) fn insert(&mut self, name: &'static str, given: Given) {
        self.0.insert(name, given);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Given> {
        self.0.get(name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &Given)> {
        self.0.iter().map(|(name, given)| (*name, given))
    }

    /// A value that must be there.
    ///
    /// # Errors
    /// When it is not, or is not of this type.
    pub fn take<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, AnyError> {
        self.find(name)?.ok_or_else(|| {
            let problem = "is needed".to_owned();
            Misfit { name, problem }.into()
        })
    }

    /// A value that may be there.
    ///
    /// # Errors
    /// When it is not of this type.
    pub fn find<T: DeserializeOwned>(&self, name: &'static str) -> Result<Option<T>, AnyError> {
        let Some(given) = self.0.get(name) else {
            return Ok(None);
        };
        let read = match given {
            Given::Plain(value) => T::deserialize(value).map_err(|error| error.to_string()),
            Given::Secret(text) => {
                let text: StrDeserializer<'_, ValueError> = text.expose().into_deserializer();
                // What such an error says, it may quote.
                T::deserialize(text).map_err(|_| "cannot be a text".to_owned())
            }
            Given::SecretJson(text) => {
                serde_json::from_str(text.expose()).map_err(|error| hidden(&error))
            }
            Given::Files(_) => Err("is no file".to_owned()),
        };
        let fitting = |problem| Misfit { name, problem }.into();
        read.map(Some).map_err(fitting)
    }

    /// Hands a value on if it is there.
    ///
    /// # Errors
    /// When it is not of this type.
    pub fn set<B, T: DeserializeOwned>(
        &self,
        name: &'static str,
        builder: B,
        set: impl FnOnce(B, T) -> B,
    ) -> Result<B, AnyError> {
        Ok(match self.find(name)? {
            Some(value) => set(builder, value),
            None => builder,
        })
    }

    /// The files of a parameter.
    pub fn files(&self, name: &str) -> Vec<Upload> {
        match self.0.get(name) {
            Some(Given::Files(paths)) => paths.iter().map(Upload::path).collect(),
            _ => Vec::new(),
        }
    }
}

/// Where JSON is wrong, without a word of it.
pub(crate) fn hidden(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Data => "does not have the shape that is asked for",
        _ => "is no JSON",
    };
    let (line, column) = (error.line(), error.column());
    format!("{what} (line {line}, column {column}; nothing of it is shown, it holds a secret)")
}

/// What came back from a call that succeeded.
#[derive(Debug, Clone)]
pub struct Reply {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    /// Secrets in it are redacted.
    pub(crate) value: Value,
}

impl Reply {
    /// Makes a call whose value can be written as JSON. Nothing secret is in what it gives.
    ///
    /// # Errors
    /// Those of the call.
    pub async fn of<C>(call: C) -> Result<Self, AnyError>
    where
        C: Call<Output: Serialize, Failure: Debug + Sync, Credentials = CredentialsError>,
    {
        let response = call.send().await?;
        let value = response.shown_as_json();
        Ok(Self::with(&response, value.unwrap_or_default()))
    }

    /// The same for a value that cannot; it is shown as programmers see it.
    ///
    /// # Errors
    /// Those of the call.
    pub async fn shown<C>(call: C) -> Result<Self, AnyError>
    where
        C: Call<Output: Debug, Failure: Debug + Sync, Credentials = CredentialsError>,
    {
        let response = call.send().await?;
        let value = Value::String(format!("{response:?}"));
        Ok(Self::with(&response, value))
    }

    fn with<T>(response: &Response<T>, value: Value) -> Self {
        Self {
            status: response.status(),
            request_id: response.request_id().map(str::to_owned),
            value,
        }
    }
}
