//! Listening: every connection is answered until the process ends.

use super::app::App;
use super::route::answer;
use anyhow::Result;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Connections at a time; a browser keeps six of them.
const MOST: usize = 256;

/// Who has not said what is wanted after so long is let go.
const HEADER: Duration = Duration::from_secs(30);

/// Threads for work that reads files; each is gone a while after it had none. Twice as many as there may be uploads, each of
/// which holds one for as long as its sender takes.
const THREADS: usize = 2 * super::upload::AT_A_TIME_IN_ALL;

/// A pause where the system has no more connections to give.
const PAUSE: Duration = Duration::from_millis(200);

/// Answers whoever connects.
pub(super) fn listen(listener: std::net::TcpListener, app: Arc<App>) -> Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(THREADS).build()?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let room = Arc::new(Semaphore::new(MOST));
        loop {
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { return Ok(()) };
            let Ok((stream, from)) = listener.accept().await else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let app = Arc::clone(&app);
            tokio::spawn(async move {
                let service = service_fn(|request| {
                    let app = Arc::clone(&app);
                    async move { Ok::<_, Infallible>(answer(app, from.ip().to_canonical(), request).await) }
                });
                let mut server = http1::Builder::new();
                server.timer(TokioTimer::new()).header_read_timeout(HEADER);
                // A browser that left is no news.
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
                drop(place);
            });
        }
    })
}
