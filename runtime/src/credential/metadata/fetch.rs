//! The two requests of one fetch.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;

use crate::wire::SecretBytes;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use zeroize::Zeroize as _;

use super::response;
use crate::credential::error::{MetadataError, MetadataProblem, Step};
use crate::credential::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::transport::{
    ConnectionSettings, HttpTransport, MAX_BODY, Transport, TransportErrorKind,
};

const TOKEN_PATH: &str = "/meta-data/latest/api/token";
const KEYS_PATH: &str = "/openstack/latest/securitykey";
const TOKEN: HeaderName = HeaderName::from_static("x-metadata-token");
const TOKEN_LIFETIME: HeaderName = HeaderName::from_static("x-metadata-token-ttl-seconds");
/// Six hours, which the official SDKs ask for too. The token is used once.
const SIX_HOURS: HeaderValue = HeaderValue::from_static("21600");
/// The service is on the same host or nowhere.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// What the service says, with status 401, when a server has no agency.
const NO_AGENCY: &str = "configure Cloud Service Agency";

/// Fetches keys each time it is asked.
pub(super) struct Fetch {
    pub(super) address: String,
    /// Made when first needed: most chains end before.
    pub(super) transport: OnceLock<Result<Arc<dyn Transport>, MetadataProblem>>,
    pub(super) timeout: Duration,
    pub(super) project_id: Option<String>,
    pub(super) domain_id: Option<String>,
}

impl Fetch {
    async fn fetch(&self) -> Result<Credentials, MetadataError> {
        let token = self
            .token()
            .await
            .map_err(|problem| self.error(Step::Token, problem))?;
        let mut credentials = self
            .keys(token)
            .await
            .map_err(|problem| self.error(Step::Keys, problem))?;
        tracing::debug!(
            address = self.address,
            "keys fetched from the metadata service"
        );
        if let Some(id) = &self.project_id {
            credentials = credentials.project_id(id);
        }
        if let Some(id) = &self.domain_id {
            credentials = credentials.domain_id(id);
        }
        Ok(credentials)
    }

    /// The token, or none where the service knows no tokens.
    async fn token(&self) -> Result<Option<HeaderValue>, MetadataProblem> {
        let response = self
            .send(Method::PUT, TOKEN_PATH, (TOKEN_LIFETIME, SIX_HOURS))
            .await?;
        match response.status() {
            StatusCode::OK => {
                let token = response::token(response.body()).map_err(MetadataProblem::Malformed)?;
                let mut token = HeaderValue::from_str(token)
                    .map_err(|_| MetadataProblem::Malformed("no header can carry the token"))?;
                token.set_sensitive(true);
                Ok(Some(token))
            }
            // The responses by which the official SDKs know such services.
            StatusCode::NOT_FOUND
            | StatusCode::METHOD_NOT_ALLOWED
            | StatusCode::SERVICE_UNAVAILABLE => Ok(None),
            status => Err(MetadataProblem::Status(status.as_u16())),
        }
    }

    async fn keys(&self, token: Option<HeaderValue>) -> Result<Credentials, MetadataProblem> {
        let header = token.map(|token| (TOKEN, token));
        let response = self.send(Method::GET, KEYS_PATH, header).await?;
        let status = response.status();
        let body = response.into_body();
        let read = match status {
            StatusCode::OK => response::credentials(&body).map_err(MetadataProblem::Malformed),
            StatusCode::UNAUTHORIZED if String::from_utf8_lossy(&body).contains(NO_AGENCY) => {
                Err(MetadataProblem::NoAgency)
            }
            status => Err(MetadataProblem::Status(status.as_u16())),
        };
        // Nobody else holds it, unless the transport keeps its responses.
        if let Ok(mut body) = body.try_into_mut() {
            body.as_mut().zeroize();
        }
        read
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        header: impl Into<Option<(HeaderName, HeaderValue)>>,
    ) -> Result<http::Response<Bytes>, MetadataProblem> {
        let transport = self
            .transport
            .get_or_init(|| self.own_transport())
            .as_ref()
            .map_err(Clone::clone)?;
        let mut request = http::Request::new(SecretBytes::default());
        *request.method_mut() = method;
        *request.uri_mut() = format!("{}{path}", self.address)
            .parse()
            .map_err(|_| MetadataProblem::Address)?;
        request.headers_mut().extend(header.into());
        let timeout = || MetadataProblem::Timeout(self.timeout);
        let too_large = MetadataProblem::Malformed("it is larger than 1 MiB");
        let response = tokio::time::timeout(self.timeout, transport.send(request))
            .await
            .map_err(|_| timeout())?;
        match response {
            // A transport of another's making may not have bounded it.
            Ok(response) if response.body().len() > MAX_BODY => Err(too_large),
            Ok(response) => Ok(response),
            Err(error) => Err(match error.kind() {
                TransportErrorKind::Timeout => timeout(),
                TransportErrorKind::TooLarge => too_large,
                _ => MetadataProblem::NoResponse(error.reason()),
            }),
        }
    }

    fn own_transport(&self) -> Result<Arc<dyn Transport>, MetadataProblem> {
        let settings = ConnectionSettings {
            connect_timeout: CONNECT_TIMEOUT.min(self.timeout),
            // The next fetch is an hour away.
            pool_max_idle_per_host: Some(0),
            ..ConnectionSettings::default()
        };
        let transport = HttpTransport::with_settings(&settings, false);
        match transport {
            Ok(transport) => Ok(Arc::new(transport)),
            Err(error) => Err(MetadataProblem::Setup(error.reason())),
        }
    }

    fn error(&self, step: Step, problem: MetadataProblem) -> MetadataError {
        MetadataError {
            address: self.address.clone(),
            step,
            problem,
        }
    }
}

impl ProvideCredentials for Fetch {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            self.fetch()
                .await
                .map_err(|error| CredentialsError::Metadata(Box::new(error)))
        })
    }

    fn kind(&self) -> &'static str {
        "metadata service"
    }
}
