//! A cloud under other names: addresses by a template, names looked up in another way, proxies.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use huaweicloud_runtime::RetryPolicy;
use huaweicloud_runtime::generated::CoreBuilder;
use huaweicloud_runtime::transport::{Resolve, ResolveFuture};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use super::support::{SERVICES, SHOW, Server, aksk, builder, response, show_request};
use super::{identity_of, params};

/// A certificate for these hosts; the name tells issuers apart.
fn params_for(name: &str, hosts: Vec<String>) -> rcgen::CertificateParams {
    let mut params = params(name);
    params.subject_alt_names = rcgen::CertificateParams::new(hosts)
        .unwrap()
        .subject_alt_names;
    params
}

/// A server for the hosts of a private cloud; its port and its certificate.
async fn start_private(hosts: &[&str]) -> (u16, String) {
    let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    let (config, pem) = identity_of(params_for("server", hosts), &[]);
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let mut head = Vec::new();
                while !head.windows(4).any(|part| part == b"\r\n\r\n") {
                    assert!(stream.read_buf(&mut head).await.unwrap() > 0);
                }
                let head = String::from_utf8(head).unwrap();
                let host = head.lines().find_map(|line| line.strip_prefix("host: "));
                let headers = [("Connection", "close"), ("X-Request-Id", host.unwrap())];
                let _ = stream.write_all(&response(200, &headers, "{}")).await;
                let _ = stream.shutdown().await;
            }
        }
    });
    (port, pem)
}

const PRIVATE: &str = "dcs.moon-1.cloud.example";

fn private(pem: &str) -> CoreBuilder {
    CoreBuilder::new("moon-1")
        .credentials(aksk())
        .endpoint_template("https://{service}.{region}.cloud.example")
        .retry_policy(RetryPolicy::none())
        .ca_certificate(pem)
}

/// Calls a private cloud: the Host that arrived, or what the error says.
async fn call_private(builder: CoreBuilder) -> String {
    let core = builder.build(SERVICES).unwrap();
    match core.execute(&SHOW, None, show_request()).await {
        Ok(response) => response.request_id().unwrap().to_owned(),
        Err(error) => error.to_string(),
    }
}

/// Knows one host, and writes down who was asked for.
struct Knowing {
    host: &'static str,
    asked: Mutex<Vec<String>>,
}

impl Resolve for Knowing {
    fn resolve<'a>(&'a self, host: &'a str) -> ResolveFuture<'a> {
        self.asked.lock().unwrap().push(host.to_owned());
        Box::pin(async move {
            match host {
                "silent" => std::future::pending().await,
                "hostile" => Err(std::io::Error::other("no\r\nforged\u{1b}[2J")),
                _ if host == self.host => Ok(vec![[127, 0, 0, 1].into()]),
                _ => Ok(Vec::new()),
            }
        })
    }
}

#[tokio::test]
async fn a_name_is_reached_where_it_was_said_and_verified_by_the_name() {
    let (port, pem) = start_private(&[PRIVATE]).await;
    let here = SocketAddr::from(([127, 0, 0, 1], port));
    // The Host that is signed and sent is that of the endpoint, without the port.
    let fixed = private(&pem).resolve("DCS.moon-1.cloud.example.", here);
    assert_eq!(call_private(fixed).await, PRIVATE);
    // The port of the endpoint is not the one that was fixed.
    let other_port = private(&pem)
        .endpoint_template("https://{service}.{region}.cloud.example:1")
        .resolve(PRIVATE, here);
    assert_eq!(call_private(other_port).await, format!("{PRIVATE}:1"));
    // One address after the other.
    let second = private(&pem)
        .resolve(PRIVATE, ([127, 0, 0, 1], 1).into())
        .resolve(PRIVATE, here);
    assert_eq!(call_private(second).await, PRIVATE);

    // Who is reached has to be who was meant.
    let (port, pem) = start_private(&["dws.moon-1.cloud.example"]).await;
    let wrong = private(&pem).resolve(PRIVATE, ([127, 0, 0, 1], port).into());
    let text = call_private(wrong).await;
    assert!(
        text.contains("another name") && text.contains("did not reach"),
        "{text}"
    );
}

#[tokio::test]
async fn a_resolver_of_one_s_own_is_asked() {
    let (port, pem) = start_private(&[PRIVATE]).await;
    let at = |host: &str| format!("https://{host}:{port}");
    let knowing = || {
        Arc::new(Knowing {
            host: PRIVATE,
            asked: Mutex::default(),
        })
    };
    let resolver = knowing();
    let builder = private(&pem)
        .endpoint(at(PRIVATE))
        .resolver(resolver.clone());
    assert_eq!(call_private(builder).await, format!("{PRIVATE}:{port}"));
    assert_eq!(*resolver.asked.lock().unwrap(), [PRIVATE]);

    for (host, part) in [
        ("unknown.example", "no address of this name"),
        ("hostile", r"no\r\nforged\u{1b}[2J"),
        ("silent", "not connected within"),
    ] {
        let builder = private(&pem)
            .endpoint(at(host))
            .connect_timeout(Duration::from_millis(200))
            .resolver(knowing());
        let text = call_private(builder).await;
        assert!(
            text.contains(part) && text.contains("did not reach"),
            "{text}"
        );
    }

    // What was fixed, addresses and this machine are nobody else's to say.
    let resolver = knowing();
    for builder in [
        private(&pem).resolve(PRIVATE, ([127, 0, 0, 1], port).into()),
        private(&pem).endpoint(at("127.0.0.1")),
        private(&pem).endpoint(at("localhost")),
    ] {
        call_private(builder.resolver(resolver.clone())).await;
    }
    assert!(resolver.asked.lock().unwrap().is_empty());
}

/// A proxy that wants this login, and carries every connection to `port`; what
/// it was asked for.
async fn proxy_with_login(
    login: &'static str,
    port: u16,
    tls: Option<ServerConfig>,
) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heads = asked.clone();
    let acceptor = tls.map(|config| TlsAcceptor::from(Arc::new(config)));
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let heads = heads.clone();
            match &acceptor {
                None => tokio::spawn(carry(client, login, port, heads)),
                Some(acceptor) => match acceptor.accept(client).await {
                    Ok(client) => tokio::spawn(carry(client, login, port, heads)),
                    Err(_) => continue,
                },
            };
        }
    });
    (address, asked)
}

async fn carry(
    mut client: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    login: &str,
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
) {
    let mut head = Vec::new();
    while !head.windows(4).any(|part| part == b"\r\n\r\n") {
        assert!(client.read_buf(&mut head).await.unwrap() > 0);
    }
    let head = String::from_utf8(head).unwrap();
    heads.lock().unwrap().push(head.clone());
    if !head.contains(&format!("Proxy-Authorization: {login}\r\n")) {
        let refusal = b"HTTP/1.1 407 Hidden\r\nProxy-Authenticate: Basic realm=Hidden\r\n\r\n";
        let _ = client.write_all(refusal).await;
        return;
    }
    let mut server = tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .unwrap();
    let established = b"HTTP/1.1 200 Connection established\r\n\r\n";
    client.write_all(established).await.unwrap();
    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
}

/// `user` and `Hid:den@/é`.
const LOGIN: &str = "Basic dXNlcjpIaWQ6ZGVuQC/DqQ==";
const PROXY_PASSWORD: &str = "Hid:den@/\u{e9}";

#[tokio::test]
async fn a_proxy_is_given_by_url_and_login() {
    let (port, pem) = start_private(&[PRIVATE]).await;
    let (tls, of_proxy) = identity_of(params_for("proxy", vec!["proxy.example".to_owned()]), &[]);
    let (plain, asked) = proxy_with_login(LOGIN, port, None).await;
    let (secure, asked_secure) = proxy_with_login(LOGIN, port, Some(tls)).await;
    let base = || private(&pem).ca_certificate(of_proxy.as_str());
    for builder in [
        base()
            .proxy(format!("http://{plain}"))
            .proxy_login("user", PROXY_PASSWORD),
        base().proxy(format!("http://user:Hid%3Aden%40%2F%C3%A9@{plain}")),
        base()
            .proxy(format!("http://other:Hidden@{plain}"))
            .proxy_login("user", PROXY_PASSWORD),
        // TLS with the proxy, and in it TLS with the server.
        base()
            .proxy("https://proxy.example")
            .resolve("proxy.example", secure)
            .proxy_login("user", PROXY_PASSWORD),
    ] {
        let shown = format!("{builder:?}");
        assert!(!shown.contains("Hid"), "{shown}");
        assert_eq!(call_private(builder).await, PRIVATE);
    }
    assert_eq!(asked.lock().unwrap().len(), 3);
    assert_eq!(asked_secure.lock().unwrap().len(), 1);
    for head in asked.lock().unwrap().iter() {
        let first = format!("CONNECT {PRIVATE}:443 HTTP/1.1\r\n");
        assert!(head.starts_with(&first), "{head}");
        assert!(
            !head.contains("/v2/") && !head.contains("uthorization: SDK"),
            "{head}"
        );
    }
}

#[tokio::test]
async fn a_wrong_login_is_tried_once_and_named() {
    let (proxy, asked) = proxy_with_login(LOGIN, 1, None).await;
    let (_, pem) = start_private(&[PRIVATE]).await;
    for builder in [
        private(&pem).proxy(format!("http://{proxy}")),
        private(&pem)
            .proxy(format!("http://{proxy}"))
            .proxy_login("user", "HidHid"),
    ] {
        let builder = builder.retry_policy(RetryPolicy::default());
        let text = call_private(builder).await;
        for part in ["407", ".proxy_login(", &proxy.to_string(), "did not reach"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!text.contains("Hid"), "{text}");
        assert_eq!(std::mem::take(&mut *asked.lock().unwrap()).len(), 1);
    }
}

#[tokio::test]
async fn plain_http_to_another_machine_goes_through_a_proxy_that_is_given() {
    let server = Server::start(|_| response(200, &[("X-Request-Id", "r")], "{}")).await;
    let port = server.url.rsplit(':').next().unwrap().parse().unwrap();
    let (proxy, asked) = proxy_with_login(LOGIN, port, None).await;
    let through = |url: &str| {
        builder(aksk())
            .endpoint(url)
            .allow_plain_http()
            .proxy(format!("http://{proxy}"))
            .proxy_login("user", PROXY_PASSWORD)
    };
    assert_eq!(call_private(through("http://dcs.cloud.example")).await, "r");
    assert_eq!(call_private(through(&server.url)).await, "r");
    // TLS with the proxy is set up though no server asks for it.
    let (tls, pem) = identity_of(params_for("proxy", vec!["proxy.example".to_owned()]), &[]);
    let (secure, _) = proxy_with_login(LOGIN, port, Some(tls)).await;
    let by_tls = through("http://dcs.cloud.example")
        .proxy("https://proxy.example")
        .resolve("proxy.example", secure)
        .ca_certificate(pem);
    assert_eq!(call_private(by_tls).await, "r");
    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 1, "this machine is reached directly");
    assert!(
        asked[0].starts_with("CONNECT dcs.cloud.example:80 "),
        "{asked:?}"
    );
}
