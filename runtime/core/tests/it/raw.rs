//! A server that reads bodies too, and responds with bytes, and a client for any operation.

use std::sync::{Arc, Mutex};

use openapi_client_runtime::authentication::standard::{Credentials, CredentialsError, Standard};
use openapi_client_runtime::client::{BuiltClient, ClientDescription, Engine};
use openapi_client_runtime::response::{Documented, RawResponse};
use openapi_client_runtime::wire::Request;
use openapi_client_runtime::{
    BuilderError, ClientBuilder, Operation, Retry, SendError, ServiceEndpoints,
};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub head: String,
    pub body: Vec<u8>,
}

impl Arrived {
    /// Path and query.
    pub fn target(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }

    /// The pairs of the query, read by others.
    pub fn query(&self) -> Vec<(String, String)> {
        let query = self.target().split_once('?').map_or("", |it| it.1);
        form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.split("\r\n").skip(1);
        let mut headers = lines.filter_map(|line| line.split_once(": "));
        let found = headers.find(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }
}

pub struct Raw {
    pub url: String,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Raw {
    /// Responds to the requests in their order with these bytes, the last again and again.
    pub async fn start(responses: &[&[u8]]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let responses: Vec<Vec<u8>> = responses.iter().map(|bytes| bytes.to_vec()).collect();
        let (seen, responses) = (Arc::clone(&arrived), Arc::new(responses));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&seen), Arc::clone(&responses)));
            }
        });
        Self { url, arrived }
    }

    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    pub fn last(&self) -> Arrived {
        self.arrived().pop().unwrap()
    }
}

async fn serve(stream: TcpStream, seen: Arc<Mutex<Vec<Arrived>>>, responses: Arc<Vec<Vec<u8>>>) {
    let mut stream = BufReader::new(stream);
    while let Some(request) = read(&mut stream).await {
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.push(request);
            seen.len() - 1
        };
        let response = &responses[number.min(responses.len() - 1)];
        if stream.write_all(response).await.is_err() {
            return;
        }
        // One that says nothing of its length ends with the connection.
        let head = String::from_utf8_lossy(response).to_lowercase();
        let keeps = head.contains("content-length:") || head.contains("0\r\n\r\n");
        if !keeps || head.contains("x-stall") {
            if head.contains("x-stall") {
                tokio::time::sleep(std::time::Duration::from_secs(20)).await;
            }
            return;
        }
    }
}

/// None where the client breaks it off.
async fn read(stream: &mut BufReader<TcpStream>) -> Option<Arrived> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    let mut request = Arrived {
        head: head.trim_end().to_owned(),
        body: Vec::new(),
    };
    if let Some(length) = request.header("content-length") {
        request.body = vec![0; length.parse().unwrap()];
        stream.read_exact(&mut request.body).await.ok()?;
    } else if request.header("transfer-encoding") == Some("chunked") {
        loop {
            let mut size = String::new();
            stream.read_line(&mut size).await.ok()?;
            let size = usize::from_str_radix(size.trim(), 16).ok()?;
            let mut chunk = vec![0; size + 2];
            stream.read_exact(&mut chunk).await.ok()?;
            if size == 0 {
                break;
            }
            request.body.extend_from_slice(&chunk[..size]);
        }
    }
    Some(request)
}

static SERVICES: &[ServiceEndpoints] =
    &[ServiceEndpoints::new("lab", &[]).global("https://lab.example.com")];
static DESCRIPTION: ClientDescription = ClientDescription {
    services: SERVICES,
    user_agent: "lab/1.0",
};
pub static GET: Operation = Operation::new("lab", "Get", "GET", "/x").retry(Retry::Safe);
pub static PUT: Operation = Operation::new("lab", "Put", "PUT", "/x")
    .retry(Retry::Safe)
    .content_type("application/json");

#[derive(Clone, Debug)]
pub struct Lab(pub Engine<Standard>);

impl BuiltClient for Lab {
    fn description() -> &'static ClientDescription {
        &DESCRIPTION
    }

    fn from_core(engine: Engine<Standard>) -> Result<Self, BuilderError<CredentialsError>> {
        Ok(Self(engine))
    }
}

impl Lab {
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new().credentials(Credentials::bearer("Hidden-Token"))
    }

    pub fn to(server: &Raw) -> Self {
        Self::builder().endpoint(&server.url).build().unwrap()
    }

    pub async fn send(
        &self,
        operation: &'static Operation,
        request: Request,
    ) -> Result<RawResponse, SendError<CredentialsError>> {
        let call = self.0.begin(operation, request.headers())?;
        call.send(None, request).await
    }

    pub async fn download(
        &self,
        request: Request,
    ) -> Result<RawResponse, SendError<CredentialsError>> {
        self.download_of(&[], request).await
    }

    /// Left or held, as these say.
    pub async fn download_of(
        &self,
        documented: Documented,
        request: Request,
    ) -> Result<RawResponse, SendError<CredentialsError>> {
        let call = self.0.begin(&GET, request.headers())?;
        call.download(documented).send(None, request).await
    }
}

/// A response with a body of this length.
pub fn response(status: u16, content_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status} -\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}
