//! The sockets: accepting connections, and ending them without cutting a response short.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::fault::socket::Socket;

/// How long open connections may take to finish once the simulator stops.
const GRACE: Duration = Duration::from_secs(2);
/// How long a client may take to send the head of a request, also the next one on a kept connection.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// The pause after a failed accept, such as one for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` changes or its sender is gone.
pub(crate) async fn serve(listener: TcpListener, app: Router, mut stop: watch::Receiver<()>) {
    let app = Arc::new(app);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            // Takes ended connections out of the set, which would grow otherwise.
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&app), stop.clone()));
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop(listener);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    // Whatever is still open after the grace is cut when the set is dropped.
    let _ = tokio::time::timeout(GRACE, all_ended).await;
}

async fn connection(stream: TcpStream, app: Arc<Router>, mut stop: watch::Receiver<()>) {
    // Small responses leave at once; a socket that cannot do so is only slower.
    let _ = stream.set_nodelay(true);
    let (socket, cut) = Socket::new(stream);
    let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(cut.clone());
        // Its error is `Infallible`, as hyper takes it.
        Router::clone(&app).oneshot(request.map(Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(socket), service);
    let mut connection = pin!(connection);
    // A connection that fails concerns its client alone, which sees it fail.
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = stop.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
