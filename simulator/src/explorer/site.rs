//! The pages as a simulator has them, each made when it is asked for.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::model::Model;

use crate::gateway::Gateway;
use crate::operation::Operation;

use super::{Explorer, File};

/// What the pages are made of.
#[derive(Debug)]
pub(crate) struct Site {
    documents: Vec<Arc<Document>>,
    model: Model,
    command: Option<String>,
    endpoint: String,
}

impl Site {
    pub(crate) fn new(
        documents: Vec<Arc<Document>>,
        model: Model,
        command: Option<String>,
        endpoint: String,
    ) -> Self {
        Self {
            documents,
            model,
            command,
            endpoint,
        }
    }

    fn explorer<'a>(
        &'a self,
        served: Vec<&'a Operation>,
        gateway: &'a dyn Gateway,
        is_live: bool,
    ) -> Explorer<'a> {
        Explorer {
            documents: &self.documents,
            model: &self.model,
            served,
            gateway,
            command: self.command.as_deref(),
            endpoint: &self.endpoint,
            is_live,
        }
    }

    /// Every file, for a simulator that serves these operations or for a place without one.
    pub(crate) fn files(
        &self,
        served: Vec<&Operation>,
        gateway: &dyn Gateway,
        is_live: bool,
    ) -> Vec<File> {
        let explorer = self.explorer(served, gateway, is_live);
        let paths = explorer.paths();
        paths.iter().filter_map(|it| explorer.file(it)).collect()
    }

    /// The response with a file, if there is such a file.
    pub(crate) fn response(
        &self,
        path: &str,
        served: Vec<&Operation>,
        gateway: &dyn Gateway,
    ) -> Option<Response> {
        let file = self.explorer(served, gateway, true).file(path)?;
        let policy = format!("{}; frame-ancestors 'none'", super::CONTENT_SECURITY_POLICY);
        let headers = [
            (CONTENT_TYPE, file.media_type),
            (CONTENT_SECURITY_POLICY, policy.as_str()),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "no-referrer"),
            // The next simulator at this address may have other documents.
            (CACHE_CONTROL, "no-store"),
        ];
        Some((headers, file.text).into_response())
    }
}
