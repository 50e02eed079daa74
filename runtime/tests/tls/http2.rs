//! What a server says when it ends a connection of HTTP/2.

use std::sync::Arc;

use huaweicloud_runtime::SendError;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;

use crate::support::*;
use crate::{all_of, identity};

/// A frame on the connection itself.
fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    [&[0, 0, length, kind, 0, 0, 0, 0, 0], payload].concat()
}

#[tokio::test]
async fn words_at_the_end_of_a_connection_are_not_shown() {
    let (config, pem) = identity("goaway", &[b"h2"]);
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    tokio::spawn(async move {
        for reason in [0, 1, 11, 200] {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = acceptor.accept(stream).await.unwrap();
            stream.write_all(&frame(4, &[])).await.unwrap();
            let mut read = Vec::new();
            // The body, in which the password is plain to see.
            while !read.windows(12).any(|part| part == b"new_password") {
                assert!(stream.read_buf(&mut read).await.unwrap() > 0);
            }
            let last_and_reason = [0, 0, 0, 0, 0, 0, 0, reason];
            let goaway = [&last_and_reason[..], PASSWORD.as_bytes()].concat();
            stream.write_all(&frame(7, &goaway)).await.unwrap();
            // Until the client has read it.
            while stream
                .read_buf(&mut read)
                .await
                .is_ok_and(|length| length > 0)
            {}
        }
    });
    for reason in [
        "not a result",
        "protocol error",
        "excessive load",
        "unknown",
    ] {
        let settings = builder(aksk()).endpoint(&url).ca_certificate(pem.as_str());
        let core = settings.http2().build(SERVICES).unwrap();
        let error = core.execute(&RESET, None, reset_request()).await;
        let error = error.unwrap_err();
        assert!(matches!(&error, SendError::Transport(error) if error.may_have_been_processed()));
        let text = all_of(&error);
        assert!(text.contains(reason) && !text.contains("Hidden"), "{text}");
    }
}
