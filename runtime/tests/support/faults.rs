//! A server that does each wrong thing a server, proxy or network can do.

use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::sleep;

use super::{Received, read_request};

/// What the server does with one request.
#[derive(Debug, Clone)]
pub enum Fault {
    /// Sends these bytes and waits for the next request.
    Response(Vec<u8>),
    /// The same after this time.
    Late(Duration, Vec<u8>),
    /// Sends these bytes and closes.
    Close(Vec<u8>),
    /// Sends these bytes, lets them arrive, and resets the connection.
    Reset(Vec<u8>),
    /// Sends these bytes and then nothing, for ever.
    Stall(Vec<u8>),
    /// Sends these bytes one by one, each after this time.
    Trickle(Vec<u8>, Duration),
}

/// The server, and what came to it.
pub struct FaultServer {
    pub url: String,
    pub received: Arc<Mutex<Vec<Received>>>,
    /// Connections that the client has closed or that were closed on it.
    pub ended: Arc<AtomicUsize>,
}

impl FaultServer {
    /// Does what `choose` says for each request, which it gets with the number
    /// of requests before it.
    pub async fn start(choose: impl Fn(usize, &Received) -> Fault + Send + Sync + 'static) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), choose)
    }

    /// Always does the same.
    pub async fn always(fault: Fault) -> Self {
        Self::start(move |_, _| fault.clone()).await
    }

    pub fn on(
        listener: TcpListener,
        choose: impl Fn(usize, &Received) -> Fault + Send + Sync + 'static,
    ) -> Self {
        let server = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            received: Arc::default(),
            ended: Arc::default(),
        };
        let (received, ended) = (server.received.clone(), server.ended.clone());
        let choose = Arc::new(choose);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (received, ended) = (received.clone(), ended.clone());
                let choose = choose.clone();
                tokio::spawn(async move {
                    serve(stream, &received, &*choose).await;
                    ended.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        server
    }

    /// How many requests arrived in full.
    pub fn count(&self) -> usize {
        self.received.lock().unwrap().len()
    }
}

async fn serve(
    mut stream: TcpStream,
    received: &Mutex<Vec<Received>>,
    choose: &(impl Fn(usize, &Received) -> Fault + Send + Sync),
) {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await {
        let before = {
            let mut received = received.lock().unwrap();
            received.push(request.clone());
            received.len() - 1
        };
        match choose(before, &request) {
            Fault::Response(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Fault::Late(delay, bytes) => {
                sleep(delay).await;
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Fault::Close(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Fault::Reset(bytes) => {
                let _ = stream.write_all(&bytes).await;
                // A reset overtakes what the other side has not read yet.
                sleep(Duration::from_millis(50)).await;
                stream.set_zero_linger().unwrap();
                return;
            }
            Fault::Stall(bytes) => {
                let _ = stream.write_all(&bytes).await;
                until_closed(&mut stream).await;
                return;
            }
            Fault::Trickle(bytes, pace) => {
                for byte in bytes {
                    sleep(pace).await;
                    if stream.write_all(&[byte]).await.is_err() {
                        return;
                    }
                }
                return;
            }
        }
    }
}

/// Waits until the other side gives up.
async fn until_closed(stream: &mut TcpStream) {
    let mut rest = Vec::new();
    let _ = read_request(stream, &mut rest).await;
    // Only reached when the connection ended, or with a second request, which
    // HTTP/1.1 does not send before the response to the first.
    if !rest.is_empty() {
        pending::<()>().await;
    }
}

/// An address that refuses connections until somebody listens there.
pub fn refusing() -> (String, TcpSocket) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    (url, socket)
}
