//! The socket: connections within their limits, and a stop that finishes what has begun.

use super::app::App;
use super::{Config, Event, description, reload};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// How long a client may take to send the head of a request, and an idle connection stays open.
const HEAD: Duration = Duration::from_secs(20);

/// How long answers that have begun are waited for when the server stops.
const GRACE: Duration = Duration::from_secs(20);

/// Listens and answers until the process is asked to stop. The dataset must be sound. `tell` hears what happens.
///
/// # Errors
/// Where the address cannot be listened on, or the system gives no threads.
pub fn serve(config: Config, tell: impl Fn(Event<'_>) + Send + Sync + 'static) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(listen(config, Arc::new(tell)));
    // A question that is still being answered would hold the process up.
    runtime.shutdown_background();
    outcome
}

async fn listen(config: Config, tell: Arc<dyn Fn(Event<'_>) + Send + Sync>) -> io::Result<()> {
    let listener = TcpListener::bind(config.address).await?;
    let app = Arc::new(App::new(config));
    let router = description::router(Arc::clone(&app));
    tell(Event::Listening(listener.local_addr()?));
    let watching = tokio::spawn(reload::watch(Arc::clone(&app), Arc::clone(&tell)));
    let connections = GracefulShutdown::new();
    tokio::select! {
        () = accept(&listener, &app, &router, &connections) => {}
        () = asked_to_stop() => {}
    }
    tell(Event::Stopping);
    watching.abort();
    drop(listener);
    let _ = timeout(GRACE, connections.shutdown()).await;
    Ok(())
}

async fn accept(listener: &TcpListener, app: &App, router: &Router, connections: &GracefulShutdown) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let free = Arc::new(Semaphore::new(app.limits.connections.max(1)));
    // The semaphore is never closed.
    while let Ok(permit) = Arc::clone(&free).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            // The system has no more handles, say; a little later it may.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A client that went away is no failure here.
            let _ = connection.await;
            drop(permit);
        });
    }
}

/// Waits for Ctrl-C or, where there is one, the system's signal to end.
async fn asked_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
