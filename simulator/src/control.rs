//! What people and their programs ask of the simulator itself, below `/_simulator/`.
//!
//! No document has such a path, and nothing here needs credentials: a simulator serves those who can
//! reach it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{Stream, stream};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tokio::sync::broadcast::error::RecvError;

use crate::explorer::INDEX;
use crate::fault::FaultPlan;
use crate::handler::Handler;
use crate::ledger::Entry;
use crate::state::PasswordCheck;

/// Everything below `/_simulator/`.
pub(crate) fn routes() -> Router<Arc<Handler>> {
    Router::new()
        .route("/ledger", get(ledger).delete(clear))
        .route("/ledger/events", get(events))
        .route("/ledger/processed/{service}/{*resource}", get(processed))
        .route("/faults", get(faults).put(set_faults))
        .route("/clock", get(clock).post(advance))
        .route("/check", post(check))
        .route("/password", post(password))
        .route("/operations", get(operations))
        .route("/", get(index))
        .route("/{*path}", get(page))
        .fallback(async || problem(StatusCode::NOT_FOUND, "the simulator has no such address"))
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

#[derive(Serialize)]
struct Entries {
    entries: Vec<Entry>,
}

async fn ledger(State(handler): State<Arc<Handler>>, Query(after): Query<After>) -> Json<Entries> {
    Json(Entries {
        entries: handler.ledger.after(after.after),
    })
}

async fn clear(State(handler): State<Arc<Handler>>) -> StatusCode {
    handler.ledger.clear();
    StatusCode::NO_CONTENT
}

/// Each request as it is decided. Who follows too slowly misses some, and sees it by the numbers.
async fn events(
    State(handler): State<Arc<Handler>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = stream::unfold(handler.ledger.follow(), async |mut news| {
        loop {
            match news.recv().await {
                Ok(entry) => {
                    let event = Event::default().json_data(&entry).unwrap_or_default();
                    return Some((Ok(event), news));
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(news).keep_alive(KeepAlive::default())
}

async fn processed(
    State(handler): State<Arc<Handler>>,
    Path((service, resource)): Path<(String, String)>,
) -> Json<Value> {
    let count = handler.ledger.processed(&service, &resource);
    Json(json!({"processed": count}))
}

async fn faults(State(handler): State<Arc<Handler>>) -> Json<FaultPlan> {
    Json(handler.plan().clone())
}

async fn set_faults(
    State(handler): State<Arc<Handler>>,
    fields: Result<Json<Map<String, Value>>, JsonRejection>,
) -> Response {
    // Fields by name; a list would be taken for them in their order.
    let checked = match fields {
        Ok(Json(fields)) => serde_json::from_value(Value::Object(fields))
            .map_err(|error| error.to_string())
            .and_then(|plan: FaultPlan| plan.checked().map_err(|error| error.to_string())),
        Err(rejection) => Err(rejection.body_text()),
    };
    match checked {
        Ok(plan) => {
            *handler.plan() = plan;
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => problem(StatusCode::BAD_REQUEST, &error),
    }
}

async fn clock(State(handler): State<Arc<Handler>>) -> Json<Value> {
    let now = handler.clock.now();
    let since = handler.clock.since_start().as_millis();
    Json(json!({
        "now": httpdate::fmt_http_date(now),
        "since_start_ms": u64::try_from(since).unwrap_or(u64::MAX),
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_ms: u64,
}

async fn advance(
    State(handler): State<Arc<Handler>>,
    by: Result<Json<Advance>, JsonRejection>,
) -> Response {
    match by {
        Ok(Json(by)) => {
            handler.clock.advance(Duration::from_millis(by.advance_ms));
            clock(State(handler)).await.into_response()
        }
        Err(rejection) => problem(StatusCode::BAD_REQUEST, &rejection.body_text()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    service: String,
    resource: String,
    password: String,
}

/// Whether a password is the one that a resource has.
async fn check(
    State(handler): State<Arc<Handler>>,
    asked: Result<Json<Check>, JsonRejection>,
) -> Response {
    let Ok(Json(asked)) = asked else {
        return malformed("service, resource, password");
    };
    let found = handler
        .state
        .check(&asked.service, &asked.resource, asked.password.as_bytes());
    let word = match found {
        PasswordCheck::Right => "right",
        PasswordCheck::Wrong => "wrong",
        PasswordCheck::NotSet => "not-set",
    };
    Json(json!({"password": word})).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Judge {
    service: String,
    operation: String,
    password: String,
}

/// What of an operation's policy a password breaks, before anything is sent.
async fn password(
    State(handler): State<Arc<Handler>>,
    asked: Result<Json<Judge>, JsonRejection>,
) -> Response {
    let Ok(Json(asked)) = asked else {
        return malformed("service, operation, password");
    };
    let mut operations = handler.router.operations();
    let found = operations.find(|it| it.service() == asked.service && it.name() == asked.operation);
    match found {
        Some(operation) => {
            let broken = operation.password_problems(&asked.password);
            Json(json!({"broken": broken})).into_response()
        }
        None => problem(StatusCode::NOT_FOUND, "there is no such operation"),
    }
}

async fn index(State(handler): State<Arc<Handler>>) -> Response {
    page(State(handler), Path(INDEX.to_owned())).await
}

/// A file of the explorer.
async fn page(State(handler): State<Arc<Handler>>, Path(path): Path<String>) -> Response {
    let served = handler.router.operations().collect();
    let response = handler
        .site
        .response(&path, served, handler.gateway.as_ref());
    response.unwrap_or_else(|| problem(StatusCode::NOT_FOUND, "the simulator has no such address"))
}

async fn operations(State(handler): State<Arc<Handler>>) -> Json<Value> {
    let operations = handler.router.operations().map(|operation| {
        json!({
            "service": operation.service(),
            "operation": operation.name(),
            "method": operation.method().as_str(),
            "path": operation.path(),
        })
    });
    Json(operations.collect())
}

/// What was sent may hold a password, so that nothing of it is repeated.
fn malformed(fields: &str) -> Response {
    let message = format!("a JSON object with these fields is needed: {fields}");
    problem(StatusCode::BAD_REQUEST, &message)
}

fn problem(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({"error": message}))).into_response()
}
