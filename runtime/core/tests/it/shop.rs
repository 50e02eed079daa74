//! A client with one operation, as generated code would have it.

use openapi_client_runtime::authentication::standard::CredentialsError;
use openapi_client_runtime::client::{BuiltClient, ClientDescription, Core};
use openapi_client_runtime::wire::{RequestBuilder, Style};
use openapi_client_runtime::{
    BuilderError, Call, CallOptions, ClientBuilder, Operation, Response, Retry, ServiceEndpoints,
};
use serde_json::Value;

pub type Error = openapi_client_runtime::Error<(), CredentialsError>;

static SERVICES: &[ServiceEndpoints] =
    &[ServiceEndpoints::new("shop", &[]).global("https://shop.example.com")];
static DESCRIPTION: ClientDescription = ClientDescription {
    services: SERVICES,
    user_agent: "shop/1.0",
};
static SHOW: Operation =
    Operation::new("shop", "ShowItem", "GET", "/items/{id}").retry(Retry::Safe);
static LOG_IN: Operation = Operation::new("shop", "LogIn", "GET", "/items/{id}").anonymous();

#[derive(Clone, Debug)]
pub struct Shop(Core);

impl BuiltClient for Shop {
    fn description() -> &'static ClientDescription {
        &DESCRIPTION
    }

    fn from_core(core: Core) -> Result<Self, BuilderError> {
        Ok(Self(core))
    }
}

#[cfg(feature = "blocking")]
impl openapi_client_runtime::Built for Shop {
    type Builder<C> = ClientBuilder<C>;

    fn builder_of<C>(region: String) -> ClientBuilder<C> {
        ClientBuilder::new().region(region)
    }
}

impl Shop {
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }

    pub fn show_item(&self, id: &str) -> ShowItem {
        self.item(&SHOW, id)
    }

    /// The same without credentials.
    pub fn log_in(&self) -> ShowItem {
        self.item(&LOG_IN, "1")
    }

    fn item(&self, operation: &'static Operation, id: &str) -> ShowItem {
        ShowItem {
            client: self.clone(),
            operation,
            id: id.to_owned(),
        }
    }
}

#[derive(Debug)]
pub struct ShowItem {
    client: Shop,
    operation: &'static Operation,
    id: String,
}

impl ShowItem {
    pub fn call_options(mut self, options: CallOptions) -> Self {
        self.client = Shop(self.client.0.with_options(&options));
        self
    }
}

impl Call for ShowItem {
    type Output = Value;
    type Failure = ();
    type Credentials = CredentialsError;

    async fn send(self) -> Result<Response<Value>, Error> {
        let request = RequestBuilder::get(format!("/items/{}", self.id))
            .query_param("lang", Style::Form.exploded(), &"en")
            .build()?;
        let response = self.client.0.execute(self.operation, None, request).await?;
        match response.status() {
            200 => {
                let body = response.json()?;
                Ok(response.success(body))
            }
            _ => Err(response.undocumented()),
        }
    }
}
