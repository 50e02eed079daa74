//! Operations written as generated code has them, on the runtime of a client without a vendor.

use crate::raw::{Raw, response};
use crate::runtime::authentication::standard::Credentials;
use crate::runtime::generated::{BuiltClient, ClientDescription, Core};
use crate::runtime::{BuilderError, CallOptions, ClientBuilder, ServiceEndpoints};

static DESCRIPTION: ClientDescription = ClientDescription {
    services: &[ServiceEndpoints::new("shop", &[]).global("https://shop.example.com")],
    user_agent: "shop/1.0",
};

#[derive(Clone, Debug)]
pub struct Client {
    core: Core,
}

impl Client {
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) fn with_options(&self, options: &crate::runtime::CallOptions) -> Self {
        let core = self.core.with_options(options);
        Self { core }
    }
}

impl BuiltClient for Client {
    fn description() -> &'static ClientDescription {
        &DESCRIPTION
    }

    fn from_core(core: Core) -> Result<Self, BuilderError> {
        Ok(Self { core })
    }
}

mod upload_picture {
    use crate::runtime::generated::{Outcome, RawResponse, call_builder, check, failures, wire};
    use crate::runtime::{Download, InvalidRequest, Operation, Retry, SecurityScheme, Upload};
    use wire::Style;

    pub static OPERATION: Operation =
        Operation::new("shop", "UploadPicture", "POST", "/items/{id}/picture")
            .retry(Retry::Unsafe)
            .security(&[
                &[("key", SecurityScheme::ApiKeyQuery("key"))],
                &[("token", SecurityScheme::Bearer)],
            ]);

    call_builder! {
        /// Gives an item a picture, and gets it back in another size.
        pub struct UploadPicture(id: String) -> Download, UploadPictureError, download {
            /// The sizes.
            sizes: Vec<u32>,
            /// The picture.
            picture: Upload = impl Into<Upload>,
            /// What it shows.
            title: String = impl Into<String>,
        }
    }

    impl UploadPicture {
        fn request(&self) -> Result<wire::Request, InvalidRequest> {
            let id = wire::path_param("id", Style::Simple.joined(), &self.id)?;
            check::required("picture", self.picture.as_ref())?;
            Ok(wire::RequestBuilder::post(format!("/items/{id}/picture"))
                .header("accept", "image/*")
                .query_param("sizes", Style::Form.joined(), &self.sizes)
                .multipart(
                    wire::Multipart::new()
                        .part("title", wire::Part::value(&self.title))
                        .part("picture", wire::Part::files(&self.picture)),
                )
                .build()?)
        }

        fn read(response: RawResponse) -> Outcome<Self> {
            match response.status() {
                200 => match response.media_among(&["image/*"]) {
                    Some(_) => {
                        let body = response.download();
                        Ok(response.success(body))
                    }
                    None => Err(response.undocumented_media()),
                },
                _ => Err(UploadPictureError::of(response)),
            }
        }
    }

    failures! {
        /// How it fails.
        pub enum UploadPictureError {
            413 => TooLarge(String as text), "The picture is too large.";
        }
    }
}

#[tokio::test]
async fn an_operation_with_a_file_there_and_back() {
    let server = Raw::start(&[
        &response(200, "image/png", b"\x89PNG"),
        &response(413, "text/plain", b"2 MiB at most"),
        &response(200, "text/html", b"<p>"),
    ])
    .await;
    let client = Client::builder()
        .credentials(Credentials::bearer("b").and(Credentials::api_key_query("key", "Hidden-1")))
        .endpoint(&server.url)
        .build()
        .unwrap();
    let call = || {
        upload_picture::UploadPicture::new(client.clone(), "7".to_owned())
            .sizes(vec![32, 64])
            .title("Lamp")
            .call_options(CallOptions::new().header("x-language", "en"))
    };
    let error = call().send().await.unwrap_err();
    assert!(
        error.to_string().contains("`picture`: it is required"),
        "{error}"
    );

    let response = call().picture("a lamp").send().await.unwrap();
    assert_eq!(
        response.into_inner().collect(100).await.unwrap(),
        b"\x89PNG"
    );
    let arrived = server.last();
    assert_eq!(
        arrived.target(),
        "/items/7/picture?key=Hidden-1&sizes=32,64"
    );
    assert_eq!(arrived.header("x-language"), Some("en"));
    assert_eq!(arrived.header("authorization"), None);
    assert_eq!(arrived.header("accept"), Some("image/*"));

    let error = call().picture(b"x".to_vec()).send().await.unwrap_err();
    let crate::runtime::Error::Api(error) = error else {
        panic!("{error:?}");
    };
    let upload_picture::UploadPictureError::TooLarge(words) = error.body();
    assert_eq!(words, "2 MiB at most");

    let error = call().picture("x").send().await.unwrap_err();
    assert!(
        error.to_string().contains("not documented for it"),
        "{error}"
    );
}
